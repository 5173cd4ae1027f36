"""Shipping out: register, dispatch, recall (R31, R60)."""

from datetime import datetime, timedelta

from logistics.domain import shipment_changes as c
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import KnownOrder, Parcel, Report, ShipmentStep, Shipping
from logistics.domain.shipment_hearing import heard
from logistics.domain.shipment_planning import withdrawn
from logistics.domain.shipment_refusals import NotReadyToShip, NotRegistered, ShipmentIsOver
from logistics.domain.shipment_stage import ARRIVED, ENDED, ShipmentStage

STEP_WITHIN = timedelta(seconds=30)
HERE = frozenset({ShipmentStage.PLANNED, ShipmentStage.REGISTERED})
"""Nobody fetched it yet."""
OVER = ENDED | {ShipmentStage.DELIVERED}


def ship_out(
    command: k.RegisterShipment | k.DispatchShipment | k.RecallShipment, shipping: Shipping, parcel: Parcel
) -> list[c.Change]:
    """What the logistician or the warehouse asks for."""
    match command:
        case k.RegisterShipment():
            return register(command, shipping, parcel)
        case k.DispatchShipment():
            return handed_over(shipping, parcel, command.actor.id, command.at)
        case k.RecallShipment():
            return recall(command, parcel)


def missing(known: KnownOrder) -> str | None:
    """Why an order may not be shipped yet; None when nothing stands in the way: its goods are there and nothing is
    shipped unpaid (R31), nor by a promise that no longer holds: it may be another address, or money at the door (R65).
    """
    if known.cancelled:
        return "order_cancelled"
    if not known.allocated:
        return "goods_not_there"
    if known.promised is None:
        return "no_promise"
    return None if known.covered else "not_paid"


def register(command: k.RegisterShipment, shipping: Shipping, parcel: Parcel) -> list[c.Change]:
    """Ask the carrier to take it, within the terms that were promised by (R60, R65)."""
    if parcel.stage in OVER:
        raise ShipmentIsOver(f"The shipment is {parcel.stage.value}.")
    if parcel.registered_at is not None or parcel.owes is ShipmentStep.REGISTER:
        return []
    _ready(shipping.known)
    return [c.RegistrationAsked(parcel.shipment_id, command.at + STEP_WITHIN)]


def handed_over(shipping: Shipping, parcel: Parcel, by: str, at: datetime) -> list[c.Change]:
    """The carrier has it; what was registered and is not covered any more stays (R31)."""
    report = Report("dispatched", ShipmentStage.PICKED_UP, at, by)
    if parcel.dispatched:
        return heard(shipping, parcel, () if _handed_over(parcel) else (report,), at)
    if parcel.stage in OVER:
        raise ShipmentIsOver(f"The shipment is {parcel.stage.value}.")
    if parcel.registered_at is None:
        raise NotRegistered("Register it with its carrier first.")
    _ready(shipping.known)
    return heard(shipping, parcel, (report,), at)


def waits(shipping: Shipping) -> Parcel | None:
    """The shipment that may go and is still here: something is to fetch it (R61)."""
    parcel = shipping.current
    if parcel is None or missing(shipping.known) is not None or parcel.stage not in HERE:
        return None
    return parcel


def choose(command: k.ChoosePickUp, parcel: Parcel) -> list[c.Change]:
    """By which pick-up it leaves, as long as it has not left (R61)."""
    if parcel.stage not in HERE or parcel.plan.pick_up_on == command.pick_up_on:
        return []
    return [c.PickUpChosen(parcel.shipment_id, command.pick_up_on, command.register_at)]


def _handed_over(parcel: Parcel) -> bool:
    return any(each.stage is ShipmentStage.PICKED_UP for each in parcel.reports)


def recall(command: k.RecallShipment, parcel: Parcel) -> list[c.Change]:
    """Before dispatch it is cancelled with the carrier; after it, it comes back."""
    if parcel.withdrawn_at is not None:
        return []
    if parcel.stage in ARRIVED:
        raise ShipmentIsOver(f"The shipment is {parcel.stage.value}.")
    return [withdrawn(parcel, command.at)]


def _ready(known: KnownOrder) -> None:
    why = missing(known)
    if why is not None:
        raise NotReadyToShip("The order may not be shipped yet; see `why`.", why=why)
