"""What customers notice: how far our price of a product is from what others ask for the same goods (R40). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.money import Money

from procurement.domain.offer import OWN, Offer


@dataclass(frozen=True, slots=True)
class PriceGap:
    """`ours` beside the lowest and the highest price that others ask of customers; `percent` is how much dearer than the lowest
    we are, in hundredths of it, rounded towards nothing; below zero we are cheaper than everybody.
    """

    product_id: str
    title: str
    ours: Money
    lowest: Money
    lowest_at: str
    highest: Money
    offers: int
    percent: int

    def exceeds(self, limit: int) -> bool:
        """Whether it is so far off, this way or that."""
        return abs(self.percent) >= limit


def gap_of(own: Offer, others: Sequence[Offer]) -> PriceGap | None:
    """The gap between our offer and others' of the same goods; None where nobody else asks a price in our currency."""
    ours = own.terms.price
    asked = [
        each
        for each in others
        if each.supplier_id != OWN and each.terms.price.currency == ours.currency and each.terms.price.minor
    ]
    if not asked:
        return None
    asked.sort(key=lambda each: (each.terms.price, each.offer_id))
    lowest, highest = asked[0], asked[-1]
    dearer = ours.minor - lowest.terms.price.minor
    off = abs(dearer) * 100 // lowest.terms.price.minor
    return PriceGap(
        product_id=own.terms.product_id,
        title=own.terms.title,
        ours=ours,
        lowest=lowest.terms.price,
        lowest_at=lowest.supplier_id,
        highest=highest.terms.price,
        offers=len(asked),
        percent=off if dearer > 0 else -off,
    )
