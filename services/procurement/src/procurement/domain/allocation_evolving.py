"""What an allocation is after a change."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from procurement.domain.allocation import Allocation, Grip, Part, Stage
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
from procurement.domain.allocation_following import still_wanted
from procurement.domain.allocation_parts import answered, held, missed
from procurement.domain.allocation_rounds import PATIENCE
from procurement.domain.buying_parts import DeliveryTaken, PartsBought, PartsMoving, PartsUnbought


def evolve(allocation: Allocation | None, change: Change) -> Allocation:
    """The allocation after a change."""
    match change:
        case SupplySought():
            return _sought(change)
        case SupplyReleased():
            before = allocation or Allocation(change.order_id, change.wanted, Stage.RELEASED)
            return _ended(replace(before, reason=change.reason, parts=_bought(before)), Stage.RELEASED)
        case PartsBought() | PartsUnbought() | DeliveryTaken() | PartsMoving():
            assert allocation is not None
            return evolve_buying(allocation, change)
        case _:
            assert allocation is not None
            return _onward(allocation, change)


def _sought(change: SupplySought) -> Allocation:
    return Allocation(
        change.order_id,
        change.wanted,
        Stage.SOUGHT,
        due_at=change.at + PATIENCE,
        placed_at=change.placed_at,
        shop_id=change.shop_id,
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
            return _followed(now, change, due)
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
            kept = tuple(part for part in now.parts if part.grip is not Grip.LEAVING)
            return replace(now, stage=Stage.SOUGHT, parts=kept, ending=None, due_at=due)
        case SupplyAllocated():
            return replace(_ended(now, Stage.ALLOCATED), settled_at=change.at)
        case SupplyWentShort():
            return _ended(now, Stage.SHORT)
        case TakenUpAgain():
            return replace(now, round=now.round + 1, due_at=due)
        case _:
            assert_never(change)


def _followed(now: Allocation, change: LinesFollowed, due: datetime) -> Allocation:
    parts = still_wanted(now, change.wanted)
    return replace(
        now,
        wanted=change.wanted,
        parts=parts,
        lacking=(),
        stage=Stage.SOUGHT,
        ending=None,
        round=now.round + 1,
        due_at=due,
    )


def _freeing(now: Allocation, change: FreeingBegan, due: datetime) -> Allocation:
    parts = tuple(map(_leaving, now.parts)) if change.everything else now.parts
    return replace(
        now,
        stage=Stage.FREEING,
        round=now.round + 1,
        parts=parts,
        ending=change.ending,
        reason=change.reason,
        due_at=due,
    )


def _leaving(part: Part) -> Part:
    return part if part.grip is Grip.BOUGHT else replace(part, grip=Grip.LEAVING)


def _bought(now: Allocation) -> tuple[Part, ...]:
    """What is on its way stays held at the supplier until it comes, whoever it was for."""
    return tuple(part for part in now.parts if part.grip is Grip.BOUGHT)


def _ended(now: Allocation, stage: Stage) -> Allocation:
    return replace(now, stage=stage, ending=None, due_at=None)
