"""A version of a carrier's terms, opened for reading: its agreement, with what is looked up in it again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from kernel.calendar import Hours, WorkingCalendar

from logistics.domain.agreement import Agreement, Frame, Point, Zone
from logistics.domain.moments import minutes_between

ALL_DAY = Hours(time(0), time(0))
MOST_OFFERED = 40


@dataclass(frozen=True)
class Terms:
    """`version` is what promises name (R65)."""

    version: int
    agreement: Agreement

    @property
    def carrier_id(self) -> str:
        return self.agreement.carrier_id

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The carrier's own working days: neither the shop's nor the law's (market-facts.md 12)."""
        agreed = self.agreement
        days = {day: ALL_DAY if works else None for day, works in agreed.days.items()}
        week = dict.fromkeys(agreed.weekdays, ALL_DAY)
        return WorkingCalendar(agreed.time_zone, week, days, production=agreed.holidays_off)

    @cached_property
    def zones(self) -> Mapping[str, Zone]:
        return {zone.code: zone for zone in self.agreement.zones}

    @cached_property
    def points(self) -> Mapping[str, Point]:
        return {point.point_id: point for point in self.agreement.points}

    @cached_property
    def points_of(self) -> Mapping[str, tuple[Point, ...]]:
        """Points by zone."""
        codes = dict.fromkeys(point.zone for point in self.agreement.points)
        return {code: tuple(point for point in self.agreement.points if point.zone == code) for code in codes}

    @cached_property
    def points_offered(self) -> Mapping[str, tuple[Point, ...]]:
        """The cheapest points by zone: what is looked at when nobody named one. A city may have hundreds."""
        return {
            code: tuple(sorted(points, key=lambda each: (each.price.minor, each.point_id))[:MOST_OFFERED])
            for code, points in self.points_of.items()
        }

    def picks_up(self, day: date) -> bool:
        """Whether parcels are taken at our warehouse on this day."""
        return day.isoweekday() in self.agreement.pick_up.weekdays and self.calendar.working_day(day)


def frame_for(zone: Zone, begins: time, ends: time) -> Frame | None:
    """The frame by which this window may be promised: the same hours, or wide enough inside one; None when there is
    none. Of several the one with the same hours, else the cheapest.
    """
    allowed = [frame for frame in zone.frames if allows(frame, begins, ends)]
    return min(
        allowed,
        key=lambda frame: ((frame.begins, frame.ends) != (begins, ends), frame.price.minor),
        default=None,
    )


def allows(frame: Frame, begins: time, ends: time) -> bool:
    """Whether a window of these hours is within the frame and not narrower than agreed."""
    if (frame.begins, frame.ends) == (begins, ends):
        return True
    inside = frame.begins <= begins < ends <= frame.ends
    return inside and frame.narrowest is not None and minutes_between(begins, ends) >= frame.narrowest
