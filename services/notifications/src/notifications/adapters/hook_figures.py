"""What is counted of webhooks. No label holds an address, a host or an id: which endpoint it is, its log says."""

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.figures import ALL, Figure
from chassis.listing import Query
from chassis.metrics import meter

from notifications.domain.delivery import SENDING, WAITING, Delivery
from notifications.domain.endpoint import DISABLED, ENABLED, Endpoint

DELIVERIES = meter.create_counter(
    "opblok.webhooks.deliveries", description="Webhook tries by what came of them."
)
OPEN = {"state": [WAITING, SENDING]}
MOST_COUNTED = 100_000
WORKING, FAILING, PAUSED, GIVEN_UP = FARES = ("working", "failing", "paused", "given_up")


def delivered(came_of_it: str) -> None:
    """A webhook endpoint was called, or its delivery was given up."""
    DELIVERIES.add(1, {"outcome": came_of_it})


def backlog_age(deliveries: Listing[Delivery], clock: Clock) -> Figure:
    """How old the oldest webhook delivery is that has neither arrived nor been given up."""

    async def look() -> dict[str, float]:
        oldest = await deliveries.page(Query(equal=OPEN, order="began_at"), 1)
        since = [held.state.began_at for held in oldest.items if held.state]
        return {ALL: max((clock.now() - since[0]).total_seconds(), 0.0) if since else 0.0}

    return Figure(
        "opblok.webhooks.backlog_age",
        "s",
        "Age of the oldest webhook delivery that waits; 0 when none.",
        look,
    )


def waiting(deliveries: Listing[Delivery]) -> Figure:
    """How many deliveries are still to arrive, as far as it is counted."""

    async def look() -> dict[str, float]:
        return {ALL: float(await deliveries.count(Query(equal=OPEN), most=MOST_COUNTED))}

    return Figure("opblok.webhooks.waiting", "{delivery}", "Webhook deliveries that wait.", look)


def by_state(endpoints: Listing[Endpoint]) -> Figure:
    """How many endpoints there are, and how they fare."""

    async def look() -> dict[str, float]:
        found: dict[str, float] = dict.fromkeys(FARES, 0.0)
        after: str | None = None
        while True:
            page = await endpoints.page(Query(equal={"state": [ENABLED, DISABLED]}), 200, after)
            for held in page.items:
                if held.state:
                    found[fares(held.state)] += 1
            after = page.next
            if after is None:
                return found

    return Figure(
        "opblok.webhooks.endpoints",
        "{endpoint}",
        "Webhook endpoints by how they fare.",
        look,
        label="state",
        values=FARES,
        every=30.0,
    )


def fares(endpoint: Endpoint) -> str:
    """Disabled by a person it is paused; by its failures, given up."""
    if endpoint.state == DISABLED:
        return PAUSED if endpoint.why == "asked" else GIVEN_UP
    return FAILING if endpoint.failing_since else WORKING
