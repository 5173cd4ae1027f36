"""What is not to be sold for now, as procurement told (R46): known here, so that no order needs procurement at run time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from chassis.handling import Held

from orders.application.following import Sale


class Sales(Protocol):
    """Sale stops, by product."""

    async def load_many(self, keys: list[str]) -> list[Held[Sale]]: ...


@dataclass(frozen=True, slots=True)
class Selling:
    """Says which products are closed for sale."""

    sales: Sales

    async def closed(self, product_ids: Iterable[str]) -> frozenset[str]:
        """Those of these that are not to be sold."""
        wanted = sorted(set(product_ids))
        held = await self.sales.load_many(wanted) if wanted else []
        return frozenset(each.state.product_id for each in held if each.state and each.state.closed)
