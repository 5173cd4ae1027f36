"""Whether there is room for a stop, and with whom: by zone and day, by window, by courier (R64, R65)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heappop, heappush

from logistics.domain.day import Booking, CourierRoom, Day, Interval, Room, Slot
from logistics.domain.moments import day_of, local, moment
from logistics.domain.promise import Kind, Promise, Reason
from logistics.domain.terms import Terms, frame_for


@dataclass(frozen=True, slots=True)
class Place:
    """Room for a stop; with which courier, where couriers are named."""

    courier_id: str | None = None


def day_promised(promise: Promise) -> date:
    """The day of the delivery city on which a promise begins."""
    return day_of(promise.starts_at, promise.time_zone)


def slot_of(terms: Terms, promise: Promise) -> tuple[Slot, Room]:
    """Where a promise lies in its carrier's day, and what the terms it names allow there."""
    on = day_promised(promise)
    if promise.kind is Kind.POINT:
        point = terms.points[promise.point_id or ""]
        slot = Slot(
            promise.zone, promise.starts_at, promise.ends_at, promise.terms_version, None, point.point_id
        )
        return slot, Room(point.limit.on(on))
    zone = terms.zones[promise.zone]
    begins, ends = local(promise.starts_at, zone.time_zone), local(promise.ends_at, zone.time_zone)
    frame = frame_for(zone, begins.time(), ends.time())
    assert frame is not None
    hours = (moment(on, frame.begins, zone.time_zone), moment(on, frame.ends, zone.time_zone))
    slot = Slot(zone.code, promise.starts_at, promise.ends_at, promise.terms_version, hours)
    return slot, Room(zone.limit.on(on), frame.most, couriers_on(terms, zone.code, on))


def couriers_on(terms: Terms, zone: str, on: date) -> tuple[CourierRoom, ...] | None:
    """Who drives there on this day; None when the terms name nobody at all."""
    named = terms.agreement.couriers
    if not named:
        return None
    return tuple(
        CourierRoom(each.courier_id, each.stops, each.minutes_per_stop)
        for each in named
        if each.drives(zone, on)
    )


def place(day: Day | None, slot: Slot, room: Room, order_id: str | None = None) -> Place | Reason:
    """A place in the day, or which limit is reached. What the order itself has there does not stand in its way: it is
    delivered once, and what it had is free as soon as the new promise is confirmed (R65).
    """
    booked = [each for each in day.booked if order_id is None or each.order_id != order_id] if day else []
    if room.a_day is not None and taken_at(booked, slot) >= room.a_day:
        return Reason.FULL_DAY
    if room.in_frame is not None and slot.frame and taken_in(booked, slot, slot.frame) >= room.in_frame:
        return Reason.FULL_WINDOW
    if room.couriers is None:
        return Place()
    return _with_a_courier(booked, slot, room.couriers)


def taken_at(booked: Iterable[Booking], slot: Slot) -> int:
    """Places taken of the day's limit: at the point, or at doors of the zone."""
    return sum(
        (each.slot.zone, each.slot.point_id) == (slot.zone, slot.point_id) for each in booked if each.slot
    )


def taken_in(booked: Iterable[Booking], slot: Slot, frame: Interval) -> int:
    """Places taken in this frame of the zone. Of promises by other versions of the terms all that reach into it count:
    a change of terms must not give a courier's hours away twice.
    """
    return sum(
        each.slot.zone == slot.zone and each.slot.point_id is None and _counts(each.slot, slot, frame)
        for each in booked
        if each.slot
    )


def _counts(other: Slot, slot: Slot, frame: Interval) -> bool:
    if other.terms_version == slot.terms_version:
        return other.frame == frame
    return other.starts_at < frame[1] and frame[0] < other.ends_at


def _with_a_courier(booked: Sequence[Booking], slot: Slot, couriers: Sequence[CourierRoom]) -> Place | Reason:
    """The courier with the most stops left who still keeps all his windows with one stop more (R64)."""
    reason = Reason.FULL_DAY
    for courier in sorted(couriers, key=lambda each: (stops_of(booked, each) - each.stops, each.courier_id)):
        if stops_of(booked, courier) >= courier.stops:
            continue
        reason = Reason.FULL_WINDOW
        his = [each.slot for each in booked if each.slot and each.courier_id == courier.courier_id]
        if keeps_up([(each.starts_at, each.ends_at) for each in (*his, slot)], courier.minutes_per_stop):
            return Place(courier.courier_id)
    return reason


def stops_of(booked: Iterable[Booking], courier: CourierRoom) -> int:
    """Stops this courier has already on the day."""
    return sum(each.courier_id == courier.courier_id for each in booked)


def keeps_up(windows: Sequence[Interval], minutes_per_stop: int) -> bool:
    """Whether one courier can keep all these windows by going, whenever he is free, where the end comes first (R64).

    When he can't, some cleverer round might still do; that is not promised.
    """
    takes = timedelta(minutes=minutes_per_stop)
    waiting = sorted(windows)
    open_now: list[datetime] = []
    free_at = waiting[0][0] if waiting else None
    while free_at is not None and (waiting or open_now):
        if not open_now:
            free_at = max(free_at, waiting[0][0])
        while waiting and waiting[0][0] <= free_at:
            heappush(open_now, waiting.pop(0)[1])
        free_at += takes
        if free_at > heappop(open_now):
            return False
    return True
