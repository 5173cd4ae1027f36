"""When the phone of a shop is answered: its own hours, or those of the rush (R96, R113)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kernel.calendar import Hours, WorkingCalendar
from kernel.zone import zone_named

from orders.domain.rush import PhoneHours, RushBook
from orders.domain.rush_words import Part

DAY = timedelta(days=1)
FURTHEST = 370
"""Days looked ahead; a shop that opens on none of them has no hours to tell."""


@dataclass(frozen=True, slots=True)
class Span:
    """The phone is answered from then until then; UTC."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """The span that is on, and the next one; None where there is none."""

    current: Span | None
    following: Span | None

    def changes_at(self) -> datetime | None:
        """Until when this is right."""
        return self.current.ends if self.current else self.following.starts if self.following else None


def phone_hours(book: RushBook | None) -> PhoneHours | None:
    """The hours of the rush that is on; None while the shop's own hold (R113)."""
    rush = book.rush_with(Part.PHONE_HOURS) if book else None
    return rush.phone_hours if rush else None


def answered(calendar: WorkingCalendar, rush: PhoneHours | None, at: datetime) -> Answered:
    """Current and next hours as of a moment. Lunch is no gap: the duty person covers the common number (R105)."""
    current: Span | None = None
    for span in _spans(calendar, rush, at):
        if span.starts > at:
            return Answered(current, span)
        current = current or span
    return Answered(current, None)


def _spans(calendar: WorkingCalendar, rush: PhoneHours | None, at: datetime) -> Iterator[Span]:
    """Spans that have not ended, in order; the first day looked at is yesterday, whose night may run into today."""
    today = at.astimezone(zone_named(calendar.zone)).date()
    for ahead in range(-1, FURTHEST):
        day = today + ahead * DAY
        hours = hours_of_phone(calendar, rush, day)
        span = _span(calendar, day, hours) if hours else None
        if span and span.ends > at:
            yield span


def hours_of_phone(calendar: WorkingCalendar, rush: PhoneHours | None, day: date) -> Hours | None:
    """The phone's hours of a day; none on a day that the shop is closed. A short day of the shop's cuts the hours of the
    rush as well.
    """
    shop = calendar.hours_of(day)
    if shop is None or rush is None:
        return shop
    special = day in calendar.overrides and not shop.overnight
    if not special:
        return Hours(rush.opens, rush.closes)
    opens, closes = max(rush.opens, shop.opens), min(rush.closes, shop.closes)
    return Hours(opens, closes) if opens < closes else None


def _span(calendar: WorkingCalendar, day: date, hours: Hours) -> Span:
    zone = zone_named(calendar.zone)
    ends_on = day + hours.overnight * DAY
    return Span(
        datetime.combine(day, hours.opens, zone).astimezone(UTC),
        datetime.combine(ends_on, hours.closes, zone).astimezone(UTC),
    )
