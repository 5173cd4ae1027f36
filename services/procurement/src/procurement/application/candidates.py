"""Which offers an order may be allocated from now: fresh enough, not refused, with something free (R22, R28)."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.chassis import Listing
from chassis.listing import Query

from procurement.domain.offer import OWN, Offer
from procurement.domain.ranking import Candidate
from procurement.domain.supplier import Supplier

PAGE = 200


@dataclass(frozen=True, slots=True)
class Sourced:
    """An offer and its supplier; own stock has none."""

    offer: Offer
    supplier: Supplier | None

    @property
    def as_of(self) -> datetime:
        return self.supplier.said_at(self.offer.as_of) if self.supplier else self.offer.as_of

    def is_stale(self, at: datetime) -> bool:
        """Older than agreed, whether it may be sold all the same or not."""
        return self.supplier is not None and self.as_of + self.supplier.conditions.stale_after <= at

    def sells(self, at: datetime) -> bool:
        if self.offer.supplier_id == OWN:
            return True
        return self.supplier is not None and self.supplier.sells(self.offer.as_of, at)


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Looks at own stock and at what suppliers have."""

    offers: Listing[Offer]
    suppliers: Listing[Supplier]

    async def of_product(self, product_id: str) -> list[Sourced]:
        """All offers of these goods."""
        return await self.of_products([product_id])

    async def of_products(self, product_ids: Sequence[str]) -> list[Sourced]:
        """All offers of all these goods."""
        offers = [offer async for offer in self._offers(product_ids)]
        ids = sorted({offer.supplier_id for offer in offers} - {OWN})
        known = {held.key: held.state for held in await self.suppliers.load_many(ids)}
        return [Sourced(offer, known.get(offer.supplier_id)) for offer in offers]

    async def candidates(
        self, products: Collection[str], excluded: Collection[str], at: datetime
    ) -> dict[str, Sequence[Candidate]]:
        """By product, what a plan may be made of."""
        found: dict[str, Sequence[Candidate]] = {}
        for product in sorted(products):
            sourced = await self.of_product(product)
            usable = (each for each in sourced if each.sells(at) and each.offer.offer_id not in excluded)
            found[product] = [candidate_of(each) for each in usable]
        return found

    async def _offers(self, product_ids: Sequence[str]) -> AsyncIterator[Offer]:
        query, cursor = Query(equal={"product_id": list(product_ids)}), None
        while True:
            page = await self.offers.page(query, PAGE, cursor)
            for held in page.items:
                if held.state is not None:
                    yield held.state
            if (cursor := page.next) is None:
                return


def candidate_of(sourced: Sourced) -> Candidate:
    """What a plan looks at."""
    offer, supplier = sourced.offer, sourced.supplier
    agreed = supplier.conditions if supplier else None
    return Candidate(
        offer_id=offer.offer_id,
        supplier_id=offer.supplier_id,
        product_id=offer.terms.product_id,
        cost=offer.terms.cost,
        free=offer.free,
        lead_days=agreed.lead_days if agreed else 0,
        delivery_fee=agreed.delivery_fee if agreed else None,
        minimum_order=agreed.minimum_order if agreed else None,
    )
