"""The rules of an order's shipments: shipped when the goods are there and paid for, reported of until they are kept."""

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.refusal import Decision
from kernel.refused_duty import duty, refused

from logistics.domain import shipment_changes as c
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import Parcel, Report, ShipmentStage, ShipmentStep, Shipping
from logistics.domain.shipment_hearing import heard
from logistics.domain.shipment_planning import hear_order
from logistics.domain.shipment_refusals import (
    NotHisCarrier,
    NotRegistered,
    ReportMakesNoSense,
    ShipmentIsOver,
    UnknownShipment,
)
from logistics.domain.shipment_watching import pass_deadline
from logistics.domain.shipping_out import ship_out

STAGES = {
    "out_for_delivery": ShipmentStage.OUT_FOR_DELIVERY,
    "attempt_failed": ShipmentStage.ATTEMPT_FAILED,
    "delivered": ShipmentStage.DELIVERED,
    "failed": ShipmentStage.FAILED,
    "returned": ShipmentStage.RETURNED,
}
"""What people report, besides that it left us."""


def decide(command: k.Command, shipping: Shipping | None) -> Decision[c.Change]:
    """The rule of each command."""
    if isinstance(command, k.HearOrder):
        return hear_order(command, shipping)
    if shipping is None:
        raise UnknownShipment("There is no such shipment.")
    if isinstance(command, k.ShipmentDeadlinePassed):
        return pass_deadline(command, shipping)
    parcel = shipping.parcel(command.shipment_id)
    if parcel is None:
        raise UnknownShipment("There is no such shipment.")
    return _of_one(command, shipping, parcel)


def _of_one(
    command: k.NoteCarrier
    | k.HearCarrier
    | k.ReportShipment
    | k.RegisterShipment
    | k.DispatchShipment
    | k.RecallShipment,
    shipping: Shipping,
    parcel: Parcel,
) -> Decision[c.Change]:
    match command:
        case k.NoteCarrier():
            return note(command, parcel)
        case k.HearCarrier():
            return heard(shipping, parcel, command.reports, command.deleted)
        case k.ReportShipment():
            return report(command, shipping, parcel)
        case k.RegisterShipment() | k.DispatchShipment() | k.RecallShipment():
            no = duty(command.actor, Action.SHIP)
            return no or ship_out(command, shipping, parcel)


def report(command: k.ReportShipment, shipping: Shipping, parcel: Parcel) -> Decision[c.Change]:
    """What a person saw; a courier reports only what his own carrier delivers (R50)."""
    no = duty(command.actor, Action.REPORT_DELIVERY)
    if no is not None:
        return no
    if _only_drives(command.actor) and not command.his_own:
        words = NotHisCarrier("A courier reports of what his own carrier delivers.")
        return refused(command.actor, Action.REPORT_DELIVERY, "R50", words)
    told = command.report
    if told.stage is parcel.stage and told.stage is not ShipmentStage.ATTEMPT_FAILED:
        return []
    if not parcel.dispatched:
        raise NotRegistered("It did not leave our warehouse; dispatch it first.")
    if parcel.stage in {ShipmentStage.DELIVERED, ShipmentStage.RETURNED}:
        raise ShipmentIsOver(f"The shipment is {parcel.stage.value}.")
    _sensible(told, parcel, command)
    return heard(shipping, parcel, (told,), ())


def _sensible(told: Report, parcel: Parcel, command: k.ReportShipment) -> None:
    held = {each.line_no: each.quantity for each in parcel.lines}
    if told.kept is not None and any(pieces > held.get(line, 0) for line, pieces in told.kept):
        raise ReportMakesNoSense("There are not so many pieces of that line in the shipment.")
    if told.kept is not None and not any(pieces for _, pieces in told.kept):
        raise ReportMakesNoSense("Nothing kept is a failed delivery: report it with its reason.")
    if told.at > command.at:
        raise ReportMakesNoSense("Nobody reports the future.")


def note(command: k.NoteCarrier, parcel: Parcel) -> list[c.Change]:
    """The carrier's answer, unless it speaks of a step that is over."""
    if parcel.owes is None or parcel.owes.value != command.step:
        return []
    id_ = parcel.shipment_id
    if parcel.owes is ShipmentStep.CANCEL:
        return [c.CarrierStepDone(id_)]
    if command.refused is not None:
        return [c.RegistrationRefused(id_, command.refused)]
    return [c.ShipmentRegistered(id_, command.ref, command.at)]


def _only_drives(actor: Actor) -> bool:
    return not actor.has(Role.OWNER, Role.LOGISTICIAN, Role.WAREHOUSE_WORKER)
