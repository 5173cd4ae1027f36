"""Proposals of sales stops (R46): found by marks under an index, judged product by product; never a look at all offers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.chassis import Listing
from chassis.listing import Query, cursor, read_cursor

from procurement.application.candidates import Sourced
from procurement.application.carding import Carding
from procurement.domain.finding import left_marks, margin_marks
from procurement.domain.offer import Offer
from procurement.domain.sale import Reason
from procurement.domain.stop_proposals import Looked, Proposal, Thresholds, propose
from procurement.domain.supplier import Supplier

MOST_SUPPLIERS = 500

ClaimedGoods = Callable[[datetime], Awaitable[Mapping[str, int]]]
"""Products with claims, and how many."""

Reliability = Callable[[Sequence[str], datetime], Awaitable[Mapping[str, float]]]
"""How far suppliers can be relied on, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A page of proposals; `next` is where the next begins."""

    items: list[Proposal]
    next: str | None


@dataclass(frozen=True, slots=True)
class ProposingStops:
    """Looks for products whose sale might be closed."""

    cards: Carding
    offers: Listing[Offer]
    suppliers: Listing[Supplier]
    claimed: ClaimedGoods
    reliability: Reliability
    limits: Thresholds

    async def page(self, reason: Reason, limit: int, after: str | None, at: datetime) -> Proposed:
        """Products that meet this criterion, with all the others they meet; up to `limit` offers are looked at."""
        claims = await self.claimed(at)
        if reason is Reason.MANY_CLAIMS:
            products, following = self._claimed_most(claims, limit, after)
        else:
            products, following = await self._offered(reason, limit, after, at)
        found = await self._judged(products, claims, at)
        return Proposed([each for each in found if reason in each.reasons], following)

    def _claimed_most(
        self, claims: Mapping[str, int], limit: int, after: str | None
    ) -> tuple[list[str], str | None]:
        least, last = self.limits.claims, read_cursor(after)[1] if after else ""
        products = sorted(each for each, count in claims.items() if count >= least and each > last)
        page = products[:limit]
        return page, cursor(page[-1], page[-1]) if len(products) > limit else None

    async def _offered(
        self, reason: Reason, limit: int, after: str | None, at: datetime
    ) -> tuple[list[str], str | None]:
        query = await self._query(reason, at)
        if query is None:
            return [], None
        page = await self.offers.page(query, limit, after)
        return sorted({held.state.terms.product_id for held in page.items if held.state}), page.next

    async def _query(self, reason: Reason, at: datetime) -> Query | None:
        match reason:
            case Reason.LOW_MARGIN:
                marks = margin_marks(self.limits.margin)
            case Reason.FEW_LEFT:
                marks = left_marks(self.limits.left)
            case _:
                hard = await self._hard_suppliers(at)
                return Query({"supplier_id": hard, "available": True}) if hard else None
        return Query({"found_by": marks, "available": True}, order="price") if marks else None

    async def _hard_suppliers(self, at: datetime) -> list[str]:
        """Suppliers that are slow, or seldom keep their word."""
        known = [
            held.state for held in (await self.suppliers.page(Query(), MOST_SUPPLIERS)).items if held.state
        ]
        relied = await self.reliability([each.supplier_id for each in known], at)
        return [
            each.supplier_id
            for each in known
            if each.conditions.lead_days > self.limits.lead_days
            or relied.get(each.supplier_id, 1.0) < self.limits.reliability
        ]

    async def _judged(
        self, products: Sequence[str], claims: Mapping[str, int], at: datetime
    ) -> list[Proposal]:
        sourced = await self.cards.sourcing.of_products(products)
        by_product: dict[str, list[Sourced]] = {}
        for each in sourced:
            if each.sells(at) and each.offer.free != 0:
                by_product.setdefault(each.offer.terms.product_id, []).append(each)
        relied = await self.reliability(sorted({each.offer.supplier_id for each in sourced}), at)
        found: list[Proposal] = []
        for card in await self.cards.cards(products, at):
            selling = by_product.get(card.product_id, [])
            best = max((relied.get(each.offer.supplier_id, 1.0) for each in selling), default=1.0)
            offers = [each.offer for each in selling]
            proposal = propose(Looked(card, offers, best, claims.get(card.product_id, 0)), self.limits)
            found += [proposal] if proposal else []
        return found
