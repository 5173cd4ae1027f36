"""Sales stops: closing and reopening the sale of a product, and what orders for closed goods come to (R46)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.shops import Shops
from kernel.actor import Actor
from kernel.deadline import Deadline

from procurement.application.carding import Carding
from procurement.domain import sale as selling
from procurement.domain.sale import Reason, Sale

Sales = Handler[selling.Command, Sale, selling.Change]


@dataclass(frozen=True, slots=True)
class ClosedGoods:
    """Which goods are not on sale. An order placed within `grace` after a sale was closed is still supplied: the
    customer had them in his basket, and the site hears of it a moment later.
    """

    sales: Listing[Sale]
    grace: timedelta

    async def closed(self, product_ids: Collection[str]) -> frozenset[str]:
        """Those not on sale now."""
        return frozenset(sale.product_id for sale in await self._known(product_ids) if sale.closure)

    async def closed_for(self, product_ids: Collection[str], placed_at: datetime | None) -> frozenset[str]:
        """Those that an order placed then is not supplied with; what was ordered in time is (R24, R46)."""
        if placed_at is None:
            return frozenset()
        at = placed_at - self.grace
        return frozenset(sale.product_id for sale in await self._known(product_ids) if sale.is_closed_for(at))

    async def _known(self, product_ids: Collection[str]) -> list[Sale]:
        if not product_ids:
            return []
        return [held.state for held in await self.sales.load_many(sorted(product_ids)) if held.state]


@dataclass(frozen=True, slots=True)
class Stopping:
    """Closes and reopens sales."""

    sales: Sales
    cards: Carding
    shops: Shops

    async def close(
        self, product_id: str, reason: Reason, reopens_on: date, actor: Actor, occasion: Occasion
    ) -> Outcome[Sale]:
        """Sell it no more until that day begins; raise `UnknownProduct` where nobody offers it."""
        if (await self.sales.store.load(product_id)).state is None:
            await self.cards.card(product_id, occasion.at)
        begins = (await self.shops.of()).begins(reopens_on)
        command = selling.CloseSale(product_id, reason, reopens_on, begins, actor, occasion.at)
        return await self.sales(command, occasion)

    async def reopen(self, product_id: str, actor: Actor, occasion: Occasion) -> Outcome[Sale]:
        """Sell it again before its day; what was never closed stays so."""
        if (await self.sales.store.load(product_id)).state is None:
            await self.cards.card(product_id, occasion.at)
        return await self.sales(selling.ReopenSale(product_id, actor, occasion.at), occasion)

    async def pass_deadline(self, product_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """The day has come."""
        passed = selling.SaleDeadlinePassed(product_id, occasion.actor.id, occasion.at)
        await self.sales.fire(deadline, passed, occasion)
