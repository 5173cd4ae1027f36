"""An order's supply while it is bought: parts go to a purchase, come in and move to our own stock in the order's name, or
fall and are sought elsewhere (R28, R42). Pure and total.

A part that is bought stays held at the supplier's offer until it came in: what is on its way is nobody else's. That holds
for a cancelled order too, whose bought parts become free own stock when they come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import assert_never

from procurement.domain.allocation import Allocation, Grip, Stage
from procurement.domain.allocation_delivered import delivered
from procurement.domain.allocation_moving import can_move, moving
from procurement.domain.allocation_rounds import is_free, is_given_up, trying_again
from procurement.domain.buying_parts import (
    BuyingChange,
    BuyingCommand,
    BuyParts,
    DeliveryTaken,
    MoveParts,
    PartsBought,
    PartsMoving,
    PartsUnbought,
    TakeDelivery,
    UnbuyParts,
)


def decide_buying(command: BuyingCommand, now: Allocation | None) -> Sequence[BuyingChange]:
    """What comes of a purchase's word, or a sourcing's. One heard before, or older than one heard, changes nothing."""
    if now is None or _was_heard(now, command):
        return []
    match command:
        case BuyParts():
            offers = command.offer_ids if now.stage is Stage.ALLOCATED else ()
            return [PartsBought(command.purchase_id, command.step, offers, command.at)]
        case UnbuyParts():
            return [PartsUnbought(command.purchase_id, command.step, command.at)]
        case TakeDelivery():
            return [DeliveryTaken(command.purchase_id, command.step, command.came, command.on, command.at)]
        case MoveParts():
            moves = command.moves if can_move(now, command.moves) else ()
            return [PartsMoving(command.sourcing_id, moves, command.at)]
        case _:
            assert_never(command)


def evolve_buying(now: Allocation, change: BuyingChange) -> Allocation:
    """The allocation after it."""
    match change:
        case PartsBought():
            return _bought(_hears(now, change.purchase_id, change.step), change)
        case PartsUnbought():
            return _unbought(_hears(now, change.purchase_id, change.step), change)
        case DeliveryTaken():
            return delivered(_hears(now, change.purchase_id, change.step), change)
        case PartsMoving():
            return moving(_hears(now, change.sourcing_id, 1), change)
        case _:
            assert_never(change)


def bought_by(now: Allocation, purchase_id: str) -> dict[str, int]:
    """Pieces by offer that a purchase has taken for the order."""
    found: dict[str, int] = {}
    for part in now.parts:
        if part.grip is Grip.BOUGHT and part.purchase_id == purchase_id:
            found[part.offer_id] = found.get(part.offer_id, 0) + part.quantity
    return found


def _bought(now: Allocation, change: PartsBought) -> Allocation:
    parts = (
        replace(part, grip=Grip.BOUGHT, purchase_id=change.purchase_id)
        if part.offer_id in change.offer_ids and is_free(part)
        else part
        for part in now.parts
    )
    return replace(now, parts=tuple(parts))


def _unbought(now: Allocation, change: PartsUnbought) -> Allocation:
    if is_given_up(now):
        kept = tuple(part for part in now.parts if part.purchase_id != change.purchase_id)
        return trying_again(replace(now, parts=kept, round=now.round + 1))
    parts = (
        replace(part, grip=Grip.HELD, purchase_id=None)
        if part.grip is Grip.BOUGHT and part.purchase_id == change.purchase_id
        else part
        for part in now.parts
    )
    return replace(now, parts=tuple(parts), settled_at=change.at)


def _was_heard(now: Allocation, command: BuyingCommand) -> bool:
    if isinstance(command, MoveParts):
        return command.sourcing_id in now.heard
    return now.heard.get(command.purchase_id, 0) >= command.step


def _hears(now: Allocation, source: str, step: int) -> Allocation:
    heard: Mapping[str, int] = {**now.heard, source: step}
    return replace(now, heard=heard)
