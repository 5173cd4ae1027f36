"""A carrier's labels and waybills, PDF, for those who ship."""

from typing import Annotated, Any

from chassis.http.asking import asked_by
from chassis.http.problems import refusals
from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES

from logistics.application.carrier_port import NoPrintForm, PrintForm, PrintFormInTheMaking
from logistics.domain.shipment_refusals import NoSuchPrintForm, UnknownShipment
from logistics.entrypoints.http_shipments import ShipmentId, found_shipment
from logistics.entrypoints.wired import ShipmentsKept, Ships

router = APIRouter(prefix="/shipments", tags=["shipments"])
Shipper = Annotated[Actor, Depends(asked_by(*sorted(DUTIES[Action.SHIP].roles)))]
"""Who ships; on a label stand the recipient's name and address."""
PDF = "application/pdf"
AGAIN_IN = {"Retry-After": "3"}
MADE: dict[int | str, dict[str, Any]] = {
    200: {"content": {PDF: {}}},
    202: {"description": "The carrier still makes it; ask again after `Retry-After`."},
}


@router.get(
    "/{shipment_id}/label",
    responses={**refusals(UnknownShipment, NoSuchPrintForm), **MADE},
    response_class=Response,
)
async def read_label(
    shipment_id: ShipmentId,
    actor: Shipper,
    shipments: ShipmentsKept,
    shipping: Ships,
    form: Annotated[PrintForm, Query()] = PrintForm.LABEL,
) -> Response:
    """The carrier's own label for the parcel, or his waybill."""
    del actor
    _, parcel = await found_shipment(shipments, shipment_id)
    if parcel.carrier_ref is None:
        raise NoSuchPrintForm("The carrier gave it no number, so there is no label of his.")
    try:
        pages = await shipping.port(parcel.promised.carrier_id).print_form(parcel.carrier_ref, form)
    except PrintFormInTheMaking:
        return Response(status_code=202, headers=AGAIN_IN)
    except NoPrintForm as none:
        raise NoSuchPrintForm("The carrier has no label for it.") from none
    return StreamingResponse(pages, media_type=PDF)
