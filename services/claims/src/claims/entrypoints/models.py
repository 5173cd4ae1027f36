"""A claim as it is shown. What the customer said and sent is shown only to whom it concerns (R7)."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from claims.application.announcements import stage_of
from claims.domain.claim import Claim
from claims.domain.deadlines import next_due
from claims.domain.posting import letter_id
from claims.entrypoints.letters_shown import LetterOut, letters_out
from claims.entrypoints.settling_shown import DemandOut, RulingOut, demand_out, ruling_out


class EvidenceOut(BaseModel):
    evidence_id: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str
    name: str | None


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
    undelivered: list[str] = Field(description="Letters that did not go: bring them otherwise.")
    evidence: list[EvidenceOut]
    items_asked: int
    mediation_on: date | None
    tries: list[date]
    outcome: str | None
    reopened: int
    called: list[str] = Field(description="Who was called by the ladder: management, legal (R7).")
    erased_at: datetime | None = Field(description="Since when the person is not in it any more.")
    words: str | None
    advice: list[str]


def claim_out(claim: Claim, at: datetime, *, whole: bool) -> ClaimOut:
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
        next_due=next_due(claim, at),
        steps=list(claim.steps),
        instruction=claim.instruction,
        demand=demand_out(claim, claim.demanded, at) if claim.demanded else None,
        ruling=ruling_out(claim),
        letters=letters_out(claim, whole=whole),
        undelivered=[letter_id(claim.claim_id, each.number) for each in claim.undelivered],
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
        called=[each.value for each in claim.called],
        erased_at=claim.erased_at,
        words=cause.words if whole else None,
        advice=[each.advice for each in claim.guests if each.advice] if whole else [],
    )  # fmt: skip
