"""Pick-ups as asked for and answered."""

from datetime import date, datetime
from typing import Annotated

from chassis.http.fields import Id
from pydantic import BaseModel, Field, StringConstraints

from logistics.application.scanning import Scanned
from logistics.domain.moments import local
from logistics.domain.pick_up import AgreedPickUp, Handed, Interval, PickUp, PickUpStage, TurnedAway
from logistics.domain.shipment import Shipping
from logistics.entrypoints.values import Clock, OnDay, clock_out
from logistics.entrypoints.wired import CarrierName

PickUpIdText = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}\.[0-9]{4}-[0-9]{2}-[0-9]{2}$")
]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class PickUpIn(BaseModel):
    """Ask the carrier to come; without hours: in those that are agreed. Clocks of our warehouse."""

    carrier_id: CarrierName
    day: OnDay
    begins: Clock | None = Field(None, alias="from")
    ends: Clock | None = Field(None, alias="to")


class HandOverIn(BaseModel):
    """What was scanned, or ticked on the list: our shipment ids or the carrier's numbers."""

    codes: Annotated[list[Id], Field(min_length=1, max_length=500)]


class CancellationIn(BaseModel):
    reason: Word


class HandedOut(BaseModel):
    shipment_id: str
    by: str
    at: datetime


class TurnedAwayOut(BaseModel):
    shipment_id: str = Field(description="Or the code as it was read, when nobody knows it.")
    why: str


class AgreedOut(BaseModel):
    """A pick-up that can still be asked for."""

    pickup_id: str
    carrier_id: str
    day: date
    time_zone: str
    begins: Clock = Field(serialization_alias="from")
    ends: Clock = Field(serialization_alias="to")
    cut_off_at: datetime = Field(description="Until then it can be asked for.")


class PickUpOut(AgreedOut):
    stage: PickUpStage
    responsible_id: str
    starts_at: datetime
    ends_at: datetime
    due_at: datetime | None = Field(
        description="Asked for by then, once it is: handed over by then. Null: over."
    )
    narrow: bool = Field(description="Less than the agreed hours: the wider, the surer the courier (R62).")
    requested_by: str | None
    requested_at: datetime | None
    handed: int
    left: int = Field(description="Shipments that were still here when it was missed.")
    reminded_at: datetime | None
    missed_at: datetime | None
    next_on: date | None = Field(description="The next possible day, when this one is over.")


class WaitingOut(BaseModel):
    shipment_id: str
    stage: str
    registered: bool = Field(description="What is not has to be, before it can be handed over.")


class PickUpWholeOut(PickUpOut):
    handed_over: list[HandedOut]
    turned_away: list[TurnedAwayOut]
    waiting: list[WaitingOut] = Field(description="What may go and is still here; the list to tick.")


class HandOverOut(BaseModel):
    """What came of each code; the same again answers the same."""

    pickup_id: str
    stage: PickUpStage
    handed_over: list[HandedOut]
    turned_away: list[TurnedAwayOut]


def agreed_out(agreed: AgreedPickUp) -> AgreedOut:
    """What is agreed of a pick-up, as answered."""
    return AgreedOut.model_validate(_agreed(agreed, agreed.hours))


def _agreed(agreed: AgreedPickUp, interval: Interval) -> dict[str, object]:
    begins, ends = (
        clock_out(local(each, agreed.time_zone).time()) for each in (interval.starts_at, interval.ends_at)
    )
    return {
        "pickup_id": agreed.pickup_id,
        "carrier_id": agreed.carrier_id,
        "day": agreed.on,
        "time_zone": agreed.time_zone,
        "begins": begins,
        "ends": ends,
        "cut_off_at": agreed.cut_off_at,
    }


def _shown(it: PickUp) -> dict[str, object]:
    return {
        **_agreed(it.agreed, it.interval),
        "stage": it.stage,
        "responsible_id": it.agreed.responsible_id,
        "starts_at": it.interval.starts_at,
        "ends_at": it.interval.ends_at,
        "due_at": it.due_at,
        "narrow": it.narrow,
        "requested_by": it.requested_by,
        "requested_at": it.requested_at,
        "handed": len(it.handed),
        "left": it.left,
        "reminded_at": it.reminded_at,
        "missed_at": it.missed_at,
        "next_on": it.next_on,
    }


def pick_up_out(it: PickUp) -> PickUpOut:
    """A pick-up as answered."""
    return PickUpOut.model_validate(_shown(it))


def whole_out(it: PickUp, waiting: list[Shipping]) -> PickUpWholeOut:
    """With its shipments."""
    parcels = [each.current for each in waiting]
    more = {
        "handed_over": [handed_out(each) for each in it.handed],
        "turned_away": [away_out(each) for each in it.turned_away],
        "waiting": [
            WaitingOut(
                shipment_id=each.shipment_id,
                stage=each.stage.value,
                registered=each.registered_at is not None,
            )
            for each in parcels
            if each
        ],
    }
    return PickUpWholeOut.model_validate({**_shown(it), **more})


def came_of(it: PickUp, came: Scanned) -> HandOverOut:
    """What came of these codes."""
    return HandOverOut(
        pickup_id=it.pickup_id,
        stage=it.stage,
        handed_over=[handed_out(each) for each in it.handed if each.shipment_id in came.shipment_ids],
        turned_away=[
            away_out(each)
            for each in (*it.turned_away, *came.others)
            if each in came.others or each.shipment_id in came.shipment_ids
        ],
    )


def handed_out(each: Handed) -> HandedOut:
    """Who gave it to the carrier, and when."""
    return HandedOut(shipment_id=each.shipment_id, by=each.by, at=each.at)


def away_out(each: TurnedAway) -> TurnedAwayOut:
    """Why it stays."""
    return TurnedAwayOut(shipment_id=each.shipment_id, why=each.why)
