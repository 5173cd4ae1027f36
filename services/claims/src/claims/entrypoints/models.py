"""A claim as it is shown. What the customer said and sent is shown only to whom it concerns (R7)."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from claims.application.announcements import stage_of
from claims.domain.claim import Claim
from claims.domain.deadlines import deadlines
from claims.domain.opening import needs_instruction
from claims.domain.policies import Policy
from claims.domain.term import Demanded, day_in, exposure
from claims.domain.words import Demand


class DemandOut(BaseModel):
    """The law's clock as staff see it (market-facts.md 1)."""

    demand: Demand
    article: str
    law_version: str
    received_on: date
    due_on: date
    exposure: int = Field(description="What the delay costs by today, minor units.")
    currency: str
    extension: str | None
    in_window: bool | None
    missing: list[str]


class LetterOut(BaseModel):
    number: int
    paper: str
    channel: str
    at: datetime
    by: str
    digest: str
    text: str | None


class EvidenceOut(BaseModel):
    evidence_id: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str
    name: str | None


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


class ClaimOut(BaseModel):
    claim_id: str
    kind: str
    origin: str
    stage: str
    order_id: str | None
    customer_id: str | None
    shop_id: str
    reasons: list[str]
    keeper_id: str
    chosen: str
    mentor_id: str | None
    opened_at: datetime
    contacted_at: datetime | None
    next_due: datetime | None
    steps: list[str]
    instruction: bool | None
    demand: DemandOut | None
    ruling: RulingOut | None
    letters: list[LetterOut]
    evidence: list[EvidenceOut]
    items_asked: int
    mediation_on: date | None
    tries: list[date]
    outcome: str | None
    reopened: int
    words: str | None
    advice: list[str]


def claim_out(claim: Claim, at: datetime, policy: Policy, *, whole: bool) -> ClaimOut:
    """`whole`: with the customer's words, letters and names of files."""
    cause, keeper, ending = claim.cause, claim.keeper, claim.ending
    return ClaimOut(
        claim_id=claim.claim_id,
        kind=cause.kind,
        origin=cause.origin,
        stage=stage_of(claim),
        order_id=cause.order_id,
        customer_id=cause.customer_id,
        shop_id=cause.shop_id,
        reasons=list(cause.reasons),
        keeper_id=keeper.staff_id,
        chosen=keeper.chosen,
        mentor_id=keeper.mentor_id,
        opened_at=claim.opened_at,
        contacted_at=claim.contacted_at,
        next_due=min((each.at for each in deadlines(claim)), default=None),
        steps=list(claim.steps),
        instruction=claim.instruction,
        demand=_demand(claim, claim.demanded, day_in(policy.zone, at)) if claim.demanded else None,
        ruling=_ruling(claim),
        letters=[
            LetterOut(
                number=each.number, paper=each.paper, channel=each.channel, at=each.at, by=each.by,
                digest=each.digest, text=each.text if whole else None,
            )
            for each in claim.letters
        ],
        evidence=[
            EvidenceOut(
                evidence_id=each.evidence_id, media_type=each.media_type, size=each.size,
                added_at=each.added_at, added_by=each.added_by, name=each.name if whole else None,
            )
            for each in claim.evidence
        ],
        items_asked=len(claim.items_asked),
        mediation_on=claim.mediation_on,
        tries=list(claim.tries),
        outcome=ending.outcome if ending else None,
        reopened=claim.reopened,
        words=cause.words if whole else None,
        advice=[each.advice for each in claim.guests if each.advice] if whole else [],
    )  # fmt: skip


def _demand(claim: Claim, demanded: Demanded, today: date) -> DemandOut:
    missing = (
        [] if claim.items_asked or demanded.demand in (Demand.PREPAID_REFUND, Demand.DAMAGES) else ["item"]
    )
    missing += ["instruction"] if needs_instruction(claim) else []
    return DemandOut(
        demand=demanded.demand, article=demanded.article, law_version=demanded.version,
        received_on=demanded.received_on, due_on=demanded.due_on, missing=missing,
        exposure=0 if claim.is_settled else exposure(demanded, today).minor,
        currency=demanded.paid.currency, extension=demanded.extension, in_window=demanded.in_window,
    )  # fmt: skip


def _ruling(claim: Claim) -> RulingOut | None:
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
