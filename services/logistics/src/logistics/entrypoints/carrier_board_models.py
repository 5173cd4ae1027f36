"""A carrier's board, as shown to both sides: ids, kinds and moments, no name, no address, no free word (R59)."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel, Field

from logistics.application.showing_carriers import Board
from logistics.domain.incident import Incident
from logistics.domain.pick_up import PickUp
from logistics.domain.shipment import Shipping


class BoardPickUpOut(BaseModel):
    """`due_at`: asked for by then, or handed over by then."""

    pickup_id: str
    day: date
    stage: str
    starts_at: datetime
    ends_at: datetime
    due_at: datetime | None


class BoardShipmentOut(BaseModel):
    """`late`: the promised window is over."""

    shipment_id: str
    carrier_ref: str | None
    stage: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    point_id: str | None
    late: bool


class BoardIncidentOut(BaseModel):
    """`reply_due`: by then we hoped for an answer to what we asked."""

    incident_id: str
    kind: str
    source: str
    shipment_id: str | None
    opened_at: datetime
    due_at: datetime
    asked_at: datetime | None
    reply_due: datetime | None
    answered: bool


class BoardOut(BaseModel):
    """As it is now; at most 200 lines of each. Figures are of this month up to today, `penalties` in minor units."""

    carrier_id: str
    at: datetime
    pick_ups: list[BoardPickUpOut]
    shipments: list[BoardShipmentOut]
    incidents: list[BoardIncidentOut]
    by_stage: Mapping[str, int] = Field(description="Open shipments by how far they are.")
    on_time_share: float | None
    breaches: int
    losses: int
    damages: int
    complaint_share: float | None
    penalties: int
    favours_given: int
    favours_received: int
    under_review: bool


def board_out(carrier_id: str, board: Board, at: datetime) -> BoardOut:
    """The board at that moment."""
    card, relation = board.card, board.relation
    return BoardOut(
        carrier_id=carrier_id,
        at=at,
        pick_ups=[_pick_up(each) for each in board.pick_ups],
        shipments=[line for each in board.shipments for line in _shipment(each, at)],
        incidents=[_incident(each) for each in board.incidents],
        by_stage=board.by_stage,
        on_time_share=card.on_time_share,
        breaches=card.breaches,
        losses=card.losses,
        damages=card.damages,
        complaint_share=card.complaint_share,
        penalties=card.penalties,
        favours_given=relation.favours_given,
        favours_received=relation.favours_received,
        under_review=relation.review is not None,
    )


def _pick_up(it: PickUp) -> BoardPickUpOut:
    return BoardPickUpOut(
        pickup_id=it.pickup_id,
        day=it.agreed.on,
        stage=it.stage.value,
        starts_at=it.interval.starts_at,
        ends_at=it.interval.ends_at,
        due_at=it.due_at,
    )


def _shipment(shipping: Shipping, at: datetime) -> list[BoardShipmentOut]:
    parcel = shipping.current
    if parcel is None:
        return []
    promised = parcel.promised
    return [
        BoardShipmentOut(
            shipment_id=parcel.shipment_id,
            carrier_ref=parcel.carrier_ref,
            stage=parcel.stage.value,
            starts_at=promised.starts_at,
            ends_at=promised.ends_at,
            time_zone=promised.time_zone,
            point_id=promised.point_id,
            late=promised.ends_at < at,
        )
    ]


def _incident(it: Incident) -> BoardIncidentOut:
    inquiry = it.inquiry
    return BoardIncidentOut(
        incident_id=it.incident_id,
        kind=it.kind,
        source=it.source.value,
        shipment_id=it.trouble.shipment_id,
        opened_at=it.opened_at,
        due_at=it.due_at,
        asked_at=inquiry.at if inquiry else None,
        reply_due=inquiry.reply_due if inquiry else None,
        answered=inquiry is not None and inquiry.answer is not None,
    )
