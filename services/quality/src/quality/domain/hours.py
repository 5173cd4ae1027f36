"""When a customer may be called: by the clock and the production calendar of the delivery city (R83, market-facts.md 2).

A phone number says nothing of the zone: the library answers sixteen zones for a mobile one, so the city decides.
"""

from datetime import UTC, date, datetime, time, timedelta

from kernel.production import production_year
from kernel.zone import zone_named

from quality.domain.policies import CallingHours

DAY = timedelta(days=1)
SATURDAY = 6
SAME_DAY, NEXT_MORNING, NEXT_EVENING = 1, 2, 3
"""After so many calls without an answer: again the same day, the next morning, the evening."""


def is_day_off(day: date) -> bool:
    """By the production calendar, in which decrees move days: a moved Saturday is a working day."""
    year = production_year(day.year)
    return day in year.off or (day.isoweekday() >= SATURDAY and day not in year.moved)


def span_of(day: date, hours: CallingHours) -> tuple[time, time]:
    """From when to when that day, local time; the closing moment is too late."""
    return (hours.opens_off, hours.closes_off) if is_day_off(day) else (hours.opens, hours.closes)


def may_call(at: datetime, zone: str, hours: CallingHours) -> bool:
    """Whether the moment lies in calling hours of the zone."""
    local = at.astimezone(zone_named(zone))
    opens, closes = span_of(local.date(), hours)
    return opens <= local.time() < closes


def next_allowed(at: datetime, zone: str, hours: CallingHours) -> datetime:
    """The moment itself in calling hours, else when they begin again; UTC."""
    if may_call(at, zone, hours):
        return at.astimezone(UTC)
    local = at.astimezone(zone_named(zone))
    opens, closes = span_of(local.date(), hours)
    day = local.date() + (DAY if local.time() >= closes else timedelta())
    del opens
    return moment(day, span_of(day, hours)[0], zone)


def moment(day: date, clock: time, zone: str) -> datetime:
    """That local time of that day; UTC."""
    return datetime.combine(day, clock, zone_named(zone)).astimezone(UTC)


def local_day(at: datetime, zone: str) -> date:
    """The day that the moment belongs to there."""
    return at.astimezone(zone_named(zone)).date()


def due_at(delivered_at: datetime, zone: str, hours: CallingHours) -> datetime:
    """The morning after the delivery (R83); UTC."""
    day = local_day(delivered_at, zone) + DAY
    return next_allowed(moment(day, hours.morning, zone), zone, hours)


def due_after_link(delivered_at: datetime, zone: str, hours: CallingHours) -> datetime:
    """The evening after the delivery, if that may be: the day is left to whoever answers by the link (R83); UTC."""
    evening = moment(local_day(delivered_at, zone) + DAY, hours.evening, zone)
    return evening if may_call(evening, zone, hours) else due_at(delivered_at, zone, hours)


def overdue_at(delivered_at: datetime, zone: str, hours: CallingHours) -> datetime:
    """Day +2, as calling begins: the owner has to know (R83); UTC."""
    day = local_day(delivered_at, zone) + 2 * DAY
    return moment(day, span_of(day, hours)[0], zone)


def next_try(tried: int, at: datetime, zone: str, hours: CallingHours) -> datetime | None:
    """When to call again after so many calls nobody answered; None: not any more (R82). UTC."""
    day = local_day(at, zone)
    if tried <= SAME_DAY:
        later = at + hours.later
        if local_day(later, zone) == day and may_call(later, zone, hours):
            return later.astimezone(UTC)
    if tried <= NEXT_MORNING:
        return next_allowed(moment(day + DAY, hours.morning, zone), zone, hours)
    if tried <= NEXT_EVENING:
        evening = moment(day, hours.evening, zone)
        evening = evening if evening > at else moment(day + DAY, hours.evening, zone)
        return next_allowed(evening, zone, hours)
    return None
