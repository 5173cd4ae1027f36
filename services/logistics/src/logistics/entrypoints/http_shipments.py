"""Shipments over HTTP: what is on its way, and what people do about it (R31, R50, R60)."""

from datetime import date
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Path, Query
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain import shipment_commands as k
from logistics.domain.failing import source_of
from logistics.domain.shipment import Parcel, Shipping, order_of
from logistics.domain.shipment_refusals import (
    NotHisCarrier,
    NotReadyToShip,
    NotRegistered,
    ReportMakesNoSense,
    ShipmentIsOver,
    UnknownShipment,
)
from logistics.domain.shipment_stage import ShipmentStage
from logistics.entrypoints.shipment_models import (
    ReportIn,
    ShipmentIdText,
    ShipmentOut,
    What,
    report_of,
    shipment_out,
)
from logistics.entrypoints.wired import CarrierName, Reader, ShipmentsKept, Ships

router = APIRouter(prefix="/shipments", tags=["shipments"])

ShipmentId = Annotated[ShipmentIdText, Path()]


class WantedShipments(BaseModel):
    """Which shipments are looked for."""

    stage: ShipmentStage | None = None
    carrier_id: CarrierName | None = None
    day: date | None = Field(None, description="Of the promised window, in the delivery city.")
    order_id: Id | None = None


@router.get("")
async def list_shipments(
    actor: Reader,
    shipments: ShipmentsKept,
    page: Paging,
    wanted: Annotated[WantedShipments, Query()],
) -> PageOut[ShipmentOut]:
    """Current shipments, the one whose window ends first before the others; of an order all there were."""
    del actor
    if wanted.order_id is not None:
        shipping = (await shipments.load(wanted.order_id)).state
        return PageOut(items=[shipment_out(shipping, each) for each in shipping.parcels] if shipping else [])
    equal = wanted.model_dump(mode="json", exclude_none=True)
    found = await shipments.page(Wanted(equal=equal, order="ends_at"), page.limit, page.cursor)
    current = ((each.state, each.state.current) for each in found.items if each.state)
    return PageOut(
        items=[shipment_out(shipping, parcel) for shipping, parcel in current if parcel], next=found.next
    )


@router.get("/{shipment_id}", responses=refusals(UnknownShipment))
async def read_shipment(shipment_id: ShipmentId, actor: Reader, shipments: ShipmentsKept) -> ShipmentOut:
    """One shipment."""
    del actor
    return shipment_out(*await found_shipment(shipments, shipment_id))


@router.get("/{shipment_id}/timeline", responses=refusals(UnknownShipment))
async def read_timeline(shipment_id: ShipmentId, actor: Reader, shipments: ShipmentsKept) -> TimelineOut:
    """What happened to the shipments of its order: they are kept together."""
    del actor
    await found_shipment(shipments, shipment_id)
    return timeline(order_of(shipment_id), await shipments.history(order_of(shipment_id)))


@router.post(
    "/{shipment_id}/registration",
    responses=refusals(UnknownShipment, NotReadyToShip, ShipmentIsOver, NotYourDuty),
)
async def register(shipment_id: ShipmentId, asked: Asking, shipping: Ships) -> ReceiptOut:
    """Register it with its carrier: when its goods are there and it is paid for as its order wants it."""
    order_id = order_of(shipment_id)
    command = k.RegisterShipment(order_id, shipment_id, asked.actor, asked.at)
    return receipt(await shipping.ask(command, asked.occasion(story=order_id)))


@router.post(
    "/{shipment_id}/dispatch",
    responses=refusals(UnknownShipment, NotReadyToShip, NotRegistered, ShipmentIsOver, NotYourDuty),
)
async def dispatch(shipment_id: ShipmentId, asked: Asking, shipping: Ships) -> ReceiptOut:
    """Hand it to the carrier."""
    order_id = order_of(shipment_id)
    command = k.DispatchShipment(order_id, shipment_id, asked.actor, asked.at)
    return receipt(await shipping.ask(command, asked.occasion(story=order_id)))


@router.post("/{shipment_id}/recall", responses=refusals(UnknownShipment, ShipmentIsOver, NotYourDuty))
async def recall(shipment_id: ShipmentId, asked: Asking, shipping: Ships) -> ReceiptOut:
    """Take it back, wherever it is."""
    order_id = order_of(shipment_id)
    command = k.RecallShipment(order_id, shipment_id, asked.actor, asked.at)
    return receipt(await shipping.ask(command, asked.occasion(story=order_id)))


@router.post(
    "/{shipment_id}/reports",
    responses=refusals(
        UnknownShipment,
        NotRegistered,
        ReportMakesNoSense,
        ShipmentIsOver,
        NotHisCarrier,
        NotYourDuty,
        NotReadyToShip,
    ),
)
async def report(
    shipment_id: ShipmentId, body: ReportIn, asked: Asking, shipments: ShipmentsKept, shipping: Ships
) -> ReceiptOut:
    """What somebody saw. `dispatched` is the same as handing it to the carrier."""
    order_id = order_of(shipment_id)
    occasion = asked.occasion(body, story=order_id)
    if body.what is What.DISPATCHED:
        command = k.DispatchShipment(order_id, shipment_id, asked.actor, asked.at)
        return receipt(await shipping.ask(command, occasion))
    if body.what in {What.ATTEMPT_FAILED, What.FAILED} and body.reason is None:
        raise ReportMakesNoSense("What failed has a reason.")
    _, parcel = await found_shipment(shipments, shipment_id)
    usual = source_of(body.reason, parcel.plan.mode) if body.reason else None
    seen = report_of(body, asked.at, asked.actor.id, usual)
    return receipt(await shipping.report(order_id, shipment_id, seen, occasion))


async def found_shipment(shipments: ShipmentsKept, shipment_id: str) -> tuple[Shipping, Parcel]:
    """The shipment with the others of its order; raise `UnknownShipment`."""
    shipping = (await shipments.load(order_of(shipment_id))).state
    parcel = shipping.parcel(shipment_id) if shipping else None
    if shipping is None or parcel is None:
        raise UnknownShipment("There is no such shipment.")
    return shipping, parcel
