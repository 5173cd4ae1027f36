"""Answering by the signed link: no account, no name; the link says which offer of which order, and the offer the rest (R25)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chassis.handling import Held, Occasion
from kernel.refusal import NotFound, Refusal

from orders.application.substituting import WHO_HOLDS_THE_LINK, Links, Substituting, open_offers
from orders.domain.offers import Offer, Said
from orders.domain.order import Open, Order


class LinkUnreadable(NotFound):
    """The link was cut short, or is not one of ours."""


class LinkExpired(Refusal):
    """The link has passed its hour; the shop will gladly offer anew."""

    rule = "R25"


class Standing(StrEnum):
    """How an offer stands for whoever holds its link."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Named:
    """What a link names."""

    order_id: str
    offer_no: int


class ReadLink(Protocol):
    """Read a link's token. Raises `LinkUnreadable` or `LinkExpired`."""

    def __call__(self, token: str, at: datetime) -> Named: ...


class Orders(Protocol):
    """Where orders are kept."""

    async def load(self, key: str) -> Held[Order]: ...


@dataclass(frozen=True, slots=True)
class Sight:
    """What whoever holds the link may see: the offer, and the order's other open ones. Nothing of any person."""

    order: Order
    offer: Offer
    standing: Standing
    others: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """Reads links, and takes answers by them."""

    orders: Orders
    substituting: Substituting
    links: Links
    read: ReadLink

    async def look(self, token: str, at: datetime) -> Sight:
        """What the link shows; changes nothing."""
        named = self.read(token, at)
        order = (await self.orders.load(named.order_id)).state
        offer = order.goods.offer(named.offer_no) if order else None
        if order is None or offer is None:
            raise LinkUnreadable("This link is not one of ours.")
        standing = standing_of(order, offer, at)
        waiting = open_offers(order, at) if isinstance(order, Open) else ()
        return Sight(order, offer, standing, tuple(each for each in waiting if each is not offer))

    async def answer(self, token: str, said: Said, product_id: str | None, why: Occasion) -> Sight:
        """Take the answer; the same one again is taken as the first time, another one is refused."""
        named = self.read(token, why.at)
        sight = await self.look(token, why.at)
        await self.substituting.answer(
            named.order_id, sight.offer.offer_no, said, product_id, None, WHO_HOLDS_THE_LINK, why
        )
        return await self.look(token, why.at)


def standing_of(order: Order, offer: Offer, at: datetime) -> Standing:
    """How the offer stands: what was answered stays so, on a cancelled order as well."""
    if offer.answer is not None:
        return Standing.ACCEPTED if offer.answer.said is Said.YES else Standing.DECLINED
    if not isinstance(order, Open):
        return Standing.CANCELLED
    if offer.withdrawn:
        return Standing.WITHDRAWN
    return Standing.OPEN if offer.is_open(at) else Standing.EXPIRED
