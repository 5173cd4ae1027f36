"""Facts published by the procurement service."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, Value, published
from contracts.values import Code, Count, Id, LineNo, MoneyV1, Quantity


@published
class StockChangedV1(Fact):
    """An offer's free stock or price is different now. `unknown` means: available, but nobody counted (R22)."""

    topic: ClassVar[str] = "stock.changed"
    type: ClassVar[str] = "stock.changed.v1"
    offer_id: Id
    product_id: Id
    supplier_id: Id
    title: str
    availability: Literal["counted", "unknown", "none"] | Code
    quantity: Count | None = None
    price: MoneyV1
    as_of: AwareDatetime

    def subject(self) -> str:
        return self.offer_id


@published
class StockStaleV1(Fact):
    """A supplier's stock is older than it may be; its goods are to be confirmed before they are promised (R22)."""

    topic: ClassVar[str] = "stock.stale"
    type: ClassVar[str] = "stock.stale.v1"
    supplier_id: Id
    as_of: AwareDatetime
    offers: Count

    def subject(self) -> str:
        return self.supplier_id


class SupplyPartV1(Value):
    """A piece of a line, and the offer it is held at."""

    offer_id: Id
    supplier_id: Id
    quantity: Quantity


class SupplyLineV1(Value):
    line_no: LineNo
    product_id: Id
    wanted: Quantity
    parts: tuple[SupplyPartV1, ...] = ()
    missing: Count = 0
    reason: Code | None = None


class SupplyFact(Fact):
    """`expected_on` is the day by which all of it can be at our warehouse, in the shop's time zone."""

    order_id: Id
    lines: tuple[SupplyLineV1, ...]
    expected_on: date | None = None

    def subject(self) -> str:
        return f"supply:{self.order_id}"

    def story(self) -> str:
        return self.order_id


@published
class SupplyAllocatedV1(SupplyFact):
    """Every line of the order is held at an offer (R28, R41)."""

    topic: ClassVar[str] = "supply.allocated"
    type: ClassVar[str] = "supply.allocated.v1"


@published
class SupplyShortV1(SupplyFact):
    """Part of the order is not to be had; nothing is held for it any more (R24)."""

    topic: ClassVar[str] = "supply.short"
    type: ClassVar[str] = "supply.short.v1"


@published
class SupplyReleasedV1(SupplyFact):
    """What was held for the order is free again."""

    topic: ClassVar[str] = "supply.released"
    type: ClassVar[str] = "supply.released.v1"
    reason: Code


class PurchaseLineV1(Value):
    """What is ordered from a supplier: one offer of his, for these orders of ours (none: for our own stock).

    `received` counts what came and was good, `wrong` what came and was not what we ordered, or spoiled.
    """

    offer_id: Id
    product_id: Id
    quantity: Quantity
    unit_cost: MoneyV1
    order_ids: tuple[Id, ...] = ()
    received: Count = 0
    wrong: Count = 0


class PurchaseFact(Fact):
    """An order of ours to one supplier for one day (R42). `expected_on` is a day of the shop's time zone."""

    purchase_id: Id
    supplier_id: Id
    lines: tuple[PurchaseLineV1, ...]
    total: MoneyV1
    expected_on: date | None = None

    def subject(self) -> str:
        return self.purchase_id


@published
class PurchaseOrderedV1(PurchaseFact):
    """The purchase order went to the supplier."""

    topic: ClassVar[str] = "purchase.ordered"
    type: ClassVar[str] = "purchase.ordered.v1"
    by: Id


@published
class PurchaseReceivedV1(PurchaseFact):
    """A delivery of the purchase order came in, whole, in part, over or wrong. `complete`: nothing more is awaited."""

    topic: ClassVar[str] = "purchase.received"
    type: ClassVar[str] = "purchase.received.v1"
    by: Id
    complete: bool


class SaleFact(Fact):
    """Whether a product may be sold; newest told holds."""

    product_id: Id
    by: Id

    def subject(self) -> str:
        return self.product_id


@published
class ItemSaleClosedV1(SaleFact):
    """The product is not to be sold for now: take it off the site (R46). `reopens_on`: until then, a day of the shop."""

    topic: ClassVar[str] = "item.sale_closed"
    type: ClassVar[str] = "item.sale_closed.v1"
    reason: Literal["low_margin", "few_left", "hard_to_procure", "many_claims", "by_hand"] | Code
    reopens_on: date | None = None


@published
class ItemSaleReopenedV1(SaleFact):
    """The product may be sold again (R46)."""

    topic: ClassVar[str] = "item.sale_reopened"
    type: ClassVar[str] = "item.sale_reopened.v1"
