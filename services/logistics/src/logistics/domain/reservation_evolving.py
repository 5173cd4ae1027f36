"""Evolve: what a change makes of an order's reservations."""

from collections.abc import Mapping
from dataclasses import replace

from kernel.refused_duty import DutyRefused

from logistics.domain.reservation import (
    ENDED,
    Reservation,
    Reserved,
    Stage,
    Step,
)
from logistics.domain.reservation_changes import (
    Change,
    DeliveryCancelled,
    DeliveryConfirmed,
    ReservationExpired,
    ReservationFirmed,
    ReservationFreed,
    ReservationGone,
    ReservationHeld,
    ReservationSought,
    StepDone,
    StepPutOff,
)

ENDED_KEPT = 20
"""So many reservations that hold nothing are remembered of an order, the newest."""


class ImpossibleHistory(Exception):
    """A change that can't have happened here: a defect."""


def evolve(reserved: Reserved | None, change: Change) -> Reserved:
    """The order's reservations after the change."""
    if isinstance(change, DutyRefused):
        if reserved is None:
            raise ImpossibleHistory(type(change).__name__)
        return reserved
    known = reserved or Reserved(change.order_id)
    match change:
        case ReservationSought():
            kept = _remembered(known.reservations)
            return replace(
                known, reservations={**kept, change.reservation.reservation_id: change.reservation}
            )
        case DeliveryConfirmed():
            return replace(known, confirmed_id=change.reservation_id)
        case DeliveryCancelled():
            return replace(known, cancelled_at=change.at)
        case _:
            before = known.reservations[change.reservation_id]
            after = _after(before, change)
            return replace(known, reservations={**known.reservations, change.reservation_id: after})


def _after(before: Reservation, change: Change) -> Reservation:  # noqa: PLR0911 - one case a change
    match change:
        case ReservationHeld():
            return replace(before, stage=Stage.HELD, courier_id=change.courier_id, **_SETTLED)
        case ReservationGone():
            return replace(before, stage=Stage.GONE, refused=change.refused, **_SETTLED)
        case ReservationExpired():
            return _next(before, Stage.EXPIRED, Step.FREE, change)
        case ReservationFreed():
            return _next(before, Stage.FREED, Step.FREE, change)
        case ReservationFirmed():
            firm = _next(before, Stage.FIRM, Step.FIRM, change)
            return replace(firm, late=before.late or change.late)
        case StepDone():
            return replace(before, courier_id=change.courier_id, over=change.over, **_SETTLED)
        case StepPutOff():
            return replace(before, due_at=change.due_at)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _next(
    before: Reservation,
    stage: Stage,
    owes: Step,
    change: ReservationExpired | ReservationFreed | ReservationFirmed,
) -> Reservation:
    return replace(before, stage=stage, owes=owes, round=before.round + 1, due_at=change.due_at)


_SETTLED = {"owes": None, "due_at": None}


def _remembered(reservations: Mapping[str, Reservation]) -> dict[str, Reservation]:
    """Without the oldest of those that hold nothing and owe nothing."""
    ended = [name for name, each in reservations.items() if each.stage in ENDED and each.owes is None]
    forgotten = set(ended[:-ENDED_KEPT])
    return {name: each for name, each in reservations.items() if name not in forgotten}
