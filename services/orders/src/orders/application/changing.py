"""Changing an order's goods, and saying what it would cost before it is done (R30, R69)."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Protocol
from zoneinfo import ZoneInfo

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.peers import PeerDown
from kernel.actor import Actor
from kernel.money import Money
from kernel.personal import Personal
from kernel.refusal import Refused

from orders.application.capacity import Answer, Capacity, NotUnderstood, Option
from orders.application.selling import Selling
from orders.application.wishing import Wish, question
from orders.application.working_time import Situations
from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.costing import Cost, cost_of
from orders.domain.decider import decide
from orders.domain.delivery import Handing, Promise
from orders.domain.evolving import evolve
from orders.domain.goods_commands import Added, ChangeAddress, ChangeLines, SetBonuses
from orders.domain.guarding import open_order
from orders.domain.order import Open, Order


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...


@dataclass(frozen=True, slots=True)
class Moved:
    """The command, and what logistics said of the delivery there: None when there is nothing to ask."""

    command: ChangeAddress
    answer: Answer | None = None

    def fee(self, promise: Promise | None) -> Money | None:
        """What the nearest delivery that can be kept there costs more than what was promised (R69)."""
        if promise is None or self.answer is None:
            return None
        nearest = self.answer.offered or next((each.offered for each in self.answer.options), None)
        return nearest.price - promise.offered.price if nearest else None

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be promised there instead."""
        return self.answer.options if self.answer else ()


@dataclass(frozen=True, slots=True)
class Changing:
    """Looks up what the rules need; a preview runs the same rules and saves nothing."""

    handle: Handler[Command, Order, Change]
    orders: Orders
    situations: Situations
    selling: Selling
    capacity: Capacity

    async def lines(
        self,
        order_id: str,
        quantities: tuple[tuple[int, int], ...],
        added: tuple[Added, ...],
        actor: Actor,
        why: Occasion,
    ) -> ChangeLines:
        """The command to change lines."""
        order = (await self.orders.load(order_id)).state
        clocks = (await self.situations.of_order(order)).clocks
        closed = await self.selling.closed(each.product_id for each in added)
        return ChangeLines(order_id, quantities, added, actor, why.at, clocks, closed)

    async def address(
        self, order_id: str, address: Personal, zone: str | None, actor: Actor, why: Occasion
    ) -> Moved:
        """The command to move the delivery. What was promised stays only if logistics says that it can be kept there as it
        is; raises `PeerDown` when it can't be asked.
        """
        order = open_order((await self.orders.load(order_id)).state)
        clocks = (await self.situations.of_order(order)).clocks
        command = ChangeAddress(order_id, address, actor, why.at, clocks)
        promise = order.delivery.holds
        if promise is None or order.recipient.address == address:
            return Moved(command)
        if promise.offered.kind is Handing.POINT:
            return Moved(replace(command, keeps_promise=True))
        answer = await self._asked(order, promise, zone)
        kept = answer is not None and answer.offered == promise.offered
        return Moved(replace(command, keeps_promise=kept), answer)

    async def address_whoever_is_down(
        self, order_id: str, address: Personal, zone: str | None, actor: Actor, why: Occasion
    ) -> Moved:
        """The same; when logistics can't be asked, the promise is to be agreed again. A parcel to an address that is wrong
        would be worse than a promise too few.
        """
        try:
            return await self.address(order_id, address, zone, actor, why)
        except PeerDown:
            order = (await self.orders.load(order_id)).state
            clocks = (await self.situations.of_order(order)).clocks
            return Moved(ChangeAddress(order_id, address, actor, why.at, clocks))

    async def fee(self, moved: Moved) -> Money | None:
        """What the nearest delivery there costs more than what was promised."""
        order = open_order((await self.orders.load(moved.command.order_id)).state)
        return moved.fee(order.delivery.holds)

    async def bonuses(self, order_id: str, bonuses: Money, actor: Actor, at: datetime) -> SetBonuses:
        """The command to pay so much with bonuses."""
        order = (await self.orders.load(order_id)).state
        clocks = (await self.situations.of_order(order)).clocks
        return SetBonuses(order_id, bonuses, actor, at, clocks)

    async def preview(self, command: Command, fee: Money | None = None) -> Cost:
        """What it would cost. Nothing is saved; what would be refused is refused."""
        before = open_order((await self.orders.load(command.order_id)).state)
        decision = decide(command, before)
        if isinstance(decision, Refused):
            raise decision.refusal
        after = reduce(evolve, decision, before)
        return cost_of(before, open_order(after), fee)

    async def done(self, command: Command, why: Occasion) -> Outcome[Order]:
        """Do it."""
        return await self.handle(command, why)

    async def _asked(self, order: Open, promise: Promise, zone: str | None) -> Answer | None:
        offered = promise.offered
        local = ZoneInfo(offered.time_zone)
        starts, ends = offered.starts_at.astimezone(local), offered.ends_at.astimezone(local)
        wish = Wish(zone or offered.zone, offered.kind, starts.date(), starts.time(), ends.time())
        try:
            return await self.capacity.check(question(order, wish))
        except NotUnderstood:
            return None
