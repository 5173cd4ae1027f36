"""The queue of a rush: the most profitable line of business first, the oldest first within it (R47)."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime

from chassis.faults import Fault
from chassis.listing import Query

from orders.application.rush_reckoning import Reckoned
from orders.application.rushing import Rushing
from orders.domain.order import Order
from orders.domain.rush_priority import ranked
from orders.domain.rush_words import Part

LOOKED_AT = 200
"""The oldest open orders that are put in order; more are not worked off in a day by a small shop."""

ASKED_AT_ONCE, ASKED_A_TIME = 5, 50
"""Products whose category is asked for at the same time, and for one queue; the rest next time."""

REMEMBERED = 5000

AskCategory = Callable[[str], Awaitable[str | None]]
"""Procurement's category of a product; None when it has none. Raises a `Fault` when procurement does not answer."""


class Categories:
    """Categories of products, asked of procurement and remembered; they seldom change."""

    def __init__(self, ask: AskCategory) -> None:
        self._ask = ask
        self._known: OrderedDict[str, str | None] = OrderedDict()
        self._few = asyncio.Semaphore(ASKED_AT_ONCE)

    async def of(self, product_ids: set[str]) -> dict[str, str | None]:
        """What is known of these, after asking for some of the unknown; without procurement, what was known."""
        unknown = sorted(product_ids - self._known.keys())[:ASKED_A_TIME]
        await asyncio.gather(*(self._learn(product_id) for product_id in unknown))
        return {each: self._known.get(each) for each in product_ids}

    async def _learn(self, product_id: str) -> None:
        async with self._few:
            try:
                found = await self._ask(product_id)
            except Fault:
                return  # the queue is oldest first then; it is asked again next time
        self._known[product_id] = found
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


class RushQueue:
    """Open orders of a shop that wait for their promise, in the order in which they should be worked on."""

    def __init__(self, orders: Reckoned[Order], rushing: Rushing, categories: Categories) -> None:
        self._orders = orders
        self._rushing = rushing
        self._categories = categories

    async def of(self, shop_id: str) -> tuple[list[Order], bool]:
        """The queue, and whether it is by profit; without a rush that ranks it is oldest first."""
        query = Query(equal={"shop_id": shop_id, "without_promise": True}, order="placed_at")
        page = await self._orders.page(query, LOOKED_AT)
        found = [held.state for held in page.items if held.state]
        book = await self._rushing.book(shop_id)
        if book.rush_with(Part.RANKING) is None or not book.ranking:
            return found, False
        known = await self._categories.of({line.product_id for order in found for line in order.lines})

        def place(order: Order) -> tuple[int, datetime]:
            best = min(ranked(known[line.product_id], book.ranking) for line in order.lines)
            return best, order.placing.placed_at

        return sorted(found, key=place), True
