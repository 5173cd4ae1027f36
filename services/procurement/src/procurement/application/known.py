"""What is known of a supplier's offers, eight bytes each: a row that says the same again need not be looked up."""

from array import array
from bisect import bisect_left
from dataclasses import replace

from procurement.domain.offer import Offer, Terms, code_of


class Known:
    """What offers said when they were looked through. Only a feed of their supplier changes that, and those come one by one."""

    def __init__(self) -> None:
        self._said = array("q")
        self._sorted = True

    def learn(self, offer: Offer) -> None:
        """By the name that its feed gives the goods, whatever a person said of them."""
        own = replace(offer.terms, product_id=offer.laid.own) if offer.laid else offer.terms
        self._said.append(said(code_of(offer), own))
        self._sorted = False

    def says(self, code: str, terms: Terms) -> bool:
        """Whether an offer of this code said just this."""
        if not self._sorted:
            self._said, self._sorted = array("q", sorted(self._said)), True
        wanted = said(code, terms)
        place = bisect_left(self._said, wanted)
        return place < len(self._said) and self._said[place] == wanted


def said(code: str, terms: Terms) -> int:
    """Code and terms in eight bytes: the process's own keyed hash, so that nobody can make two fall together."""
    stock, bought = terms.availability, terms.purchase_price
    words = (code, terms.product_id, terms.title, terms.category, terms.vendor, *terms.attributes.items())
    return hash((words, terms.price.minor, bought and bought.minor, stock.stock, stock.quantity))
