"""The rules of a carrier's day: never more places than the terms allow, but for orders confirmed all the same. Pure and
total: where there is no room the round is fenced, not refused.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from logistics.domain.day import (
    Booking,
    BookSlot,
    Change,
    Command,
    Day,
    FirmSlot,
    FreeSlot,
    SlotBooked,
    SlotFirmed,
    SlotFreed,
    SlotRefused,
)
from logistics.domain.promise import Reason
from logistics.domain.rooming import place

FENCED_FOR = timedelta(minutes=5)
"""Much longer than a step takes, and than clocks differ."""


def decide(command: Command, day: Day | None) -> list[Change]:
    """What comes of a step. Decided once for each round of a reservation, so that a second try can't differ."""
    before = day.bookings.get(command.reservation_id) if day else None
    if before is not None and before.round >= command.round:
        return []
    match command:
        case BookSlot():
            return [] if _too_late(command, day) else [book(command, day)]
        case FirmSlot():
            return [] if _too_late(command, day) else [firm(command, day, before)]
        case FreeSlot():
            return [
                SlotFreed(command.carrier_id, command.on, command.reservation_id, _fence(command), command.at)
            ]
        case _:
            assert_never(command)


def book(command: BookSlot, day: Day | None) -> Change:
    """A place, if there is room beside other orders (R65)."""
    found = place(day, command.slot, command.room, command.order_id)
    if isinstance(found, Reason):
        fence = replace(_fence(command), refused=found.value)
        return SlotRefused(command.carrier_id, command.on, command.reservation_id, fence, command.at)
    booking = replace(_fence(command), slot=command.slot, courier_id=found.courier_id)
    return SlotBooked(command.carrier_id, command.on, command.reservation_id, booking, command.at)


def firm(command: FirmSlot, day: Day | None, before: Booking | None) -> Change:
    """A confirmed order keeps its place. One that had lost it gets one again, over the limit if it must: the customer was
    promised (R65).
    """
    if before is not None and before.slot is not None:
        kept = replace(before, round=command.round, firm=True)
        return SlotFirmed(command.carrier_id, command.on, command.reservation_id, kept, command.at)
    found = place(day, command.slot, command.room, command.order_id)
    over = isinstance(found, Reason)
    courier_id = None if isinstance(found, Reason) else found.courier_id
    booking = replace(_fence(command), slot=command.slot, courier_id=courier_id, firm=True, over=over)
    return SlotFirmed(command.carrier_id, command.on, command.reservation_id, booking, command.at)


def evolve(day: Day | None, change: Change) -> Day:
    """The day after a change."""
    known = day or Day(change.carrier_id, change.on)
    kept = _unforgotten(known.bookings, change.at)
    forgot_at = change.at if len(kept) < len(known.bookings) else known.forgot_at
    return replace(known, bookings={**kept, change.reservation_id: change.booking}, forgot_at=forgot_at)


def _fence(command: Command) -> Booking:
    return Booking(command.round, command.order_id, command.at + FENCED_FOR)


def _too_late(command: BookSlot | FirmSlot, day: Day | None) -> bool:
    """Its fence may be forgotten; who still wants the step takes it again with a later due."""
    return day is not None and day.forgot_at is not None and command.due < day.forgot_at


def _unforgotten(bookings: Mapping[str, Booking], at: datetime) -> dict[str, Booking]:
    return {name: each for name, each in bookings.items() if each.slot is not None or each.until > at}
