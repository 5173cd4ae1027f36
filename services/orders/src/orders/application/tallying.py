"""Counting what customers say: the order keeps what is to be counted until it is, so that a crash loses nothing (R25, R30)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from chassis.following import nothing_due, tell_nobody
from chassis.handling import Decider, Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from kernel.deadline import Deadline

from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.goods_commands import ForgetTallies
from orders.domain.order import Order
from orders.domain.pairs import Count, Counted, Pair, count, counted
from orders.domain.ranking import Past
from orders.domain.tallies import Kind

PAIRS: Decider[Count, Pair, Counted] = Decider(
    lambda command: command.key, count, counted, tell_nobody, nothing_due
)
MOST_MONTHS = 200
"""So many rows of a product are looked at, the newest first: what customers said of late counts."""


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...


class Pairs(Protocol):
    """The counts, listed."""

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Pair]: ...


@dataclass(frozen=True, slots=True)
class Tallying:
    """Moves what is to be counted from the order to where it is counted."""

    handle: Handler[Command, Order, Change]
    orders: Orders
    count: Handler[Count, Pair, Counted]

    async def __call__(self, order_id: str, due: Deadline, why: Occasion) -> Outcome[Order] | None:
        """Count all that waits, each under a name of its own, so that it counts once whoever dies in between; then forget
        it.
        """
        order = (await self.orders.load(order_id)).state
        waiting = order.goods.tallies if order else ()
        for tally in waiting:
            once = Occasion(f"tally:{order_id}:{tally.tally_no}", why.at, why.actor, remembered=True)
            await self.count(Count(tally), once)
        up_to = max((each.tally_no for each in waiting), default=0)
        return await self.handle.fire(due, ForgetTallies(order_id, up_to, why.at), why)


async def past_of(pairs: Pairs, product_id: str) -> dict[str, Past]:
    """What customers said to each substitute of a product."""
    query = Query(
        equal={"kind": Kind.SUBSTITUTE.value, "product_id": product_id}, order="month", descending=True
    )
    rows = await pairs.page(query, MOST_MONTHS)
    return _summed(held.state for held in rows.items if held.state)


def _summed(rows: Iterable[Pair]) -> dict[str, Past]:
    found: dict[str, Past] = {}
    for row in rows:
        before = found.get(row.other_id, Past())
        found[row.other_id] = Past(before.accepted + row.accepted, before.declined + row.declined)
    return found
