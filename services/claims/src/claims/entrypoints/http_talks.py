"""The talk with the customer over HTTP: script, instruction, demand, item, tries, mediation."""

from datetime import date
from typing import Annotated

from chassis.http.asking import Asked, Asking
from chassis.http.fields import Id, Minor
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut
from fastapi import APIRouter
from kernel.money import Money
from pydantic import Field

from claims.domain import commands as o
from claims.domain.policies import Policy
from claims.domain.reckoning import complex_good_until, distance_refusal_until
from claims.domain.refusals import AlreadyDecided, InstructionFirst, NothingDemanded, NotInTheLaw
from claims.domain.statute import version_on
from claims.domain.term import Demanded, day_in
from claims.domain.words import Answer, Channel, Demand, Extension, Step
from claims.entrypoints.wired import OF_A_CLAIM, ClaimId, Claims, In, Rules, done

router = APIRouter(prefix="/claims", tags=["talks"])


class StepIn(In):
    step: Step


class InstructionIn(In):
    helped: bool


Day = Annotated[date, Field(ge=date(1992, 2, 7), le=date(2100, 1, 1))]
"""A day on which the Law (No. 2300-1 of 07.02.1992) can have been called on."""


class DemandIn(In):
    """`received_on`: the day it came by any channel; today when left out. `paid`: for art. 23.1 the prepaid sum."""

    demand: Demand
    channel: Channel
    proof: Id = Field(description="Id of the mail, the call or the delivery note that shows the day.")
    price: Minor
    paid: Minor
    currency: str = Field("RUB", pattern=r"^[A-Z]{3}$")
    received_on: Day | None = None
    agreed_days: int | None = Field(None, ge=1, le=365, description="Of a repair, agreed in writing.")
    handed_over_on: Day | None = Field(None, description="When he got the item (art. 18, 26.1).")
    complex_good: bool = Field(False, description="On the Government's list of technically complex goods.")
    informed: bool = Field(True, description="Whether he was told in writing how to return it.")

    def demanded(self, asked: Asked, policy: Policy) -> Demanded:
        """In the domain's words; a day that is not over yet is no day of a demand."""
        today = day_in(policy.zone, asked.at)
        day = min(self.received_on or today, today)
        price, paid = Money(self.price, self.currency), Money(self.paid, self.currency)
        return Demanded(
            self.demand, version_on(day), day, self.channel, self.proof, price, paid, policy.zone,
            agreed_days=self.agreed_days, in_window=self._in_window(day),
        )  # fmt: skip

    def _in_window(self, day: date) -> bool | None:
        if self.handed_over_on is None:
            return None
        if self.demand is Demand.DISTANCE_REFUND:
            return day <= distance_refusal_until(self.handed_over_on, informed=self.informed)
        chooses = self.demand in (Demand.REFUND, Demand.REPLACEMENT)
        return day <= complex_good_until(self.handed_over_on) if self.complex_good and chooses else None


class ExtensionIn(In):
    """`next_delivery` is the Far North's: on the customer's application, until goods are next delivered there (art. 21 p. 1)."""

    extension: Extension
    next_delivery_on: Day | None = Field(None, description="Of `next_delivery` alone, and needed there.")
    application: Id | None = Field(
        None,
        description="What shows that he applied for it, such as a mail's or a call's id; of `next_delivery` alone.",
    )


class ItemIn(In):
    channel: Channel
    answer: Answer


class MediationIn(In):
    on: date


@router.post("/{claim_id}/steps", responses=refusals(*OF_A_CLAIM))
async def tick_step(claim_id: ClaimId, body: StepIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """A step of the script was made; the first is the first contact (R75)."""
    command = o.TickStep(claim_id=claim_id, actor=asked.actor, at=asked.at, step=body.step)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/instruction", responses=refusals(*OF_A_CLAIM))
async def try_instruction(
    claim_id: ClaimId, body: InstructionIn, asked: Asking, claiming: Claims
) -> ReceiptOut:
    """He was asked to do as the instruction says (R78)."""
    command = o.TryInstruction(claim_id=claim_id, actor=asked.actor, at=asked.at, helped=body.helped)
    return await done(claiming, command, asked, body)


@router.post(
    "/{claim_id}/demand", responses=refusals(*OF_A_CLAIM, AlreadyDecided, InstructionFirst, NotInTheLaw)
)
async def write_demand(
    claim_id: ClaimId, body: DemandIn, asked: Asking, claiming: Claims, policy: Rules
) -> ReceiptOut:
    """What the customer demands; the law's clock runs from the day after it came."""
    demanded = body.demanded(asked, policy)
    command = o.WriteDemand(claim_id=claim_id, actor=asked.actor, at=asked.at, demanded=demanded)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/extension", responses=refusals(*OF_A_CLAIM, NothingDemanded, NotInTheLaw))
async def extend_term(claim_id: ClaimId, body: ExtensionIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """More time, only where the law gives it (art. 21)."""
    command = o.ExtendTerm(claim_id=claim_id, actor=asked.actor, at=asked.at, **body.model_dump())
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/item-requests", responses=refusals(*OF_A_CLAIM))
async def ask_for_item(
    claim_id: ClaimId, body: ItemIn, asked: Asking, claiming: Claims, policy: Rules
) -> ReceiptOut:
    """He was asked to hand in the item, and what he answered (500-FZ)."""
    command = o.AskForItem(
        claim_id=claim_id, actor=asked.actor, at=asked.at,
        on=day_in(policy.zone, asked.at), channel=body.channel, answer=body.answer,
    )  # fmt: skip
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/mediation", responses=refusals(*OF_A_CLAIM))
async def note_mediation(claim_id: ClaimId, body: MediationIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """A mediation agreement was made (500-FZ)."""
    command = o.NoteMediation(claim_id=claim_id, actor=asked.actor, at=asked.at, on=body.on)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/tries", responses=refusals(*OF_A_CLAIM))
async def note_try(claim_id: ClaimId, asked: Asking, claiming: Claims, policy: Rules) -> ReceiptOut:
    """He was tried and did not answer; a day counts once (R79)."""
    day = day_in(policy.zone, asked.at)
    command = o.NoteTry(claim_id=claim_id, actor=asked.actor, at=asked.at, on=day)
    return await done(claiming, command, asked)
