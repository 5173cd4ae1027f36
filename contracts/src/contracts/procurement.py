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
