"""Claims on goods, counted by product when somebody asks: what an order holds is known best at that moment (R46).

Nothing is written down of the count, so a claim that is heard before its order, or before the order's last change, counts
right as soon as both are known.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.chassis import Listing
from chassis.listing import Query

from procurement.domain.allocation import Allocation
from procurement.domain.complaint import Complaint, claims_by_product

PAGE = 200
MOST = 10_000
"""Claims looked at, the newest first: more in the time looked back on say nothing new."""


@dataclass(frozen=True, slots=True)
class Complaining:
    """Counts the claims of the last `back`."""

    complaints: Listing[Complaint]
    allocations: Listing[Allocation]
    back: timedelta

    async def by_product(self, at: datetime) -> Mapping[str, int]:
        """Products with claims, and how many."""
        counted, after = Counter[str](), None
        recent = Query({"counts": True}, at_least={"since": at - self.back}, order="since", descending=True)
        for _ in range(MOST // PAGE):
            page = await self.complaints.page(recent, PAGE, after)
            heard = [held.state for held in page.items if held.state]
            counted.update(claims_by_product(heard, await self._orders(heard)))
            if (after := page.next) is None:
                break
        return counted

    async def _orders(self, heard: list[Complaint]) -> Mapping[str, Allocation]:
        keys = sorted({each.order_id for each in heard})
        found = await self.allocations.load_many(keys) if keys else []
        return {held.key: held.state for held in found if held.state}
