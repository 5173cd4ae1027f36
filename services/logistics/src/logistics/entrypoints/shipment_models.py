"""Shipments as asked for and answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from logistics.application.announcing_shipments import told
from logistics.domain.failing import Source
from logistics.domain.shipment import Parcel, Report, Shipping
from logistics.domain.shipment_decider import STAGES
from logistics.domain.shipping_out import missing
from logistics.entrypoints.values import Moment, MoneyIO, amount


class What(StrEnum):
    """What was seen."""

    DISPATCHED = "dispatched"
    OUT_FOR_DELIVERY = "out_for_delivery"
    ATTEMPT_FAILED = "attempt_failed"
    DELIVERED = "delivered"
    FAILED = "failed"
    RETURNED = "returned"


Reason = Literal[
    "wrong_address",
    "no_contact",
    "refusal",
    "refused_quality",
    "damage",
    "loss",
    "delay",
    "no_pickup",
    "other",
]


class KeptIn(BaseModel):
    line_no: Annotated[int, Field(ge=1, le=10_000)]
    quantity: Annotated[int, Field(ge=0, le=1_000_000)]


class ReportIn(BaseModel):
    """A person's report. A failed attempt or delivery names its reason; delivered in part names what was kept, by line."""

    what: What
    at: Moment | None = Field(None, description="When it was; left out: now.")
    reason: Reason | None = None
    source: Source | None = Field(None, description="Whose doing; left out: by the reason (R50).")
    kept: Annotated[list[KeptIn], Field(max_length=200)] | None = Field(
        None, description="Left out: all of it."
    )
    short: Annotated[list[KeptIn], Field(max_length=200)] = Field(
        default=[], description="Pieces that were sent and not there: opens an incident."
    )
    damaged: Annotated[list[KeptIn], Field(max_length=200)] = Field(
        default=[], description="Pieces found damaged: opens an incident."
    )
    collected: MoneyIO | None = Field(None, description="Money taken at the door.")


class SeenOut(BaseModel):
    stage: str
    at: datetime
    by: str
    code: str | None = Field(description="The carrier's own word.")
    reason: str | None
    source: str | None
    collected: MoneyIO | None


class ParcelLineOut(BaseModel):
    line_no: int
    product_id: str
    quantity: int
    delivered: int


class ShipmentOut(BaseModel):
    shipment_id: str
    order_id: str
    carrier_id: str
    terms_version: int
    mode: str
    stage: str
    lines: list[ParcelLineOut]
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    point_id: str | None
    carrier_ref: str | None
    attempt: int
    pick_up_on: date | None = Field(description="The pick-up it is to leave by.")
    waits_for: str | None = Field(description="Why it may not be shipped yet.")
    refused: str | None = Field(description="Why the carrier did not take it.")
    carrier_owes: str | None = Field(description="What the carrier was told and has not confirmed.")
    missed_at: datetime | None
    reports: list[SeenOut]


ShipmentIdText = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}\.[0-9]{1,4}$")
]


def _pieces(lines: list[KeptIn]) -> tuple[tuple[int, int], ...]:
    return tuple((each.line_no, each.quantity) for each in lines)


def report_of(body: ReportIn, at: datetime, by: str, mode_source: Source | None) -> Report:
    """The report of this person."""
    when = body.at or at
    return Report(
        key=f"{body.what.value}@{when.isoformat()}",
        stage=STAGES[body.what.value],
        at=when,
        by=by,
        reason=body.reason,
        source=(body.source or mode_source) if body.reason else None,
        kept=None if body.kept is None else _pieces(body.kept),
        short=_pieces(body.short),
        damaged=_pieces(body.damaged),
        collected=body.collected.money() if body.collected else None,
    )


def shipment_out(shipping: Shipping, parcel: Parcel) -> ShipmentOut:
    """A shipment as answered."""
    seen = told(shipping, parcel.shipment_id)
    return ShipmentOut(
        **seen.model_dump(exclude={"lines", "shop_id", "customer_id"}),
        lines=[ParcelLineOut(**each.model_dump()) for each in seen.lines],
        pick_up_on=parcel.plan.pick_up_on,
        waits_for=missing(shipping.known) if parcel.registered_at is None else None,
        refused=parcel.refused,
        carrier_owes=parcel.owes.value if parcel.owes else None,
        missed_at=parcel.missed_at,
        reports=[
            SeenOut(
                stage=each.stage.value,
                at=each.at,
                by=each.by,
                code=each.code,
                reason=each.reason,
                source=each.source,
                collected=amount(each.collected) if each.collected else None,
            )
            for each in parcel.reports
        ],
    )
