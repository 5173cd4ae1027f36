"""Nothing is sent at night of the delivery city (market-facts.md 2: the zone comes from the city, never from the number)."""

from datetime import UTC, datetime, time, timedelta

from kernel.zone import zone_named


def next_allowed(at: datetime, zone: str, opens: time, closes: time) -> datetime:
    """The moment itself when it lies in allowed hours of the zone, else the next opening; UTC."""
    place = zone_named(zone)
    local = at.astimezone(place)
    if opens <= local.time() < closes:
        return at.astimezone(UTC)
    day = local.date() + (timedelta(days=1) if local.time() >= closes else timedelta())
    return datetime.combine(day, opens, place).astimezone(UTC)


def day_before(at: datetime, zone: str, hour: time) -> datetime:
    """That local time of the day before; UTC."""
    place = zone_named(zone)
    day = at.astimezone(place).date() - timedelta(days=1)
    return datetime.combine(day, hour, place).astimezone(UTC)


def that_day(at: datetime, zone: str, hour: time) -> datetime:
    """That local time of the day that the moment lies in; UTC."""
    place = zone_named(zone)
    return datetime.combine(at.astimezone(place).date(), hour, place).astimezone(UTC)


def day_begins(at: datetime, zone: str) -> datetime:
    """The local midnight that the moment's day begins with; UTC."""
    return that_day(at, zone, time())
