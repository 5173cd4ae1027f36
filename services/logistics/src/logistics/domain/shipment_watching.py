"""What is due of a shipment: the window watcher, registrations by themselves, steps a carrier has not answered."""

from datetime import timedelta

from kernel.deadline import Deadline

from logistics.domain import shipment_changes as c
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import KnownOrder, Parcel, Shipping
from logistics.domain.shipment_stage import ShipmentStage
from logistics.domain.shipping_out import OVER, STEP_WITHIN, missing

GRACE = timedelta(minutes=30)
"""Late only so long after the window's end (R57, R66)."""
KEPT = OVER | {ShipmentStage.READY_FOR_PICKUP}
"""Stages in which no window can be missed any more; at a point the promise is that it lies there."""


def pass_deadline(command: k.ShipmentDeadlinePassed, shipping: Shipping) -> list[c.Change]:
    """A window that passed is told once; what is due to be registered is; a step nobody finished is due again."""
    what, _, id_ = command.name.partition(":")
    parcel = shipping.parcel(id_)
    if parcel is None:
        return []
    over = command.at >= parcel.promised.ends_at + GRACE
    if what == "window" and over and _watched(parcel):
        return [c.WindowMissed(id_, command.at)]
    if what == "settle" and parcel.owes is not None:
        return [c.CarrierStepPutOff(id_, command.at + STEP_WITHIN)]
    if what == "register" and _registers_itself(parcel, shipping.known):
        return [c.RegistrationAsked(id_, command.at + STEP_WITHIN)]
    return []


def deadlines(shipping: Shipping) -> list[Deadline]:
    """The end of each window with its grace, registrations that are due, steps a carrier has not answered."""
    due: list[Deadline] = []
    for parcel in shipping.parcels:
        if parcel.owes is not None and parcel.due_at is not None:
            due.append(Deadline(f"settle:{parcel.shipment_id}", parcel.due_at))
        if _watched(parcel):
            due.append(Deadline(f"window:{parcel.shipment_id}", parcel.promised.ends_at + GRACE))
        if parcel.plan.register_at is not None and _registers_itself(parcel, shipping.known):
            due.append(Deadline(f"register:{parcel.shipment_id}", parcel.plan.register_at))
    return due


def _watched(parcel: Parcel) -> bool:
    return parcel.missed_at is None and parcel.stage not in KEPT


def _registers_itself(parcel: Parcel, known: KnownOrder) -> bool:
    waits = parcel.stage is ShipmentStage.PLANNED and parcel.owes is None and parcel.refused is None
    return waits and parcel.plan.register_at is not None and missing(known) is None
