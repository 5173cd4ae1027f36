"""Naming an order's customer: crm is asked until it answers, and the order never waits for it."""

from dataclasses import dataclass
from typing import Protocol

import structlog
from chassis.handling import Handler, Occasion, Outcome, Store
from chassis.peers import PeerDown, PeerRefused
from kernel.deadline import Deadline

from orders.application.following import CustomerOwner
from orders.application.working_time import Situations
from orders.domain.changes import Change
from orders.domain.commands import Command, FollowCustomerOwner, GiveUpNaming, LinkCustomer, PostponeNaming
from orders.domain.erasure import ForgetPerson
from orders.domain.meant import ChooseCustomer, Meant
from orders.domain.order import Open, Order, Placing

log = structlog.get_logger(__name__)

FINAL = (409, 422)
"""Crm's answers that asking again can't change: it will not have this number. Every other no is a grant or an address
to be put right, and no reason to leave a customer without a name.
"""


@dataclass(frozen=True, slots=True)
class Named:
    """Who the customer is, who answers for him, and whether his card says that he is not to be called. `meant`: all who share his
    number, the likeliest first, where several do.
    """

    customer_id: str
    owner_id: str | None
    wants_no_calls: bool = False
    meant: tuple[Meant, ...] = ()


class NameCustomer(Protocol):
    """Ask crm who an order's customer is. Raises `PeerDown` or `PeerRefused`."""

    async def __call__(self, placing: Placing) -> Named: ...


@dataclass(frozen=True, slots=True)
class Naming:
    """Finds out who the customer of an order is; the order was taken without it."""

    handle: Handler[Command, Order, Change]
    orders: Store[Order]
    owners: Store[CustomerOwner]
    situations: Situations
    ask: NameCustomer

    async def __call__(self, order_id: str, due: Deadline, why: Occasion) -> Outcome[Order] | None:
        """Ask crm now; when it does not answer, the order itself keeps when to ask again, so that the orders of a
        long outage don't stand in the way of others' deadlines.
        """
        order = (await self.orders.load(order_id)).state
        if not isinstance(order, Open) or order.customer_id is not None:
            return None
        try:
            named = await self.ask(order.placing)
        except (PeerDown, PeerRefused) as no:
            status = no.status if isinstance(no, PeerRefused) else None
            log.warning("crm does not name the customer", order=order_id, status=status)
            if status in FINAL:
                return await self.handle(GiveUpNaming(order_id, f"crm answered {status}", why.at), why)
            return await self.handle.fire(due, PostponeNaming(order_id, why.at), why)
        return await self._link(order, named, why)

    async def _link(self, order: Open, named: Named, why: Occasion) -> Outcome[Order]:
        order_id = order.placing.order_id
        people = [named.owner_id] if named.owner_id else []
        team = (await self.situations.of_order(order, *people)).team
        command = LinkCustomer(
            order_id, named.customer_id, named.owner_id, why.at, team, named.wants_no_calls, named.meant
        )
        linked = await self.handle(command, why)
        return await self._catch_up(order, named.customer_id, named.owner_id, why) or linked

    async def choose(self, order_id: str, customer_id: str, why: Occasion) -> Outcome[Order]:
        """A person knows who of those who share the number it is."""
        order = (await self.orders.load(order_id)).state
        told = (await self.owners.load(customer_id)).state
        meant = order.meant if isinstance(order, Open) else ()
        first = next((each.owner_id for each in meant if each.customer_id == customer_id), None)
        owner_id = told.owner_id if told else first
        team = (await self.situations.of_order(order, *([owner_id] if owner_id else []))).team
        done = await self.handle(
            ChooseCustomer(order_id, customer_id, owner_id, why.actor, why.at, team), why
        )
        if done.changes and isinstance(order, Open):
            later = Occasion(f"{why.id}:owner", why.at, why.actor, correlation_id=why.correlation_id)
            await self._catch_up(order, customer_id, owner_id, later)
        return done

    async def _catch_up(
        self, order: Open, customer_id: str, owner_id: str | None, why: Occasion
    ) -> Outcome[Order] | None:
        """The customer may have changed hands, or been erased, between crm's answer and the save: then the reaction did not find
        this order yet. It kept what it heard before it looked for orders, and we look after we saved, so one of the two
        sees the other.
        """
        told = (await self.owners.load(customer_id)).state
        if told is not None and told.erased:
            return await self.handle(ForgetPerson(order.placing.order_id, why.at), why)
        if told is None or told.owner_id is None or told.owner_id == owner_id:
            return None
        team = (await self.situations.of_order(order, told.owner_id)).team
        command = FollowCustomerOwner(order.placing.order_id, told.owner_id, why.at, team)
        return await self.handle(command, why)
