"""Product cards, and what else might do (R25, R30): a few bounded looks at the offers, never at all of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.chassis import Listing
from chassis.listing import Query

from procurement.application.candidates import Sourced, Sourcing, candidate_of
from procurement.domain.finding import category_mark, overlap, word_mark, words_of
from procurement.domain.offer import Offer
from procurement.domain.product_card import Card, Known, alternatives, card_of
from procurement.domain.refusals import UnknownProduct

NEAREST = 40
"""How many offers are looked at on each side of the price, for the category and for each word."""
MOST_WORDS = 3
MOST_CARDS = 60
"""Of how many products the cards are made, to choose the likest from."""


class ClosedSales(Protocol):
    """Which goods are not on sale."""

    async def closed(self, product_ids: Collection[str]) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Carding:
    """Makes cards."""

    sourcing: Sourcing
    offers: Listing[Offer]
    sales: ClosedSales

    async def card(self, product_id: str, at: datetime) -> Card:
        """The product's card; raise `UnknownProduct`."""
        (card,) = await self.cards([product_id], at) or (None,)
        if card is None:
            raise UnknownProduct("Nobody offers such goods.")
        return card

    async def cards(self, product_ids: Sequence[str], at: datetime) -> list[Card]:
        """The cards of those that somebody offers."""
        by_product: dict[str, list[Known]] = {}
        for sourced in await self.sourcing.of_products(product_ids):
            by_product.setdefault(sourced.offer.terms.product_id, []).append(_known(sourced, at))
        closed = await self.sales.closed(by_product)
        cards = (card_of(name, known, sale_closed=name in closed) for name, known in by_product.items())
        return [card for card in cards if card is not None]

    async def alternatives(self, product_id: str, limit: int, at: datetime) -> tuple[Card, list[Card]]:
        """The product, and what might do instead, the likest first."""
        of = await self.card(product_id, at)
        cards = await self.cards(await self._like(of), at)
        return of, alternatives(of, cards, limit)

    async def _like(self, of: Card) -> list[str]:
        """The products worth a look: of the same category, or with a word of the title, nearest in price."""
        words = sorted(words_of(of.title), key=lambda word: (-len(word), word))[:MOST_WORDS]
        near = await self._near(category_mark(of.category), of) if of.category else []
        alike = [offer for word in words for offer in await self._near(word_mark(word), of)]
        alike.sort(
            key=lambda offer: (-overlap(words_of(offer.terms.title), words_of(of.title)), _away(offer, of))
        )
        return _first([*near, *alike], without=of.product_id)

    async def _near(self, mark: str, of: Card) -> list[Offer]:
        """What can be had under a mark, nearest in price first."""
        equal, price = {"found_by": mark, "available": True}, of.price.minor
        dearer = Query(equal, at_least={"price": price}, order="price")
        cheaper = Query(equal, at_most={"price": price - 1}, order="price", descending=True)
        pages = [await self.offers.page(query, NEAREST) for query in (dearer, cheaper)]
        found = [held.state for page in pages for held in page.items if held.state is not None]
        return sorted(found, key=lambda offer: _away(offer, of))


def _known(sourced: Sourced, at: datetime) -> Known:
    return Known(sourced.offer, candidate_of(sourced), sourced.sells(at))


def _away(offer: Offer, of: Card) -> tuple[int, str]:
    return abs(offer.terms.price.minor - of.price.minor), offer.offer_id


def _first(offers: Iterable[Offer], *, without: str) -> list[str]:
    """The products of these, each once, in their order."""
    products = dict.fromkeys(offer.terms.product_id for offer in offers)
    return [product for product in products if product != without][:MOST_CARDS]
