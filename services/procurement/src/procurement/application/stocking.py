"""The shop's own stock: counted by a person, sold first (R28)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.handling import Occasion, Outcome
from kernel.money import Money

from procurement.application.allocating import Offers
from procurement.application.candidates import Sourcing
from procurement.domain.availability import counted
from procurement.domain.offer import OWN, ListOffer, Offer, Terms, offer_id
from procurement.domain.refusals import GoodsNobodyLists


@dataclass(frozen=True, slots=True)
class Count:
    """What a person counted; what he leaves out stays as it was, or as suppliers call it."""

    product_id: str
    quantity: int
    title: str | None = None
    price: Money | None = None
    purchase_price: Money | None = None


@dataclass(frozen=True, slots=True)
class Stocking:
    """Keeps own stock as offers of the supplier `own`."""

    offers: Offers
    sourcing: Sourcing

    async def count(self, count: Count, at: datetime, occasion: Occasion) -> Outcome[Offer]:
        """Own stock of these goods is this many now."""
        known = await self._known(count.product_id)
        title, price = count.title or (known and known.title), count.price or (known and known.price)
        if title is None or price is None:
            raise GoodsNobodyLists("Title and price are needed: no offer describes these goods.")
        terms = Terms(
            product_id=count.product_id,
            title=title,
            price=price,
            purchase_price=count.purchase_price or (known and known.purchase_price),
            availability=counted(count.quantity),
            category=known and known.category,
            attributes=known.attributes if known else {},
            vendor=known and known.vendor,
        )
        return await self.offers(ListOffer(offer_id(OWN, count.product_id), OWN, terms, at), occasion)

    async def _known(self, product_id: str) -> Terms | None:
        held = await self.offers.store.load(offer_id(OWN, product_id))
        if held.state is not None:
            return held.state.terms
        offers = await self.sourcing.of_product(product_id)
        return offers[0].offer.terms if offers else None
