"""What an allocation is after a change."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from procurement.domain.allocation import ENDS, Allocation, Grip, Part, Stage
from procurement.domain.allocation_buying import evolve_buying
from procurement.domain.allocation_changes import (
    AnswersMissed,
    Change,
    FreeingBegan,
    LinesConfirmed,
    LinesFollowed,
    PartsFreed,
    PartsHeld,
    PartsPlanned,
    ReleaseNoted,
    ShortageFound,
    SupplierAnswered,
    SuppliersAsked,
    SupplyAllocated,
    SupplyReleased,
    SupplySought,
    SupplyWentShort,
    TakenUpAgain,
)
from procurement.domain.allocation_following import followed
from procurement.domain.allocation_parts import answered, held, missed
from procurement.domain.allocation_rounds import PATIENCE
from procurement.domain.allocation_sending import can_send, evolve_sending, freed
from procurement.domain.buying_parts import DeliveryTaken, PartsBought, PartsMoving, PartsUnbought
from procurement.domain.sending_parts import (
    GoodsCameBack,
    GoodsKept,
    GoodsLeft,
    GoodsSpoiled,
    SendingBegan,
    ShipmentHeardFirst,
)


def evolve(allocation: Allocation | None, change: Change) -> Allocation:
    """The allocation after a change. One that has ended waits for nothing but goods that left and can be taken out of stock."""
    after = _after(allocation, change)
    if after.stage not in ENDS:
        return after
    return replace(after, due_at=(after.due_at or change.at + PATIENCE) if can_send(after) else None)


def _after(allocation: Allocation | None, change: Change) -> Allocation:
    match change:
        case SupplySought():
            return _sought(change, allocation)
        case SupplyReleased():
            before = allocation or Allocation(change.order_id, change.wanted, Stage.RELEASED)
            wanted, bought = before.wanted or change.wanted, _bought(before)
            return _ended(replace(before, wanted=wanted, reason=change.reason, parts=bought), Stage.RELEASED)
        case PartsBought() | PartsUnbought() | DeliveryTaken() | PartsMoving():
            assert allocation is not None
            return evolve_buying(allocation, change)
        case (
            ShipmentHeardFirst()
            | GoodsLeft()
            | GoodsKept()
            | GoodsSpoiled()
            | GoodsCameBack()
            | SendingBegan()
        ):
            return evolve_sending(allocation, change)
        case _:
            assert allocation is not None
            return _onward(allocation, change)


def _sought(change: SupplySought, before: Allocation | None) -> Allocation:
    return Allocation(
        change.order_id,
        change.wanted,
        Stage.SOUGHT,
        due_at=change.at + PATIENCE,
        placed_at=change.placed_at,
        shop_id=change.shop_id,
        sent=before.sent if before else {},
    )


Onward = (
    LinesFollowed
    | LinesConfirmed
    | ReleaseNoted
    | PartsPlanned
    | PartsHeld
    | SuppliersAsked
    | SupplierAnswered
    | AnswersMissed
    | ShortageFound
    | FreeingBegan
    | PartsFreed
    | SupplyAllocated
    | SupplyWentShort
    | TakenUpAgain
)


def _onward(now: Allocation, change: Onward) -> Allocation:  # noqa: C901, PLR0911, PLR0912 - a line for each change
    due = change.at + PATIENCE
    match change:
        case LinesFollowed():
            return followed(now, change)
        case LinesConfirmed():
            return now
        case ReleaseNoted():
            return _ended(replace(now, reason=change.reason), Stage.RELEASED)
        case PartsPlanned():
            parts = (*now.parts, *change.parts)
            return replace(now, stage=Stage.HOLDING, round=now.round + 1, parts=parts, due_at=due)
        case PartsHeld():
            return replace(now, stage=Stage.SOUGHT, parts=held(now, change), due_at=due)
        case SuppliersAsked():
            return replace(now, stage=Stage.ASKING, due_at=None)
        case SupplierAnswered():
            return answered(now, change.offer_id, change.quantity)
        case AnswersMissed():
            return missed(now, change)
        case ShortageFound():
            return replace(now, lacking=change.lacking)
        case FreeingBegan():
            return _freeing(now, change, due)
        case PartsFreed():
            return freed(now, change)
        case SupplyAllocated():
            return replace(_ended(now, Stage.ALLOCATED), settled_at=change.at)
        case SupplyWentShort():
            return _ended(now, Stage.SHORT)
        case TakenUpAgain():
            return replace(now, round=now.round + 1, due_at=due)
        case _:
            assert_never(change)


def _freeing(now: Allocation, change: FreeingBegan, due: datetime) -> Allocation:
    parts = tuple(map(_leaving, now.parts)) if change.everything else now.parts
    return replace(
        now,
        stage=Stage.FREEING,
        round=now.round + 1,
        parts=parts,
        ending=change.ending,
        sending=False,
        reason=change.reason,
        due_at=due,
    )


def _leaving(part: Part) -> Part:
    return part if part.grip in (Grip.BOUGHT, Grip.GOING) else replace(part, grip=Grip.LEAVING)


def _bought(now: Allocation) -> tuple[Part, ...]:
    """What is on its way stays held at the supplier until it comes, whoever it was for."""
    return tuple(part for part in now.parts if part.grip is Grip.BOUGHT)


def _ended(now: Allocation, stage: Stage) -> Allocation:
    return replace(now, stage=stage, ending=None, sending=False, due_at=None)
