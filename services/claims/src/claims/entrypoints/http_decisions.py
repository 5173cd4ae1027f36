"""Decisions over HTTP: deciding, approving, bringing others in."""

from chassis.http.asking import Asking
from chassis.http.fields import Id, Line, Minor
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut
from fastapi import APIRouter
from kernel.money import Money
from kernel.refused_duty import NotYourDuty
from pydantic import Field

from claims.domain import commands as o
from claims.domain.refusals import (
    AlreadyDecided,
    ApproverDecided,
    BlunterStage,
    GuestUnfit,
    NothingDecided,
    NothingDemanded,
    NotInvited,
    SumDoesNotFit,
    UnknownClaim,
)
from claims.domain.words import Guests, Stage, Verdict
from claims.entrypoints.wired import OF_A_CLAIM, Assigns, ClaimId, Claims, In, Rules, done

router = APIRouter(prefix="/claims", tags=["decisions"])


class DecisionIn(In):
    verdict: Verdict
    amount: Minor = 0
    currency: str = Field("RUB", pattern=r"^[A-Z]{3}$")
    reason: Line = Field(description="As the letter will say it; sealed.")


class NumberIn(In):
    number: int = Field(ge=1, le=1_000_000, description="Of the decision that you read.")


class EscalationIn(In):
    to: Guests
    staff_id: Id


class AdviceIn(In):
    words: Line


class StageIn(In):
    stage: Stage


@router.post(
    "/{claim_id}/decision",
    responses=refusals(*OF_A_CLAIM, AlreadyDecided, NothingDemanded, SumDoesNotFit),
)
async def decide_claim(claim_id: ClaimId, body: DecisionIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """What the shop does about the demand; a greater sum waits for a second person, the law's clock does not (R80)."""
    amount = Money(body.amount, body.currency)
    command = o.Decide(
        claim_id=claim_id, actor=asked.actor, at=asked.at,
        verdict=body.verdict, amount=amount, reason=body.reason,
    )  # fmt: skip
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/approval", responses=refusals(*OF_A_CLAIM, ApproverDecided, NothingDecided))
async def approve_decision(claim_id: ClaimId, body: NumberIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """The second person's yes (R80)."""
    command = o.Approve(claim_id=claim_id, actor=asked.actor, at=asked.at, number=body.number)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/rejection", responses=refusals(*OF_A_CLAIM, AlreadyDecided, NothingDecided))
async def decline_decision(claim_id: ClaimId, body: NumberIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """The second person's no (R80)."""
    command = o.Decline(claim_id=claim_id, actor=asked.actor, at=asked.at, number=body.number)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/escalation", responses=refusals(*OF_A_CLAIM, GuestUnfit))
async def escalate_claim(  # noqa: PLR0917 - what it needs of the service
    claim_id: ClaimId,
    body: EscalationIn,
    asked: Asking,
    claiming: Claims,
    assigning: Assigns,
    policy: Rules,
) -> ReceiptOut:
    """Bring in a lawyer or management, who may read this claim for a while (R7)."""
    command = o.Escalate(
        claim_id=claim_id, actor=asked.actor, at=asked.at,
        to=body.to, staff_id=body.staff_id, until=asked.at + policy.guest_for,
        fits=await assigning.may_be_brought_in(body.staff_id, body.to),
    )  # fmt: skip
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/advice", responses=refusals(UnknownClaim, NotYourDuty, NotInvited))
async def advise(claim_id: ClaimId, body: AdviceIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """What the invited person advises (R7)."""
    command = o.Advise(claim_id=claim_id, actor=asked.actor, at=asked.at, words=body.words)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/stage", responses=refusals(*OF_A_CLAIM, BlunterStage))
async def sharpen_claim(claim_id: ClaimId, body: StageIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """It became a pre-trial claim, or went to court (R76)."""
    command = o.Sharpen(claim_id=claim_id, actor=asked.actor, at=asked.at, stage=body.stage)
    return await done(claiming, command, asked, body)
