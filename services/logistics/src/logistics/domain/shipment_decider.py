"""The rules of an order's shipments: shipped when the goods are there and paid for, reported of until they are kept."""

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.refusal import Decision, Refused
from kernel.refused_duty import duty, refused

from logistics.domain import shipment_changes as c
from logistics.domain import shipment_commands as k
from logistics.domain.moments import DAY
from logistics.domain.shipment import Parcel, Report, ShipmentStep, Shipping
from logistics.domain.shipment_hearing import heard
from logistics.domain.shipment_planning import hear_order
from logistics.domain.shipment_refusals import (
    NotHisCarrier,
    NotRegistered,
    ReportMakesNoSense,
    ShipmentIsOver,
    UnknownShipment,
)
from logistics.domain.shipment_stage import ARRIVED, ShipmentStage
from logistics.domain.shipment_watching import pass_deadline
from logistics.domain.shipping_out import choose, handed_over, ship_out

STAGES = {
    "out_for_delivery": ShipmentStage.OUT_FOR_DELIVERY,
    "attempt_failed": ShipmentStage.ATTEMPT_FAILED,
    "delivered": ShipmentStage.DELIVERED,
    "failed": ShipmentStage.FAILED,
    "returned": ShipmentStage.RETURNED,
}
"""What people report, besides that it left us."""
MACHINES = ("service:", "system")
ENDINGS = frozenset({ShipmentStage.FAILED, *ARRIVED})
"""Reported again by whoever else saw it, with another moment, it is the same."""


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
    return with_hands(command, parcel, _of_one(command, shipping, parcel))


def with_hands(command: k.OfOne, parcel: Parcel, decision: Decision[c.Change]) -> Decision[c.Change]:
    """Who does something about a shipment is told of once: he touched the order (R9)."""
    match command:
        case k.RegisterShipment() | k.DispatchShipment() | k.ReportShipment() | k.RecallShipment():
            by = command.actor.id
        case k.HandShipmentOver():
            by = command.by
        case _:
            return decision
    if isinstance(decision, Refused) or not decision or by in parcel.hands or by.startswith(MACHINES):
        return decision
    return [*decision, c.ShipmentHandled(parcel.shipment_id, by, command.at)]


def _of_one(command: k.OfOne, shipping: Shipping, parcel: Parcel) -> Decision[c.Change]:
    match command:
        case k.NoteCarrier():
            return note(command, parcel)
        case k.HearCarrier():
            return heard(shipping, parcel, command.reports, command.at, command.deleted)
        case k.ReportShipment():
            return report(command, shipping, parcel)
        case k.HandShipmentOver():
            return handed_over(shipping, parcel, command.by, command.at)
        case k.ChoosePickUp():
            return choose(command, parcel)
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
    if told.stage is parcel.stage and told.stage in ENDINGS:
        return []
    if parcel.registered_at is None and not parcel.dispatched:
        raise NotRegistered("Register it with its carrier, and hand it over, first.")
    if _too_late(told, parcel):
        raise ShipmentIsOver(f"The shipment is {parcel.stage.value}.")
    _sensible(told, parcel, command)
    return heard(shipping, parcel, (told,), command.at)


def _too_late(told: Report, parcel: Parcel) -> bool:
    """Reports come late: what was seen before it arrived counts. After that only what the customer did not keep, or what was
    withdrawn, may still come back.
    """
    last = parcel.latest
    if last is None or parcel.stage not in ARRIVED or told.place < last.place:
        return False
    comes_back = told.stage is ShipmentStage.RETURNED and last.stage is ShipmentStage.DELIVERED
    return not (comes_back and (parcel.in_part or parcel.withdrawn_at is not None))


def _sensible(told: Report, parcel: Parcel, command: k.ReportShipment) -> None:
    held = {each.line_no: each.quantity for each in parcel.lines}
    if told.kept is not None and any(pieces > held.get(line, 0) for line, pieces in told.kept):
        raise ReportMakesNoSense("There are not so many pieces of that line in the shipment.")
    if told.kept is not None and not any(pieces for _, pieces in told.kept):
        raise ReportMakesNoSense("Nothing kept is a failed delivery: report it with its reason.")
    if told.short or told.damaged:
        _counted(told, held)
    if told.at > command.at:
        raise ReportMakesNoSense("Nobody reports the future.")
    if parcel.registered_at is not None and told.at < parcel.registered_at - DAY:
        raise ReportMakesNoSense("It was not with its carrier then; see what your clock says.")


def _counted(told: Report, held: dict[int, int]) -> None:
    """What was missing or damaged at the door is of a delivery in part, and with what was kept no more than was sent."""
    if told.stage is not ShipmentStage.DELIVERED or told.kept is None:
        raise ReportMakesNoSense("Say what was kept, by line, where pieces were missing or damaged.")
    pieces: dict[int, int] = {}
    for line, many in (*told.kept, *told.short, *told.damaged):
        pieces[line] = pieces.get(line, 0) + many
    if any(many > held.get(line, 0) for line, many in pieces.items()):
        raise ReportMakesNoSense("There are not so many pieces of that line in the shipment.")


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
