"""The rules of an order's reservations: held for a while, firm once confirmed, free once it is not needed (R65)."""

from datetime import datetime, timedelta
from typing import assert_never

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import duty

from logistics.domain.refusals import OrderIsCancelled
from logistics.domain.reservation import (
    ENDED,
    CancelDelivery,
    Command,
    ConfirmDelivery,
    DeadlinePassed,
    NoteAnswer,
    Reservation,
    Reserve,
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

STEP_WITHIN = timedelta(seconds=10)
"""A step to a carrier's day that takes longer is taken again by whoever meets the deadline."""


def decide(command: Command, reserved: Reserved | None) -> Decision[Change]:
    """The rule of each command."""
    match command:
        case Reserve():
            return reserve(command, reserved)
        case NoteAnswer():
            return note(command, reserved)
        case ConfirmDelivery():
            return confirm(command, reserved)
        case CancelDelivery():
            return cancel(command, reserved)
        case DeadlinePassed():
            return pass_deadline(command, reserved)
        case _:
            assert_never(command)


def reserve(command: Reserve, reserved: Reserved | None) -> Decision[Change]:
    """Seek a place for a promise; the same reservation again is the one that is there."""
    refused = duty(command.actor, Action.RESERVE_CAPACITY)
    if refused is not None:
        if reserved is None:
            raise refused.refusal
        return refused
    if reserved is not None and command.reservation_id in reserved.reservations:
        return []
    if reserved is not None and reserved.cancelled_at is not None:
        raise OrderIsCancelled(
            "The order is cancelled; nothing is reserved for it.", order_id=command.order_id
        )
    sought = Reservation(
        command.reservation_id,
        command.promise,
        Stage.SOUGHT,
        command.at,
        command.expires_at,
        due_at=command.at + STEP_WITHIN,
    )
    gone = ReservationGone(command.order_id, command.reservation_id, command.barred)
    return [ReservationSought(command.order_id, sought), *([gone] if command.barred else [])]


def note(command: NoteAnswer, reserved: Reserved | None) -> list[Change]:
    """Take in what the carrier's day said, unless it speaks of a round that is over."""
    found = reserved.reservations.get(command.reservation_id) if reserved else None
    if found is None or found.round != command.round or found.owes is None:
        return []
    order_id, id_ = command.order_id, command.reservation_id
    if found.owes is not Step.BOOK:
        return [StepDone(order_id, id_, command.courier_id, command.over)]
    if command.has_place:
        return [ReservationHeld(order_id, id_, command.courier_id)]
    return [ReservationGone(order_id, id_, command.refused)]


def confirm(command: ConfirmDelivery, reserved: Reserved | None) -> list[Change]:
    """Of a confirmed order one place is firm and the others are free. A cancelled order has none: its end came first,
    however late that was heard (wire.md 2).
    """
    told = DeliveryConfirmed(command.order_id, command.reservation_id)
    if reserved is None or reserved.cancelled_at is not None:
        return [told]
    due_at = command.at + STEP_WITHIN
    mine = reserved.reservations.get(command.reservation_id)
    firmed: list[Change] = []
    if mine is not None and mine.stage is not Stage.FIRM:
        late = mine.stage in ENDED
        firmed = [ReservationFirmed(command.order_id, command.reservation_id, due_at, late)]
    return [told, *firmed, *_freed(reserved, due_at, but=command.reservation_id)]


def cancel(command: CancelDelivery, reserved: Reserved | None) -> list[Change]:
    """Nothing is held for a cancelled order, now or later; heard of before the order itself, it is kept as a bar."""
    if reserved is not None and reserved.cancelled_at is not None:
        return []
    cancelled = DeliveryCancelled(command.order_id, command.at)
    return [cancelled, *(_freed(reserved, command.at + STEP_WITHIN) if reserved else [])]


def pass_deadline(command: DeadlinePassed, reserved: Reserved | None) -> list[Change]:
    """A reservation that nobody confirmed frees itself; a step that nobody finished is due again."""
    what, _, id_ = command.name.partition(":")
    found = reserved.reservations.get(id_) if reserved else None
    if found is None:
        return []
    due_at = command.at + STEP_WITHIN
    if what == "expire" and found.stage is Stage.HELD:
        return [ReservationExpired(command.order_id, id_, due_at)]
    if what == "settle" and found.owes is not None:
        return [StepPutOff(command.order_id, id_, due_at)]
    return []


def deadlines(reserved: Reserved) -> list[Deadline]:
    """What is due: the end of what is only held, and steps that a carrier's day has not answered."""
    return [each for one in reserved.reservations.values() for each in _due(one)]


def _due(reservation: Reservation) -> list[Deadline]:
    steps: tuple[tuple[str, datetime | None], ...] = (
        ("expire", reservation.expires_at if reservation.stage is Stage.HELD else None),
        ("settle", reservation.due_at if reservation.owes else None),
    )
    return [Deadline(f"{what}:{reservation.reservation_id}", at) for what, at in steps if at is not None]


def _freed(reserved: Reserved, due_at: datetime, *, but: str | None = None) -> list[Change]:
    return [
        ReservationFreed(reserved.order_id, name, due_at)
        for name, each in reserved.reservations.items()
        if name != but and each.stage not in ENDED
    ]
