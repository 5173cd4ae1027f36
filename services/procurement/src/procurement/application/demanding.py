"""What waits to be bought: parts held at suppliers for orders, the oldest order first, and the goods they are of (R42)."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from chassis.chassis import Listing
from chassis.listing import Query

from procurement.domain.allocation import Allocation
from procurement.domain.allocation_rounds import to_buy
from procurement.domain.earmarks import Line
from procurement.domain.offer import Offer
from procurement.domain.purchase import Claim, Goods, Purchase, Stage
from procurement.domain.purchase_placing import lines_of

PAGE = 200
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Demanding:
    """Looks at the supply of orders."""

    allocations: Listing[Allocation]
    offers: Listing[Offer]

    async def waiting(self, supplier_id: str | None = None) -> list[Allocation]:
        """The supply of orders of which something waits to be bought, at this supplier or at any; oldest order first."""
        found = [each async for each in self._pages(supplier_id)]
        return sorted(found, key=lambda each: (each.placed_at or LONG_AGO, each.order_id))

    async def claims(self, supplier_id: str) -> tuple[Claim, ...]:
        """What orders hold at a supplier that no purchase has taken yet."""
        claims: list[Claim] = []
        for allocation in await self.waiting(supplier_id):
            held: dict[str, int] = {}
            for part in to_buy(allocation):
                if part.supplier_id == supplier_id:
                    held[part.offer_id] = held.get(part.offer_id, 0) + part.quantity
            claims += [Claim(allocation.order_id, offer_id, held[offer_id]) for offer_id in sorted(held)]
        return tuple(claims)

    async def waits(self, supplier_id: str) -> bool:
        """Whether anything waits to be bought from him."""
        return bool((await self.allocations.page(_at(supplier_id), 1)).items)

    async def goods(self, offer_ids: Collection[str]) -> dict[str, Goods]:
        """The offers as a purchase names them, at what they cost now. One that is not there is left out."""
        ids = sorted(set(offer_ids))
        held = await self.offers.load_many(ids) if ids else []
        return {
            each.key: Goods(each.state.terms.product_id, each.state.terms.title, each.state.terms.cost)
            for each in held
            if each.state is not None
        }

    async def lines(self, now: Purchase) -> tuple[Line, ...]:
        """What a purchase is of: a draft, what it would be if it was placed now."""
        if now.stage is not Stage.DRAFT:
            return now.lines
        claims = await self.claims(now.supplier_id)
        goods = await self.goods([*(claim.offer_id for claim in claims), *now.extras])
        return lines_of(claims, now.extras, goods)

    async def _pages(self, supplier_id: str | None) -> AsyncIterator[Allocation]:
        cursor: str | None = None
        while True:
            page = await self.allocations.page(_at(supplier_id), PAGE, cursor)
            for held in page.items:
                if held.state is not None and to_buy(held.state):
                    yield held.state
            if (cursor := page.next) is None:
                return


def _at(supplier_id: str | None) -> Query:
    return Query(equal={"to_buy": supplier_id} if supplier_id else {"buying": True})
