"""What the routes reach of the composed service, and who may ask."""

from typing import Annotated, Any

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from fastapi import Depends, Path, Request
from kernel.actor import Actor, Role
from pydantic import Field, StringConstraints

from logistics.application.agreeing import Agreeing
from logistics.application.approving import Approving
from logistics.application.picking_up import PickingUp
from logistics.application.promising import Promising
from logistics.application.reserving import Reserving
from logistics.application.shipping import ShippingOut
from logistics.application.standing import Standing
from logistics.domain.carrier import Carrier
from logistics.domain.day import Day
from logistics.domain.pick_up import PickUp
from logistics.domain.reservation import Reserved
from logistics.domain.shipment import Shipping


def reached(name: str) -> Any:
    """A dependency: the wired thing of this name."""

    async def reach(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(reach)


OUTSIDE = frozenset({Role.PARTNER, Role.LAWYER})
STAFF = tuple(sorted(set(Role) - OUTSIDE - {Role.SITE, Role.CALL_CENTRE_AGENT}))
ASKERS = tuple(sorted(set(Role) - OUTSIDE))
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
Asker = Annotated[Actor, Depends(asked_by(*ASKERS))]
"""Who may ask what can be promised: the site too, and agents who take orders."""

CARRIER_ID = r"^[a-z0-9][a-z0-9-]{0,39}$"
CarrierName = Annotated[str, StringConstraints(pattern=CARRIER_ID)]
CarrierId = Annotated[str, Path(pattern=CARRIER_ID)]
VersionNumber = Annotated[int, Path(ge=1, le=1_000_000)]
ZoneCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Ahead = Annotated[int, Field(ge=0, le=120)]

CarriersKept = Annotated[Listing[Carrier], reached("carriers")]
DaysKept = Annotated[Listing[Day], reached("days")]
ReservationsKept = Annotated[Listing[Reserved], reached("reservations")]
Stands = Annotated[Standing, reached("standing")]
Agrees = Annotated[Agreeing, reached("agreeing")]
Approves = Annotated[Approving, reached("approving")]
Promises = Annotated[Promising, reached("promising")]
Reserves = Annotated[Reserving, reached("reserving")]
ShipmentsKept = Annotated[Listing[Shipping], reached("shipments")]
PickUpsKept = Annotated[Listing[PickUp], reached("pick_ups")]
PicksUp = Annotated[PickingUp, reached("picking_up")]
Ships = Annotated[ShippingOut, reached("shipping")]
