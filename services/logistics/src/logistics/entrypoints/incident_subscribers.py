"""What logistics hears of shops, staff, its own deliveries and customers' answers. Told twice, late or out of order, it ends
the same. Deliveries are heard as facts, so that no crash between a shipment and its incident can lose the incident.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any

from chassis.following import Hear, Heard
from chassis.handling import Handler, Occasion
from chassis.reactions import ThisOccasion
from chassis.shop_told import shop_of
from chassis.shops import Shops
from contracts.crm import ShopChangedV1, StaffChangedV1
from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryFailedV1,
    DeliveryScheduledV1,
    DeliveryWindowMissedV1,
    PickupMissedCutoffV1,
    ShipmentV1,
)
from faststream import Context
from kernel.shop import Shop
from kernel.window import NotAWindow, Window

from logistics.application.carrier_scoring import CarrierScoring
from logistics.application.carrier_tracking import CarrierTracking
from logistics.application.incident_owning import Owning
from logistics.application.incident_troubling import Troubling
from logistics.application.incident_weighing import Weighing
from logistics.domain.carrier_score import ShipmentNote
from logistics.domain.incident_trouble import DELAY, Source, Trouble
from logistics.domain.order_worth import HearArrival
from logistics.domain.staff_member import StaffMember
from logistics.entrypoints.from_crm import member_of
from logistics.entrypoints.manners_subscribers import Scores, version_of
from logistics.entrypoints.subscribers import Ships, reactions

OURS = frozenset({"own_staff", "rented_courier"})
TABLE = reactions
"""Logistics' one table of reactions, with these entered."""

HearsShop = Annotated[Handler[Hear[Shop], Shop, Heard[Shop]], Context("hear_shop")]
HearsMember = Annotated[Handler[Hear[StaffMember], StaffMember, Heard[StaffMember]], Context("hear_member")]
Owns = Annotated[Owning, Context("owning")]
Opens = Annotated[Troubling, Context("running")]
Weighs = Annotated[Weighing, Context("weighing")]
Knows = Annotated[Shops, Context("shops")]
Tracks = Annotated[CarrierTracking, Context("tracking")]
Grace = Annotated[timedelta, Context("window_grace")]
DefaultShop = Annotated[str, Context("default_shop")]


@reactions.told(ShopChangedV1)
async def hear_of_shop(told: ShopChangedV1, occasion: ThisOccasion, hear: HearsShop, shops: Knows) -> None:
    await hear(Hear(told.shop_id, shop_of(told)), occasion)
    shops.forget()


@reactions.told(StaffChangedV1)
async def hear_of_member(
    told: StaffChangedV1, occasion: ThisOccasion, hear: HearsMember, owning: Owns
) -> None:
    """What somebody answered for who may not any more goes to whoever is there (R5)."""
    known = (await hear(Hear(told.staff_id, member_of(told)), occasion)).state
    if known is not None and not known.may_own:
        await owning.take_from(known, occasion)


@reactions.told(DeliveryScheduledV1)
async def count_shipment(
    told: DeliveryScheduledV1, occasion: ThisOccasion, scoring: Scores, grace: Grace, tracking: Tracks
) -> None:
    """From now on its carrier is asked for it, where he has a system."""
    await _note(scoring, told.shipment, _noted(told.shipment, occasion, grace), occasion)
    await tracking.follow(told.shipment.shipment_id, told.shipment.carrier_id, occasion)


@reactions.told(DeliveryDeliveredV1)
async def count_delivery(  # noqa: PLR0917 - what it needs of the service
    told: DeliveryDeliveredV1,
    occasion: ThisOccasion,
    scoring: Scores,
    grace: Grace,
    shipping: Ships,
    opens: Opens,
    weighing: Weighs,
) -> None:
    """What was missing or damaged at the door is somebody's work, whoever died since it was reported (R50, R52); what it
    came late by is what the carrier owes for (R70).
    """
    shipment = told.shipment
    excused = await weighing.is_customers(shipment.order_id, _window(shipment))
    note = _noted(shipment, occasion, grace, delivered_at=told.at, excused=excused)
    await _note(scoring, shipment, note, occasion)
    await weighing.hear(HearArrival(shipment.order_id, shipment.shipment_id, told.at), occasion)
    for trouble in await shipping.wrong_at_the_door(shipment.order_id, shipment.shipment_id):
        await opens.open(trouble, occasion)


@reactions.told(DeliveryWindowMissedV1)
async def open_for_missed_window(  # noqa: PLR0917 - what it needs of the service
    told: DeliveryWindowMissedV1,
    occasion: ThisOccasion,
    scoring: Scores,
    grace: Grace,
    opens: Opens,
    weighing: Weighs,
) -> None:
    """It went wrong when the promised window ended (R52, R66); by a change of address it is the customer's (R69)."""
    shipment = told.shipment
    excused = await weighing.is_customers(shipment.order_id, _window(shipment))
    note = _noted(shipment, occasion, grace, missed=True, excused=excused)
    await _note(scoring, shipment, note, occasion)
    source = Source.OWN_COURIER if shipment.mode in OURS else Source.COURIER_SERVICE
    await opens.open(_trouble(shipment, DELAY, source, shipment.ends_at), occasion)


@reactions.told(DeliveryFailedV1)
async def open_for_failure(told: DeliveryFailedV1, occasion: ThisOccasion, opens: Opens) -> None:
    """An attempt or the whole delivery failed (R50)."""
    await opens.open(_trouble(told.shipment, told.reason, _source(told.source), told.at), occasion)


@reactions.told(PickupMissedCutoffV1)
async def open_for_missed_cutoff(
    told: PickupMissedCutoffV1, occasion: ThisOccasion, opens: Opens, shop_id: DefaultShop
) -> None:
    """Nobody asked the carrier to come: our warehouse's (R61)."""
    trouble = Trouble(
        kind=DELAY,
        source=Source.WAREHOUSE,
        happened_at=told.cutoff_at,
        shop_id=shop_id,
        carrier_id=told.carrier_id,
        about=told.pickup_id,
    )
    await opens.open(trouble, occasion)


def _noted(shipment: ShipmentV1, occasion: Occasion, grace: timedelta, **more: Any) -> ShipmentNote:
    return ShipmentNote(version_of(occasion), shipment.ends_at + grace, **more)


async def _note(
    scoring: CarrierScoring, shipment: ShipmentV1, note: ShipmentNote, occasion: Occasion
) -> None:
    await scoring.note_shipment(shipment.carrier_id, shipment.shipment_id, note, shipment.shop_id, occasion)


def _source(word: str) -> Source:
    """One of the five; a word of a newer version is the courier service's until somebody confirms another (R50)."""
    return Source(word) if word in set(Source) else Source.COURIER_SERVICE


def _trouble(shipment: ShipmentV1, kind: str, source: Source, at: datetime) -> Trouble:
    return Trouble(
        kind=kind,
        source=source,
        happened_at=at,
        shop_id=shipment.shop_id,
        carrier_id=shipment.carrier_id,
        order_id=shipment.order_id,
        shipment_id=shipment.shipment_id,
        attempt=shipment.attempt,
        window=_window(shipment),
        terms_version=shipment.terms_version,
    )


def _window(shipment: ShipmentV1) -> Window | None:
    try:
        return Window(shipment.starts_at, shipment.ends_at, shipment.time_zone)
    except (NotAWindow, ValueError):
        return None
