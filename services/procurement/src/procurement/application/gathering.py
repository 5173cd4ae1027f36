"""One draft a supplier gathers what waits to be bought from him; each has a day, a cut-off and an owner (R42)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query
from chassis.shops import Shops
from kernel.deadline import Deadline

from procurement.application.allocating import Allocating
from procurement.application.occasions import step
from procurement.domain import purchase_changes as c
from procurement.domain import purchase_commands as asks
from procurement.domain.allocation_clock import BUY
from procurement.domain.allocation_rounds import to_buy
from procurement.domain.purchase import Agreed, BuyingDay, Purchase, Stage
from procurement.domain.purchase_clock import buying_day
from procurement.domain.refusals import UnknownSupplier
from procurement.domain.supplier import Supplier

Purchases = Handler[asks.Command, Purchase, c.Change]
MOST_A_DAY = 200


@dataclass(frozen=True, slots=True)
class Gathering:
    """Opens drafts. `remind_before` is how long before the cut-off the owner is reminded."""

    purchases: Purchases
    kept: Listing[Purchase]
    suppliers: Listing[Supplier]
    shops: Shops
    allocating: Allocating
    remind_before: timedelta

    async def pass_allocation_deadline(self, order_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """What an order got at suppliers comes into their drafts; all else is the allocation's own."""
        if deadline.name == BUY:
            now = (await self.allocating.allocations.store.load(order_id)).state
            for supplier_id in sorted({part.supplier_id for part in to_buy(now)} if now else ()):
                await self.draft(supplier_id, step(occasion, f"draft-{supplier_id}"))
        await self.allocating.pass_deadline(order_id, deadline, occasion)

    async def draft(self, supplier_id: str, occasion: Occasion) -> Purchase:
        """The supplier's draft, opened when there is none. Two that are opened at one moment do no harm: the first that is
        placed takes all, and the other is dropped at its cut-off. Raise `UnknownSupplier`.
        """
        drafts = Query(equal={"supplier_id": supplier_id, "stage": Stage.DRAFT.value})
        for held in (await self.kept.page(drafts, 1)).items:
            if held.state is not None:
                return held.state
        supplier = await self.supplier(supplier_id)
        buying = await self.day(supplier, occasion.at)
        owner_id = await self.owner_of(supplier)
        for number in range(1, MOST_A_DAY):
            opened = asks.OpenPurchase(
                name_of(supplier_id, buying.day, number),
                supplier_id,
                owner_id,
                buying,
                agreed(supplier),
                occasion.at,
            )
            state = (await self.purchases(opened, occasion)).state
            if state is not None and state.stage is Stage.DRAFT:
                return state
        raise AssertionError(f"{MOST_A_DAY} purchases of one supplier on one day")

    async def owner_of(self, supplier: Supplier) -> str:
        """Who answers for the supplier: his owner, else the shop's (R45)."""
        return supplier.conditions.owner_id or (await self.shops.of()).owner_id

    async def day(self, supplier: Supplier, at: datetime) -> BuyingDay:
        """The day for which it can still be ordered from him."""
        calendar = (await self.shops.of()).calendar
        return buying_day(at, supplier.conditions.cut_off, calendar, self.remind_before)

    async def supplier(self, supplier_id: str) -> Supplier:
        """The supplier; raise `UnknownSupplier`."""
        state = (await self.suppliers.load(supplier_id)).state
        if state is None:
            raise UnknownSupplier(f"There is no supplier {supplier_id}.")
        return state


def agreed(supplier: Supplier) -> Agreed:
    """What a purchase needs to know of the conditions."""
    conditions = supplier.conditions
    return Agreed(
        conditions.lead_days, conditions.delivery_fee, conditions.minimum_order, conditions.order_alone
    )


def name_of(supplier_id: str, day: date, number: int) -> str:
    """A purchase's id, which people say aloud: the supplier, the day, and which one of that day."""
    return f"{supplier_id}-{day.isoformat()}-{number}"
