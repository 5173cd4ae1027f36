"""Offering something instead: what procurement has, ranked; and the offer with the link by which it is answered (R25)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from kernel.actor import Actor

from orders.application.selling import Selling
from orders.application.tallying import Pairs, past_of
from orders.application.working_time import Situations
from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.goods import Line, line_of
from orders.domain.goods_commands import AnswerOffer, MakeOffer
from orders.domain.goods_refusals import UnknownLine
from orders.domain.guarding import open_order
from orders.domain.offers import CUSTOMER, Offer, Said, Substitute
from orders.domain.order import Order
from orders.domain.ranking import Candidate, Missing, Ranked, rank
from orders.domain.words import Channel

WHO_HOLDS_THE_LINK = Actor(CUSTOMER, frozenset())


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What procurement has instead of a product, and what it knows of that one."""

    of: Candidate | None
    items: tuple[Candidate, ...]


class FindAlternatives(Protocol):
    """Ask procurement what might do instead. Raises `PeerDown`; a product it does not know has no alternatives."""

    async def __call__(self, product_id: str) -> Alternatives: ...


class Links(Protocol):
    """Signed links: they name an order and an offer, and nothing of anybody."""

    def token(self, order_id: str, offer: Offer) -> str | None:
        """What the address ends with; it alone is the right to answer."""
        ...

    def link(self, order_id: str, offer: Offer) -> str | None:
        """The address at which the offer is answered; None when links can't be made here."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person offers, as he asks for it. Without `expires_at` it stands for as long as the shop's offers do."""

    line_no: int
    substitutes: tuple[Substitute, ...]
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Substituting:
    """Ranks, offers, hears the answer."""

    handle: Handler[Command, Order, Change]
    orders: Orders
    situations: Situations
    selling: Selling
    pairs: Pairs
    ask: FindAlternatives
    links: Links

    async def ranked(self, order_id: str, line_no: int) -> tuple[Line, tuple[Ranked, ...]]:
        """The line, and what may be offered instead of it, the best first. Nothing is offered by asking."""
        order = open_order((await self.orders.load(order_id)).state)
        line = line_of(order.lines, line_no)
        if line is None:
            raise UnknownLine("The order has no such line now.", line_no=line_no)
        found = await self.ask(line.product_id)
        closed = await self.selling.closed(each.product_id for each in found.items)
        able = [each for each in found.items if each.product_id not in closed]
        past = await past_of(self.pairs, line.product_id)
        missing = Missing(line.product_id, line.quantity, line.unit_price, found.of)
        return line, rank(missing, able, past)

    async def offer(self, order_id: str, wanted: Wanted, actor: Actor, why: Occasion) -> Outcome[Order]:
        """Offer one of these; what is closed for sale is refused (R46)."""
        order = (await self.orders.load(order_id)).state
        clocks = (await self.situations.of_order(order)).clocks
        closed = await self.selling.closed(each.product_id for each in wanted.substitutes)
        command = MakeOffer(
            order_id, wanted.line_no, wanted.substitutes, wanted.expires_at, actor, why.at, clocks, closed
        )
        return await self.handle(command, why)

    async def answer(  # noqa: PLR0917 - an answer, and who gives it
        self,
        order_id: str,
        offer_no: int,
        said: Said,
        product_id: str | None,
        channel: Channel | None,
        actor: Actor,
        why: Occasion,
    ) -> Outcome[Order]:
        """The customer's yes or no; `channel` is None when he used the link. Whoever is second of two at once finds it
        answered.
        """
        order = (await self.orders.load(order_id)).state
        clocks = (await self.situations.of_order(order)).clocks
        command = AnswerOffer(order_id, offer_no, said, product_id, channel, actor, why.at, clocks)
        return await self.handle(command, why)

    def link_of(self, order_id: str, offer: Offer, at: datetime) -> str | None:
        """Where the offer can be answered, as long as it can."""
        return self.links.link(order_id, offer) if offer.is_open(at) else None


def open_offers(order: Order, at: datetime) -> tuple[Offer, ...]:
    """What the customer may answer now, the newest first; of a line there is one."""
    return tuple(each for each in reversed(order.goods.offers) if each.is_open(at))
