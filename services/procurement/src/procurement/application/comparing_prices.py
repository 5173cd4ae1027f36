"""Our prices beside others', over the shop's range (R40): page by page of our own offers, never all at once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from chassis.chassis import Listing
from chassis.listing import Query

from procurement.application.candidates import Sourcing
from procurement.domain.availability import Stock
from procurement.domain.offer import OWN, Offer
from procurement.domain.price_gap import PriceGap, gap_of

PAGE = 200


@dataclass(frozen=True, slots=True)
class Gaps:
    """A page; `next` is where the next begins."""

    items: list[PriceGap]
    next: str | None


@dataclass(frozen=True, slots=True)
class ComparingPrices:
    """Looks at what we have in our own range. `limit` is how many hundredths off a price has to be, where nobody says."""

    offers: Listing[Offer]
    sourcing: Sourcing
    limit: int

    async def page(self, at_least: int, many: int, after: str | None, at: datetime) -> Gaps:
        """So many of our products are looked at; those are shown that are so far off what others ask who have the goods, and
        whose word is not too old (R22).
        """
        page = await self.offers.page(Query({"supplier_id": OWN}), many, after)
        own = [held.state for held in page.items if held.state is not None]
        others: dict[str, list[Offer]] = {}
        for each in await self.sourcing.of_products(sorted({offer.terms.product_id for offer in own})):
            if each.sells(at) and each.offer.terms.availability.stock is not Stock.NONE:
                others.setdefault(each.offer.terms.product_id, []).append(each.offer)
        found = (gap_of(offer, others.get(offer.terms.product_id, [])) for offer in own)
        return Gaps([gap for gap in found if gap and gap.exceeds(at_least)], page.next)

    async def all(self, at_least: int, at: datetime) -> AsyncIterator[PriceGap]:
        """One page after the other."""
        cursor = None
        while True:
            page = await self.page(at_least, PAGE, cursor, at)
            for gap in page.items:
                yield gap
            if (cursor := page.next) is None:
                return
