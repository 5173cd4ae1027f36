"""Incidents as asked for."""

from typing import Annotated, Self

from chassis.http.fields import Count, Id, Words
from kernel.money import Money
from kernel.window import Window
from pydantic import BaseModel, Field, StringConstraints, model_validator

from logistics.domain.incident import Payer, Sums
from logistics.domain.incident_trouble import Source, Trouble
from logistics.entrypoints.values import Moment, MoneyIO, TimeZone
from logistics.entrypoints.wired import CarrierName

Code = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$"),
    Field(
        description="One word of ours; it is told to others, so no names and no sentences.",
        examples=["no_answer"],
    ),
]
Typed = Annotated[Words, Field(min_length=1)]


class WindowIO(BaseModel):
    """What was promised."""

    starts_at: Moment
    ends_at: Moment
    time_zone: TimeZone

    @model_validator(mode="after")
    def forwards(self) -> Self:
        """A window starts before it ends."""
        if self.ends_at <= self.starts_at:
            raise ValueError("a window starts before it ends")
        return self


class IncidentIn(BaseModel):
    """Trouble, as somebody saw it."""

    kind: Code = Field(description="One of the catalogue's: `GET /playbooks`.")
    source: Source
    happened_at: Moment = Field(description="When it went wrong, so far as known (R52).")
    shop_id: Id
    carrier_id: CarrierName | None = None
    order_id: Id | None = None
    shipment_id: Id | None = None
    attempt: Count = 0
    window: WindowIO | None = None
    at_stake: MoneyIO = Field(default_factory=lambda: MoneyIO(minor=0))
    note: Words | None = Field(None, description="Free words; they lie sealed.")

    def trouble(self) -> Trouble:
        frame = self.window
        return Trouble(
            kind=self.kind,
            source=self.source,
            happened_at=self.happened_at,
            shop_id=self.shop_id,
            carrier_id=self.carrier_id,
            order_id=self.order_id,
            shipment_id=self.shipment_id,
            attempt=self.attempt,
            window=Window(frame.starts_at, frame.ends_at, frame.time_zone) if frame else None,
            at_stake=self.at_stake.money(),
        )


class MoneyIn(BaseModel):
    """`recovered` is at most `lost`, and nothing where we pay ourselves; `penalty`, besides, at most what the carrier's terms say
    (R70): left out, it stays.
    """

    at_stake: MoneyIO
    payer: Payer
    lost: MoneyIO
    recovered: MoneyIO
    penalty: MoneyIO | None = None

    def sums(self) -> Sums:
        penalty = self.penalty.money() if self.penalty else Money(0)
        return Sums(self.at_stake.money(), self.payer, self.lost.money(), self.recovered.money(), penalty)
