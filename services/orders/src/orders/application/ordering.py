"""Ordering: what people and procurement ask of orders, with the shop's situation looked up for the rules."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Protocol

from chassis.handling import AlreadyInUse, Decider, Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from chassis.metrics import meter
from kernel.deadline import Deadline

from orders.application.announcements import announce
from orders.application.naming import Naming
from orders.application.working_time import Situation, Situations
from orders.domain.changes import Change
from orders.domain.commands import Command, DeadlinePassed, FollowCustomerOwner, HearSupply, PlaceOrder
from orders.domain.deadlines import RESOLVE_CUSTOMER, deadlines
from orders.domain.decider import decide
from orders.domain.erasure import ForgetPerson
from orders.domain.evolving import evolve
from orders.domain.order import Order
from orders.domain.policies import USUAL
from orders.domain.words import Supply


def order_decider(refund_limit: int = USUAL.refund_limit) -> Decider[Command, Order, Change]:
    """The rules of an order; refunds above the limit, in minor units, need a second person (R80)."""
    ruled = partial(decide, refund_limit=refund_limit)
    return Decider(lambda command: command.order_id, ruled, evolve, announce, deadlines)


ORDER = order_decider()
About = tuple[tuple[int, str, int], ...]
"""Number, product and quantity of the lines that procurement looked for."""
PAGE = 100
DRAWS = 5
UNKNOWN = meter.create_counter(
    "opblok.orders.unknown", description="Facts about orders that are not kept here, by topic's noun."
)


OnDeadline = Callable[[str, Deadline, Occasion], Awaitable[Outcome[Order] | None]]


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Order]: ...


@dataclass(frozen=True, slots=True)
class Ordering:
    """All that is done to orders goes through here. `of_machines`: who takes the deadlines whose name begins so, `tally:`;
    they are for ourselves, and ask or write elsewhere before the order changes.
    """

    handle: Handler[Command, Order, Change]
    orders: Orders
    situations: Situations
    naming: Naming
    of_machines: Mapping[str, OnDeadline] = field(default_factory=dict[str, OnDeadline])

    async def place(self, command: PlaceOrder, why: Occasion) -> Outcome[Order]:
        """Take the order. Two ids that come to the same number are no reason to send a customer away (R27)."""
        for draw in range(DRAWS - 1):
            try:
                return await self.handle(replace(command, draw=draw), why, opening=True)
            except AlreadyInUse:
                continue
        return await self.handle(replace(command, draw=DRAWS - 1), why, opening=True)

    async def situation(self, order_id: str, *also: str) -> Situation:
        """Clocks and people of an order's shop, and these people besides."""
        held = await self.orders.load(order_id)
        return await self.situations.of_order(held.state, *also)

    async def hear_supply(
        self,
        order_id: str,
        supply: Supply,
        missing: tuple[str, ...],
        why: Occasion,
        about: About | None = None,
        *,
        ready_on: date | None = None,
    ) -> None:
        """Procurement told how far it is with an order.

        An order is saved before it is told of, so a fact about one that is not here can't have come too early: it
        belongs to another installation or a restored backup. It opens nothing; it is counted.
        """
        order = (await self.orders.load(order_id)).state
        if order is None:
            UNKNOWN.add(1, {"noun": "supply"})
            return
        clocks = (await self.situations.of_order(order)).clocks
        await self.handle(HearSupply(order_id, supply, missing, why.at, clocks, ready_on, about), why)

    async def follow_owner(self, customer_id: str, owner_id: str, why: Occasion) -> None:
        """All open orders of a customer go to who answers for him now (R98)."""
        async for held in self._of(customer_id, is_open=True):
            team = (await self.situations.of_order(held.state, owner_id)).team
            await self.handle(FollowCustomerOwner(held.key, owner_id, why.at, team), why)

    async def forget(self, customer_id: str, why: Occasion) -> None:
        """A person is erased: nothing of him stays in his orders, in each as soon as it is over (152-FZ art. 21)."""
        async for held in self._of(customer_id):
            await self.handle(ForgetPerson(held.key, why.at), why)

    async def _of(self, customer_id: str, **which: bool) -> AsyncIterator[Held[Order]]:
        after: str | None = None
        query = Query(equal={"customer_id": customer_id, **which})
        while True:
            page = await self.orders.page(query, PAGE, after)
            for held in page.items:
                yield held
            after = page.next
            if after is None:
                return

    async def on_deadline(self, order_id: str, deadline: Deadline, why: Occasion) -> Outcome[Order] | None:
        """A deadline of an order has passed."""
        if deadline.name == RESOLVE_CUSTOMER:
            return await self.naming(order_id, deadline, why)
        for begins, take in self.of_machines.items():
            if deadline.name.startswith(begins):
                return await take(order_id, deadline, why)
        situation = await self.situation(order_id)
        command = DeadlinePassed(order_id, deadline.name, why.at, situation.clocks, situation.team)
        return await self.handle.fire(deadline, command, why)
