"""Calls and callbacks as figures: missed calls by hour, who waits to be rung back (R99, R104)."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.figures import Figure
from chassis.listing import Query
from kernel.zone import zone_named

from telephony_router.application.situating import Situating
from telephony_router.domain.call import PhoneCall
from telephony_router.domain.callback import Callback

HOUR = timedelta(hours=1)
HOURS = tuple(f"{hour:02}" for hour in range(24))
EVERY = 60.0
MOST = 10_000


def figures(
    calls: Listing[PhoneCall],
    callbacks: Listing[Callback],
    situating: Situating,
    shop_id: str,
    clock: Clock,
) -> tuple[Figure, ...]:
    """What the telephone is watched by; the hours are those of this shop's clock."""

    async def by_hour(status: str) -> Mapping[str, float]:
        zone, counted = zone_named(situating.calendar(shop_id).zone), dict.fromkeys(HOURS, 0.0)
        for begins, hour in last_hours(clock.now(), zone):
            counted[hour] += await calls.count(_within(status, begins), most=MOST)
        return counted

    async def waiting() -> Mapping[str, float]:
        late = Query({"open": True, "overdue": True})
        return {
            "open": await callbacks.count(Query({"open": True}), most=MOST),
            "overdue": await callbacks.count(late, most=MOST),
        }

    return (
        Figure(
            "opblok.calls.missed",
            "{call}",
            "Calls of the last 24 hours that nobody answered, by the hour of the shop's day.",
            lambda: by_hour("missed"),
            label="hour",
            values=HOURS,
            every=EVERY,
        ),
        Figure(
            "opblok.calls.answered",
            "{call}",
            "Calls of the last 24 hours that were answered and are over, by the hour of the shop's day.",
            lambda: by_hour("finished"),
            label="hour",
            values=HOURS,
            every=EVERY,
        ),
        Figure(
            "opblok.callbacks",
            "{callback}",
            "Customers to be rung back: all of them, and those who were not when they should have been.",
            waiting,
            label="list",
            values=("open", "overdue"),
        ),
    )


def last_hours(now: datetime, zone: tzinfo) -> list[tuple[datetime, str]]:
    """The last 24 hours, the running one among them: when each begins, and what it is called in the shop."""
    running = now.replace(minute=0, second=0, microsecond=0)
    begins = [running - n * HOUR for n in range(24)]
    return [(each, f"{each.astimezone(zone).hour:02}") for each in begins]


def _within(status: str, begins: datetime) -> Query:
    ends = begins + HOUR - timedelta(milliseconds=1)
    return Query({"status": status}, at_most={"started_at": ends}, at_least={"started_at": begins})
