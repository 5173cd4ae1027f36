"""How much of what was delivered was asked about, as figures (R82)."""

from collections.abc import Mapping
from datetime import timedelta

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.figures import ALL, Figure
from chassis.listing import Query

from quality.domain.call import Call
from quality.domain.hours import local_day

STATES = ("open", "answered", "not_called")
DAYS = 30
GIVEN = 2
"""Days until an order counts: it is asked about the day after it was delivered."""
MOST = 100_000


def figures(calls: Listing[Call], zone: str, clock: Clock) -> tuple[Figure, ...]:
    """What the asking is watched by."""

    async def by_state() -> Mapping[str, float]:
        last = local_day(clock.now(), zone) - timedelta(days=GIVEN)
        first = last - timedelta(days=DAYS - 1)
        begins, ends = {"delivered_on": f"{first}"}, {"delivered_on": f"{last}"}
        return {
            state: await calls.count(Query({"state": state}, at_most=ends, at_least=begins), most=MOST)
            for state in STATES
        }

    async def coverage() -> Mapping[str, float]:
        counted = await by_state()
        delivered = sum(counted.values())
        return {ALL: counted["answered"] / delivered} if delivered else {}

    async def overdue() -> Mapping[str, float]:
        return {ALL: await calls.count(Query({"state": "open", "overdue": True}), most=MOST)}

    return (
        Figure(
            "opblok.quality.calls",
            "{call}",
            "Orders delivered in thirty days, up to the day before yesterday, by whether somebody asked.",
            by_state,
            label="state",
            values=STATES,
        ),
        Figure(
            "opblok.quality.coverage",
            "1",
            "Of those orders, the share that was asked about; not shown where there are none.",
            coverage,
        ),
        Figure("opblok.quality.overdue", "{call}", "Customers who should have been asked by now.", overdue),
    )
