"""What there is to say of a product, of all its offers together (R25, R28, R30). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.money import Money

from procurement.domain.availability import Stock
from procurement.domain.finding import category_mark, overlap, words_of
from procurement.domain.offer import Offer, Terms
from procurement.domain.ranking import Candidate, rank


@dataclass(frozen=True, slots=True)
class Known:
    """An offer, what a plan would make of it, and whether an order may be allocated from it now (R22)."""

    offer: Offer
    candidate: Candidate
    sells: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A product: `price`, `cost`, stock and lead time (working days) are those of the offer that would be taken for one
    piece. `quantity` goes with `COUNTED` and `NONE`. A product all of whose stock is stale is `UNKNOWN` (R22).
    """

    product_id: str
    title: str
    category: str | None
    attributes: Mapping[str, str]
    price: Money
    cost: Money | None
    stock: Stock
    quantity: int | None
    lead_days: int
    sale_closed: bool = False


def card_of(product_id: str, known: Sequence[Known], *, sale_closed: bool = False) -> Card | None:
    """The product's card; None when nobody offers it."""
    if not known:
        return None
    best = _best(known)
    terms, stock, quantity = best.offer.terms, *_stock(best)
    described = [terms, *(each.offer.terms for each in known)]
    return Card(
        product_id=product_id,
        title=terms.title,
        category=next((each.category for each in described if each.category), None),
        attributes=_attributes(described),
        price=terms.price,
        cost=terms.purchase_price,
        stock=stock,
        quantity=quantity,
        lead_days=best.candidate.lead_days,
        sale_closed=sale_closed,
    )


def alternatives(of: Card, cards: Sequence[Card], limit: int) -> list[Card]:
    """The likest first: on sale before closed, the same category before others, then by shared words of the titles, then
    by how near the price is; nothing that has nothing left.
    """
    there = [card for card in cards if card.product_id != of.product_id and card.stock is not Stock.NONE]
    return sorted(there, key=lambda card: (card.sale_closed, *_likeness(of, card)))[:limit]


def _likeness(of: Card, card: Card) -> tuple[bool, float, int, str]:
    same = bool(of.category and card.category) and category_mark(of.category or "") == category_mark(
        card.category or ""
    )
    shared = overlap(words_of(of.title), words_of(card.title))
    return not same, -shared, abs(card.price.minor - of.price.minor), card.product_id


def _best(known: Sequence[Known]) -> Known:
    """The offer a plan would take; else one whose stock is only old; else the one last spoken of."""
    for usable in ([each for each in known if each.sells], known):
        ranked = rank([each.candidate for each in usable], 1)
        if ranked:
            return next(each for each in usable if each.candidate is ranked[0].candidate)
    return max(known, key=lambda each: (each.offer.as_of, each.offer.offer_id))


def _stock(best: Known) -> tuple[Stock, int | None]:
    free = best.offer.free
    if free == 0:
        return Stock.NONE, 0
    return (Stock.UNKNOWN, None) if free is None or not best.sells else (Stock.COUNTED, free)


def _attributes(described: Sequence[Terms]) -> Mapping[str, str]:
    """Whoever says most of the goods is believed."""
    return max((each.attributes for each in described), key=len)
