"""A supplier's conditions as asked for and as shown."""

from datetime import datetime, time, timedelta
from typing import Annotated

from chassis.http.fields import Id, Line
from pydantic import BaseModel, Field, StringConstraints, WithJsonSchema

from procurement.domain.supplier import Conditions, Feed
from procurement.entrypoints.models import MoneyIO

SupplierId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[\x21-\x7e]{1,2000}$")]


class FeedIO(BaseModel):
    """Where the catalogue is fetched from, and how often."""

    url: Address
    every_minutes: Annotated[int, Field(ge=5, le=60 * 24 * 31)]


class ConditionsIn(BaseModel):
    """What is agreed with the supplier."""

    title: Line
    owner_id: Id | None = Field(
        None, description="Who answers for this supplier: an active senior buyer, or the shop's owner (R4)."
    )
    lead_days: Annotated[int, Field(ge=0, le=365)] = Field(
        description="Working days until goods are at our warehouse."
    )
    stale_after_hours: Annotated[int, Field(ge=1, le=24 * 3660)] = Field(
        24, description="How old his catalogue may become."
    )
    allocate_when_stale: bool = Field(False, description="Sell from an old catalogue all the same.")
    delivery_fee: MoneyIO | None = Field(None, description="What one delivery to us costs.")
    minimum_order: MoneyIO | None = None
    feed: FeedIO | None = None
    cut_off: time | None = Field(
        None, description="Until when he takes orders for the day, in the shop's time."
    )
    order_alone: bool = Field(False, description="Purchases may be placed without a click (R43).")

    def conditions(self) -> Conditions:
        return Conditions(
            title=self.title,
            owner_id=self.owner_id,
            lead_days=self.lead_days,
            stale_after=timedelta(hours=self.stale_after_hours),
            allocate_when_stale=self.allocate_when_stale,
            delivery_fee=self.delivery_fee and self.delivery_fee.money(),
            minimum_order=self.minimum_order and self.minimum_order.money(),
            feed=self.feed and Feed(self.feed.url, timedelta(minutes=self.feed.every_minutes)),
            cut_off=self.cut_off and self.cut_off.replace(tzinfo=None),
            order_alone=self.order_alone,
        )


class NewSupplierIn(ConditionsIn):
    supplier_id: SupplierId | None = Field(None, description="Derived from the key when left out.")


class SupplierOut(BaseModel):
    supplier_id: str
    title: str
    owner_id: str | None
    lead_days: int
    stale_after_hours: int
    allocate_when_stale: bool
    delivery_fee: MoneyIO | None
    minimum_order: MoneyIO | None
    cut_off: Annotated[time, WithJsonSchema({"type": "string"})] | None = Field(
        description="Local time of the shop, as `18:00:00`; no zone, so it is no `time` of JSON Schema."
    )
    order_alone: bool
    feed: FeedIO | None = Field(description="Told to buyers and the owner alone.")
    next_fetch_at: datetime | None
    as_of: datetime | None = Field(description="As of when his catalogue is.")
    offers: int
    stale: bool
    import_under_way: str | None
