"""The demand with the law's clock, and the decision with its money, as they are shown."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from claims.domain.claim import Claim
from claims.domain.deadlines import costs
from claims.domain.opening import needs_instruction
from claims.domain.term import Demanded
from claims.domain.words import Demand


class DemandOut(BaseModel):
    """The law's clock as staff see it (market-facts.md 1)."""

    demand: Demand
    article: str
    law_version: str
    received_on: date
    due_on: date
    exposure: int = Field(description="What the delay cost until it was met, or costs by today, minor units.")
    currency: str
    extension: str | None
    in_window: bool | None
    missing: list[str]


class RulingOut(BaseModel):
    number: int
    verdict: str
    amount: int
    currency: str
    by: str
    approve_by: datetime | None
    approved_by: str | None
    in_force: bool
    money: str | None = Field(description="`asked`, `taken` or `refused` by orders.")


def demand_out(claim: Claim, demanded: Demanded, at: datetime) -> DemandOut:
    missing = (
        [] if claim.items_asked or demanded.demand in (Demand.PREPAID_REFUND, Demand.DAMAGES) else ["item"]
    )
    missing += ["instruction"] if needs_instruction(claim) else []
    return DemandOut(
        demand=demanded.demand, article=demanded.article, law_version=demanded.version,
        received_on=demanded.received_on, due_on=demanded.due_on, missing=missing,
        exposure=costs(claim, at).minor,
        currency=demanded.paid.currency, extension=demanded.extension, in_window=demanded.in_window,
    )  # fmt: skip


def ruling_out(claim: Claim) -> RulingOut | None:
    ruling, payment = claim.ruling, claim.payment
    if ruling is None:
        return None
    mine = payment if payment and payment.number == ruling.number else None
    money = None if mine is None else "taken" if mine.taken_at else "refused" if mine.refused else "asked"
    return RulingOut(
        number=ruling.number, verdict=ruling.verdict, amount=ruling.amount.minor,
        currency=ruling.amount.currency, by=ruling.by, approve_by=ruling.approve_by,
        approved_by=ruling.approved_by, in_force=ruling.in_force, money=money,
    )  # fmt: skip
