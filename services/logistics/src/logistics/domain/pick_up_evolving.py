"""A pick-up after a change."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from logistics.domain import pick_up_changes as c
from logistics.domain.pick_up import STEP_WITHIN, PickUp, PickUpStage


def evolve(pick_up: PickUp | None, change: c.Change) -> PickUp:
    """One change worked in."""
    if isinstance(change, c.PickUpPlanned):
        return PickUp(change.agreed, change.agreed.hours)
    assert pick_up is not None
    if isinstance(change, DutyRefused):
        return pick_up
    return _after(pick_up, change)


def _after(
    pick_up: PickUp,
    change: c.PickUpRequested
    | c.PickUpReminded
    | c.HandingOver
    | c.HandedOver
    | c.WaitingMoved
    | c.PickUpMissed
    | c.PickUpEnded,
) -> PickUp:
    match change:
        case c.PickUpRequested():
            return replace(
                pick_up,
                stage=PickUpStage.REQUESTED,
                interval=change.interval,
                requested_by=change.by,
                requested_at=change.at,
            )
        case c.PickUpReminded():
            return replace(pick_up, reminded_at=change.at)
        case c.HandingOver():
            return replace(pick_up, handing=(*pick_up.handing, *change.handing), settle_at=change.settle_at)
        case c.HandedOver():
            return _noted(pick_up, change)
        case c.WaitingMoved():
            return replace(pick_up, move_at=None)
        case c.PickUpMissed() | c.PickUpEnded():
            return _ended(pick_up, change)


def _noted(pick_up: PickUp, change: c.HandedOver) -> PickUp:
    """What was turned away once and went later is not turned away any more."""
    done, named = set(change.done), {*change.done, *(each.shipment_id for each in change.turned_away)}
    rest = tuple(each for each in pick_up.handing if each.shipment_id not in named)
    before = tuple(each for each in pick_up.turned_away if each.shipment_id not in named)
    return replace(
        pick_up,
        handed=(*pick_up.handed, *(each for each in pick_up.handing if each.shipment_id in done)),
        handing=rest,
        turned_away=(*before, *change.turned_away),
        settle_at=pick_up.settle_at if rest else None,
    )


def _ended(pick_up: PickUp, change: c.PickUpMissed | c.PickUpEnded) -> PickUp:
    """By the same write it is owed that what still waits goes with another one."""
    over = replace(pick_up, next_on=change.next_on, move_at=change.at + STEP_WITHIN)
    if isinstance(change, c.PickUpMissed):
        return replace(over, stage=PickUpStage.MISSED, left=change.left, missed_at=change.at)
    return replace(over, stage=change.stage, reason=change.reason)
