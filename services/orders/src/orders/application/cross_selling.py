"""Accessories beside the goods of an order: which there are, and that they were offered (R30)."""

from dataclasses import dataclass
from typing import Protocol

from chassis.following import nothing_due
from chassis.handling import Decider, Handler, Held, Occasion, Outcome
from kernel.actor import Actor

from orders.application.announcing_links import announce_links
from orders.application.selling import Selling
from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.goods_commands import SuggestAccessories
from orders.domain.goods_refusals import NotAnAccessory
from orders.domain.guarding import open_order
from orders.domain.order import Order
from orders.domain.product_links import Change as LinkChange
from orders.domain.product_links import Command as LinkCommand
from orders.domain.product_links import ProductLinks, decide, evolve

Linking = Handler[LinkCommand, ProductLinks, LinkChange]
PRODUCT_LINKS: Decider[LinkCommand, ProductLinks, LinkChange] = Decider(
    lambda command: command.product_id, decide, evolve, announce_links, nothing_due
)


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...


class Links(Protocol):
    """Accessories, by product."""

    async def load_many(self, keys: list[str]) -> list[Held[ProductLinks]]: ...


@dataclass(frozen=True, slots=True)
class Beside:
    """An accessory that may be offered beside a product of the order; `offered`: it was already."""

    product_id: str
    accessory_id: str
    title: str
    offered: bool


@dataclass(frozen=True, slots=True)
class CrossSelling:
    """Finds accessories and records that they were offered."""

    handle: Handler[Command, Order, Change]
    orders: Orders
    links: Links
    selling: Selling

    async def beside(self, order_id: str) -> tuple[Beside, ...]:
        """What goes with the order's products: not what it has already, nor what is not to be sold (R46)."""
        order = open_order((await self.orders.load(order_id)).state)
        ordered = [line.product_id for line in order.lines]
        held = await self.links.load_many(list(dict.fromkeys(ordered)))
        found = [(held_of.state.product_id, each) for held_of in held if held_of.state for each in held_of.state.accessories]  # fmt: skip
        closed = await self.selling.closed(each.accessory_id for _, each in found)
        known = {(each.product_id, each.accessory_id) for each in order.goods.suggested}
        return tuple(
            Beside(product_id, each.accessory_id, each.title, (product_id, each.accessory_id) in known)
            for product_id, each in found
            if each.accessory_id not in closed and each.accessory_id not in ordered
        )

    async def suggest(
        self, order_id: str, pairs: tuple[tuple[str, str], ...], actor: Actor, why: Occasion
    ) -> Outcome[Order]:
        """These were offered to the customer; only what is linked can be."""
        held = await self.links.load_many(list({product_id for product_id, _ in pairs}))
        linked = {
            (each.state.product_id, accessory.accessory_id)
            for each in held
            if each.state
            for accessory in each.state.accessories
        }
        for product_id, accessory_id in pairs:
            if (product_id, accessory_id) not in linked:
                raise NotAnAccessory(
                    "These two are not linked.", product_id=product_id, accessory_id=accessory_id
                )
        return await self.handle(SuggestAccessories(order_id, pairs, actor, why.at), why)
