"""Settings of purchases and sourcings."""

from datetime import timedelta

from chassis.http.fields import GREATEST
from chassis.settings import ServiceSettings
from kernel.money import Money
from pydantic import Field

from procurement.domain.tender import Weighing


class PurchaseSettings(ServiceSettings):
    """What procurement is told of buying."""

    purchase_approval: int | None = Field(
        default=100_000_00,
        ge=0,
        le=GREATEST,
        description="A purchase that costs more, in kopecks, needs a second person; none: no purchase does.",
    )
    purchase_day_limit: int | None = Field(
        default=None,
        ge=0,
        le=GREATEST,
        description="What may be spent on purchases of one day, in kopecks, fees included; none: no limit.",
    )
    cut_off_reminder: float = Field(
        default=60.0,
        ge=0,
        le=24 * 60,
        description="Minutes before a supplier's cut-off that his owner is reminded.",
    )
    sourcing_seconds: float = Field(
        default=10.0,
        gt=0,
        le=600,
        description="Seconds that sourcing many orders at once may be thought about.",
    )
    sourcing_day: int = Field(
        default=1, ge=0, le=100, description="What a working day of waiting costs, in % of a piece's price."
    )
    sourcing_uncounted: int = Field(
        default=2, ge=0, le=100, description="How many working days of waiting an uncounted stock is worth."
    )
    sourcing_unreliable: int = Field(
        default=20,
        ge=0,
        le=1000,
        description="What a supplier whom nobody can rely on costs more, in % of a piece's price; others in proportion.",
    )
    sourcing_shelf: int = Field(
        default=25,
        ge=0,
        le=100,
        description="What a piece bought only to reach a minimum costs us on our own shelf, in % of its price.",
    )
    sourcing_top_up: int = Field(
        default=20,
        ge=0,
        le=10_000,
        description="Most pieces of an offer bought only to reach a minimum; 0: none.",
    )

    @property
    def approve_above(self) -> Money | None:
        return None if self.purchase_approval is None else Money(self.purchase_approval)

    @property
    def remind_before(self) -> timedelta:
        return timedelta(minutes=self.cut_off_reminder)

    @property
    def weighing(self) -> Weighing:
        return Weighing(
            self.sourcing_day,
            self.sourcing_uncounted,
            self.sourcing_unreliable,
            self.sourcing_shelf,
            self.sourcing_top_up,
        )
