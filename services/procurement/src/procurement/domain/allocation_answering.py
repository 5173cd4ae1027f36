"""Suppliers' answers about what nobody counted, silence, and what then comes of an allocation (R22, R28). Pure."""

from datetime import datetime

from procurement.domain.allocation import (
    AWAY,
    ENDS,
    Allocation,
    AllocationDeadlinePassed,
    AnswerForSupplier,
    Grip,
    Stage,
)
from procurement.domain.allocation_changes import (
    AnswersMissed,
    Change,
    FreeingBegan,
    SupplierAnswered,
    SuppliersAsked,
    SupplyAllocated,
    TakenUpAgain,
)
from procurement.domain.allocation_clock import ANSWER, FINISH, is_late
from procurement.domain.allocation_evolving import evolve
from procurement.domain.allocation_sending import send_out
from procurement.domain.refusals import NoAnswerAwaited, UnknownAllocation


def answer(command: AnswerForSupplier, now: Allocation | None) -> list[Change]:
    """A yes makes the part firm; a no, or a yes to fewer, gives the rest back and looks elsewhere (R22, R28)."""
    if now is None:
        raise UnknownAllocation(f"No supply was sought for order {command.order_id}.")
    if command.offer_id not in now.offers(Grip.ASKED) or now.stage is not Stage.ASKING:
        if _was_answered(command, now):
            return []
        raise NoAnswerAwaited(
            f"No answer about {command.offer_id} is awaited.", offer_id=command.offer_id, stage=now.stage
        )
    answered = SupplierAnswered(command.offer_id, command.quantity, command.by, command.at)
    return [answered, *settled(evolve(now, answered), command.at)]


def pass_deadline(command: AllocationDeadlinePassed, now: Allocation | None) -> list[Change]:
    """A step that nobody finished is taken up again; a supplier who kept silent has nothing."""
    if now is None:
        return []
    if now.stage in ENDS:
        return send_out(now, command.at)
    if command.name == FINISH and now.due_at is not None and now.due_at <= command.at:
        return [TakenUpAgain(command.at)]
    if command.name == ANSWER and now.stage is Stage.ASKING:
        late = tuple(sorted({p.offer_id for p in now.parts if is_late(p.grip, p.answer_by, command.at)}))
        if late:
            missed = AnswersMissed(late, command.at)
            return [missed, *settled(evolve(now, missed), command.at)]
    return []


def settled(now: Allocation, at: datetime) -> list[Change]:
    """What comes when all offers have answered: something is given back, or asked for, or all is there."""
    grips = {part.grip for part in now.parts}
    if grips & AWAY:
        return [FreeingBegan(False, Stage.SOUGHT, "an answer was no", at)]
    if Grip.ASKED in grips:
        return [] if now.stage is Stage.ASKING else [SuppliersAsked(at)]
    return [SupplyAllocated(at)]


def _was_answered(command: AnswerForSupplier, now: Allocation) -> bool:
    if command.quantity == 0:
        return command.offer_id in now.excluded
    return now.stage is not Stage.RELEASED and any(
        part.offer_id == command.offer_id and part.needs_yes and part.grip is Grip.HELD for part in now.parts
    )
