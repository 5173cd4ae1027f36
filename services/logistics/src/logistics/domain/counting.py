"""How full a carrier's day is: what the terms allow, what is taken, what is left (R64)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from logistics.domain.agreement import Frame, Zone
from logistics.domain.day import Booking, CourierRoom, Day, Slot
from logistics.domain.moments import moment
from logistics.domain.rooming import couriers_on, stops_of, taken_in
from logistics.domain.terms import Terms


@dataclass(frozen=True, slots=True)
class Count:
    """`booked` are confirmed, `held` wait for it; `over` of them are beyond the limit. None: no limit."""

    name: str
    limit: int | None
    booked: int
    held: int
    over: int

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.booked - self.held)


@dataclass(frozen=True, slots=True)
class WindowCount:
    """`taken`: stops that count by this frame's limit."""

    frame: Frame
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.frame.most is None else max(0, self.frame.most - self.taken)


@dataclass(frozen=True, slots=True)
class ZoneCount:
    count: Count
    windows: tuple[WindowCount, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """`version` of the terms is the one in force on the day."""

    on: date
    version: int
    zones: tuple[ZoneCount, ...]
    points: tuple[Count, ...]
    couriers: tuple[Count, ...]


def counted(terms: Terms, day: Day | None, on: date) -> DayCount:
    """The day by what is in force on it; points without a limit and without a parcel are left out."""
    booked = day.booked if day else []
    points = (
        _count(point.point_id, point.limit.on(on), _at_point(booked, point.point_id))
        for point in terms.agreement.points
    )
    return DayCount(
        on,
        terms.version,
        tuple(_of_zone(terms, zone, booked, on) for zone in terms.agreement.zones),
        tuple(each for each in points if each.limit is not None or each.booked or each.held),
        tuple(
            _count(each.courier_id, each.stops, [one for one in booked if stops_of([one], each)])
            for each in _driving(terms, on)
        ),
    )


def _driving(terms: Terms, on: date) -> list[CourierRoom]:
    found = {
        each.courier_id: each
        for zone in terms.agreement.zones
        for each in couriers_on(terms, zone.code, on) or ()
    }
    return list(found.values())


def _of_zone(terms: Terms, zone: Zone, booked: Sequence[Booking], on: date) -> ZoneCount:
    doors = [
        each for each in booked if each.slot and each.slot.zone == zone.code and each.slot.point_id is None
    ]
    windows = tuple(WindowCount(frame, _taken(terms, zone, frame, booked, on=on)) for frame in zone.frames)
    return ZoneCount(_count(zone.code, zone.limit.on(on), doors), windows)


def _taken(terms: Terms, zone: Zone, frame: Frame, booked: Sequence[Booking], *, on: date) -> int:
    hours = moment(on, frame.begins, zone.time_zone), moment(on, frame.ends, zone.time_zone)
    return taken_in(booked, Slot(zone.code, *hours, terms.version, hours), hours)


def _at_point(booked: Iterable[Booking], point_id: str) -> list[Booking]:
    return [each for each in booked if each.slot and each.slot.point_id == point_id]


def _count(name: str, limit: int | None, mine: Sequence[Booking]) -> Count:
    firm = sum(each.firm for each in mine)
    return Count(name, limit, firm, len(mine) - firm, sum(each.over for each in mine))
