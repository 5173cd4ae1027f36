"""From local clocks to moments and back. A day is a day of the place it is lived in."""

from datetime import UTC, date, datetime, time, timedelta

from kernel.zone import zone_named

DAY = timedelta(days=1)


def moment(day: date, clock: time, zone: str) -> datetime:
    """When the clocks of this zone show this on this day; UTC."""
    return datetime.combine(day, clock, zone_named(zone)).astimezone(UTC)


def local(at: datetime, zone: str) -> datetime:
    """The moment as the clocks of this zone show it."""
    return at.astimezone(zone_named(zone))


def day_of(at: datetime, zone: str) -> date:
    """The day it is there at this moment."""
    return local(at, zone).date()


def minutes_between(begins: time, ends: time) -> int:
    """Minutes between two clocks of one day; negative when the second comes first."""
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute


def month_span(month: str) -> tuple[date, date]:
    """First and last day of a month such as `2026-03`."""
    first = date.fromisoformat(f"{month}-01")
    return first, (first + 31 * DAY).replace(day=1) - DAY
