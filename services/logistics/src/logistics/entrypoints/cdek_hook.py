"""What CDEK notifies: unsigned, once, twice, in any order or never, and by anybody who knows the address.

So nothing in it is believed but that it may be worth asking CDEK about one shipment. It is answered as soon as that is
written down; CDEK waits 15 seconds and never repeats.
"""

import hmac
from http import HTTPStatus
from typing import Annotated, Any

from chassis.handling import Occasion
from chassis.http.asking import Now
from chassis.http.problems import declared
from chassis.listing import Query
from chassis.metrics import meter
from fastapi import APIRouter, Path, Request, Response
from kernel.actor import service
from pydantic import BaseModel, Field, StringConstraints
from starlette.exceptions import HTTPException
from uuid_utils.compat import uuid7

from logistics.application.carrier_tracking import CarrierTracking
from logistics.entrypoints.wired import ShipmentsKept, reached

router = APIRouter(prefix="/webhooks/cdek", tags=["webhooks"])
Secret = Annotated[str, Path(max_length=200)]
Tracks = Annotated[CarrierTracking, reached("tracking")]
HEARD = meter.create_counter(
    "opblok.carriers.hooks", description="Notifications of carriers, by what came of them."
)

Number = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class Related(BaseModel):
    """Another order of CDEK's that this one belongs to."""

    type: str | None = Field(None, max_length=64)
    cdek_number: Number | int | None = None


class Attributes(BaseModel):
    """As far as they say which shipment it is about. `number` is our shipment id."""

    number: Number | int | None = None
    cdek_number: Number | int | None = None
    related_entities: list[Related] | None = Field(None, max_length=50)


class Notified(BaseModel):
    """A notification of any type."""

    type: str = Field(max_length=64)
    attributes: Attributes


@router.post("/{secret}", response_class=Response, responses=declared(404))
async def hear_cdek(  # noqa: PLR0917 - what it needs of the service
    secret: Secret, told: Notified, request: Request, at: Now, shipments: ShipmentsKept, tracking: Tracks
) -> Response:
    """A notification of CDEK; what it says is asked back."""
    ours: str | None = request.app.state.cdek_secret
    if ours is None or not hmac.compare_digest(secret.encode(), ours.encode()):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    why = Occasion(f"cdek:{uuid7()}", at, service("cdek"))
    known = False
    for shipment_id in await _meant(told.attributes, shipments):
        known = await tracking.hint(shipment_id, request.app.state.cdek_carrier, why) or known
    HEARD.add(1, {"carrier": "cdek", "known": str(known).lower()})
    return Response(status_code=HTTPStatus.OK)


async def _meant(attributes: Attributes, shipments: ShipmentsKept) -> list[str]:
    """Shipments that it may be about: by our number, by CDEK's, or by that of the order that comes back."""
    if attributes.number is not None:
        return [str(attributes.number)]
    named = [attributes.cdek_number, *(each.cdek_number for each in attributes.related_entities or ())]
    refs = [str(each) for each in named if each is not None]
    found = await shipments.page(Query(equal={"refs": refs}), 10) if refs else None
    states: list[Any] = [each.state for each in found.items if each.state] if found else []
    return [parcel.shipment_id for each in states for parcel in each.parcels if parcel.carrier_ref in refs]
