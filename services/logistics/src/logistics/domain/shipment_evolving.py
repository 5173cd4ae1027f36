"""The shipments of an order after a change."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from logistics.domain import shipment_changes as c
from logistics.domain.shipment import Parcel, Report, ShipmentStep, Shipping

FAILED, MISSED = "failed:", "missed:"


def evolve(shipping: Shipping | None, change: c.Change) -> Shipping:
    """One change worked in."""
    if isinstance(change, c.OrderHeard):
        return replace(shipping, known=change.known) if shipping else Shipping(change.order_id, change.known)
    assert shipping is not None
    if isinstance(change, DutyRefused):
        return shipping
    if isinstance(change, c.ShipmentPlanned):
        return replace(shipping, parcels=(*shipping.parcels, change.parcel))
    parcels = (
        _parcel(each, change) if each.shipment_id == change.shipment_id else each for each in shipping.parcels
    )
    return replace(shipping, parcels=tuple(parcels))


Of = (
    c.ShipmentReplanned
    | c.PickUpChosen
    | c.Stepped
    | c.Owing
    | c.ReportsHeard
    | c.ShipmentHandled
    | c.Told
    | c.WindowMissed
)


def _parcel(parcel: Parcel, change: Of) -> Parcel:
    match change:
        case c.ShipmentReplanned():
            return replace(
                parcel, promised=change.promised, plan=change.plan, lines=change.lines, missed_at=None
            )
        case c.PickUpChosen():
            plan = replace(parcel.plan, pick_up_on=change.pick_up_on, register_at=change.register_at)
            return replace(parcel, plan=plan)
        case c.ReportsHeard() | c.ShipmentHandled():
            return _seen(parcel, change)
        case c.WindowMissed():
            return replace(parcel, missed_at=change.at, told=(*parcel.told, missed_name(change)))
        case c.ShipmentDispatched() | c.ShipmentDelivered() | c.DeliveryFailed() | c.ShipmentReturned():
            return replace(parcel, told=(*parcel.told, told_name(change)))
        case _:
            return _stepped(parcel, change)


def _seen(parcel: Parcel, change: c.ReportsHeard | c.ShipmentHandled) -> Parcel:
    if isinstance(change, c.ShipmentHandled):
        return replace(parcel, hands=(*parcel.hands, change.by))
    return replace(parcel, reports=merged(parcel.reports, change.reports, change.deleted))


def _stepped(parcel: Parcel, change: c.Stepped | c.Owing) -> Parcel:
    match change:
        case c.CarrierStepDone():
            return replace(parcel, owes=None, due_at=None)
        case c.CarrierStepPutOff():
            return replace(parcel, due_at=change.due_at)
        case c.RegistrationAsked():
            return replace(parcel, owes=ShipmentStep.REGISTER, due_at=change.due_at, refused=None)
        case c.ShipmentRegistered():
            return replace(parcel, owes=None, due_at=None, registered_at=change.at, carrier_ref=change.ref)
        case c.RegistrationRefused():
            return replace(parcel, owes=None, due_at=None, refused=change.reason)
        case c.ShipmentWithdrawn() | c.CallBackAsked():
            return _freed(parcel, change)


def _freed(parcel: Parcel, change: c.ShipmentWithdrawn | c.CallBackAsked) -> Parcel:
    if isinstance(change, c.CallBackAsked):
        return replace(parcel, owes=ShipmentStep.CANCEL, due_at=change.due_at, called_back=True)
    due_at = change.due_at if change.step else None
    asked = parcel.called_back or change.step is not None
    return replace(parcel, withdrawn_at=change.at, owes=change.step, due_at=due_at, called_back=asked)


def told_name(change: c.Told) -> str:
    """By which it is remembered that this was told."""
    match change:
        case c.ShipmentDispatched():
            return "dispatched"
        case c.ShipmentDelivered():
            return "delivered"
        case c.ShipmentReturned():
            return "returned"
        case c.DeliveryFailed():
            return f"{FAILED}{change.report.key}"


def trouble_number(parcel: Parcel, change: c.DeliveryFailed | c.WindowMissed) -> int:
    """Which of the failures and missed windows told of this shipment it is, the first one being 1 (R50)."""
    names = [name for name in parcel.told if name.startswith((FAILED, MISSED))]
    name = told_name(change) if isinstance(change, c.DeliveryFailed) else missed_name(change)
    return names.index(name) + 1


def missed_name(change: c.WindowMissed) -> str:
    """By which it is remembered that this was told: a window that was moved may be missed, too."""
    return f"{MISSED}{change.at.isoformat()}"


def merged(
    known: tuple[Report, ...], new: tuple[Report, ...], deleted: tuple[str, ...] = ()
) -> tuple[Report, ...]:
    """Reports, each once, in the order in which it happened."""
    by_key = {each.key: each for each in (*known, *new) if each.key not in deleted}
    return tuple(sorted(by_key.values(), key=lambda each: each.place))
