"""Ordering: what people, crm and procurement ask of orders, with the shop's situation looked up for the rules."""

from dataclasses import dataclass
from typing import Protocol

import structlog
from chassis.handling import Decider, Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from chassis.peers import PeerRefused
from kernel.deadline import Deadline

from orders.application.announcements import announce
from orders.application.working_time import Situation, Situations
from orders.domain.changes import Change
from orders.domain.commands import (
    Command,
    DeadlinePassed,
    FollowCustomerOwner,
    GiveUpNaming,
    HearSupply,
    LinkCustomer,
)
from orders.domain.decider import deadlines, decide, evolve
from orders.domain.order import Open, Order, Placing, Supply

log = structlog.get_logger(__name__)

ORDER: Decider[Command, Order, Change] = Decider(
    lambda command: command.order_id, decide, evolve, announce, deadlines
)
PAGE = 100


@dataclass(frozen=True, slots=True)
class Named:
    """Who the customer is, and who answers for him."""

    customer_id: str
    owner_id: str | None


class NameCustomer(Protocol):
    """Ask crm who an order's customer is. Raises `PeerDown` (try again) or `PeerRefused` (never will)."""

    async def __call__(self, placing: Placing) -> Named: ...


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Order]: ...


@dataclass(frozen=True, slots=True)
class Ordering:
    """All that is done to orders goes through here."""

    handle: Handler[Command, Order, Change]
    orders: Orders
    situations: Situations
    name_customer: NameCustomer

    async def situation(self, order_id: str) -> Situation:
        """Working time and people of an order's shop."""
        held = await self.orders.load(order_id)
        return await self.situations.of_order(held.state)

    async def hear_supply(
        self, order_id: str, supply: Supply, missing: tuple[str, ...], why: Occasion
    ) -> None:
        """Procurement told how far it is with an order."""
        calendar = (await self.situation(order_id)).calendar
        await self.handle(HearSupply(order_id, supply, missing, why.at, calendar), why)

    async def follow_owner(self, customer_id: str, owner_id: str, why: Occasion) -> None:
        """All open orders of a customer go to who answers for him now (R98)."""
        after: str | None = None
        while True:
            page = await self.orders.page(
                Query(equal={"customer_id": customer_id, "is_open": True}), PAGE, after
            )
            for held in page.items:
                team = (await self.situations.of_order(held.state)).team
                await self.handle(FollowCustomerOwner(held.key, owner_id, why.at, team), why)
            after = page.next
            if after is None:
                return

    async def on_deadline(self, order_id: str, deadline: Deadline, why: Occasion) -> Outcome[Order] | None:
        """A deadline of an order has passed. Asking crm for the customer's name is tried until crm answers."""
        if deadline.name == "resolve_customer":
            return await self.resolve_customer(order_id, why)
        situation = await self.situation(order_id)
        command = DeadlinePassed(order_id, deadline.name, why.at, situation.calendar, situation.team)
        return await self.handle.fire(deadline, command, why)

    async def resolve_customer(self, order_id: str, why: Occasion) -> Outcome[Order] | None:
        """Find out who the customer is; the order was taken without it."""
        order = (await self.orders.load(order_id)).state
        if not isinstance(order, Open) or order.customer_id is not None:
            return None
        try:
            named = await self.name_customer(order.placing)
        except PeerRefused as no:
            log.warning("crm can't name the customer", order=order_id, status=no.status)
            return await self.handle(GiveUpNaming(order_id, f"crm answered {no.status}", why.at), why)
        team = (await self.situations.of_order(order)).team
        return await self.handle(LinkCustomer(order_id, named.customer_id, named.owner_id, why.at, team), why)
