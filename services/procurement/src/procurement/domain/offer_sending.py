"""Pieces of an offer leave our warehouse with a shipment: its count and the order's hold are less by them, at once (R28). Pure."""

from dataclasses import replace
from datetime import datetime

from procurement.domain.availability import Stock, counted
from procurement.domain.offer import Offer
from procurement.domain.offer_arriving import Going, OfferSent
from procurement.domain.offer_terms import Hold

MOST_SENT = 300
"""Of how many shipments an offer remembers what left; far more than are ever being taken out of stock at once."""


def send(  # noqa: PLR0917 - whose, what, what it still holds, what it held besides
    order_id: str, going: Going, hold: Hold, held: int, offer: Offer, at: datetime
) -> OfferSent:
    """What leaves is what the order held, and beyond that what is free. Never more than is there."""
    free = offer.free
    quantity = going.quantity if free is None else min(going.quantity, held + free)
    stock, terms = offer.terms.availability, offer.terms
    if stock.stock is Stock.COUNTED:
        terms = replace(terms, availability=counted(max(0, (stock.quantity or 0) - quantity)))
    return OfferSent(order_id, hold, terms, going.name, quantity, at, frees=held - quantity)


def evolve_sent(offer: Offer, change: OfferSent) -> Offer:
    """The offer without them."""
    others = {name: pieces for name, pieces in offer.sent.items() if name != change.name}
    sent = dict([*others.items(), (change.name, change.quantity)][-MOST_SENT:])
    return replace(offer, terms=change.terms, sent=sent)
