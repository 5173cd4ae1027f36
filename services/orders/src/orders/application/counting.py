"""How many orders wait for what: the lists that people work from, as figures (R20, R23, R31)."""

from collections.abc import Mapping

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.figures import ALL, Figure
from chassis.listing import Query

from orders.domain.order import Open, Order

MOST = 100_000
"""Counting ends there: a shop with so many open orders knows without a figure."""
LISTS: Mapping[str, Query] = {
    "open": Query({"is_open": True}),
    "uncontacted": Query({"uncontacted": True}),
    "without_promise": Query({"without_promise": True}),
    "overdue": Query({"overdue": True}),
    "came_back": Query({"came_back": True}),
    "refund_to_approve": Query({"refund_to_approve": True}),
    "refund_overdue": Query({"refund_owed": True, "refund_overdue": True}),
}
"""Each by an index of its own."""


def figures(orders: Listing[Order], clock: Clock) -> tuple[Figure, ...]:
    """What the shop's orders are watched by."""

    async def waiting() -> Mapping[str, float]:
        return {name: await orders.count(query, most=MOST) for name, query in LISTS.items()}

    async def uncontacted_age() -> Mapping[str, float]:
        oldest = (await orders.page(Query({"uncontacted": True}, order="placed_at"), 1)).items
        placed = [each.state.placing.placed_at for each in oldest if isinstance(each.state, Open)]
        return {ALL: (clock.now() - placed[0]).total_seconds() if placed else 0.0}

    return (
        Figure(
            "opblok.orders.waiting",
            "{order}",
            "Orders on the lists that people work from.",
            waiting,
            label="list",
            values=tuple(LISTS),
        ),
        Figure(
            "opblok.orders.uncontacted.age",
            "s",
            "How long ago the oldest order was placed whose customer nobody has reached.",
            uncontacted_age,
        ),
    )
