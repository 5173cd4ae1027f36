"""What others are told of shipments."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.values import MoneyV1
from kernel.refused_duty import DutyRefused

from contracts import deliveries as d
from logistics.domain import shipment_changes as c
from logistics.domain.shipment import Shipping
from logistics.domain.shipment_door import spoiled
from logistics.domain.shipment_evolving import trouble_number

MODES = {"pick_up_point": "pickup_point"}
"""Words of the contract where they are not ours."""


def of_shipping(change: c.Change, shipping: Shipping) -> Sequence[Fact]:
    """Facts of one change; the shipment in them is as it is after it."""
    match change:
        case DutyRefused():
            return [duty_refused(change, "shipment", shipping.order_id, shipping.order_id)]
        case c.ShipmentRegistered():
            return [d.DeliveryScheduledV1(shipment=told(shipping, change.shipment_id))]
        case c.ShipmentHandled():
            shipment = told(shipping, change.shipment_id)
            return [d.DeliveryHandledV1(shipment=shipment, by=change.by, at=change.at)]
        case c.WindowMissed():
            return [d.DeliveryWindowMissedV1(shipment=_in_fact(change, shipping), at=change.at)]
        case c.ShipmentDispatched() | c.ShipmentDelivered() | c.DeliveryFailed() | c.ShipmentReturned():
            return [_of_reports(change, _in_fact(change, shipping))]
        case _:
            return []


def _of_reports(change: c.Told, shipment: d.ShipmentV1) -> Fact:
    match change:
        case c.ShipmentDispatched():
            return d.DeliveryDispatchedV1(shipment=shipment, at=change.at)
        case c.ShipmentReturned():
            return d.DeliveryReturnedV1(shipment=shipment, at=change.at)
        case c.ShipmentDelivered():
            report = change.report
            collected = report.collected
            return d.DeliveryDeliveredV1(
                shipment=shipment,
                at=report.at,
                partial=any(each.delivered < each.quantity for each in shipment.lines),
                collected=collected and MoneyV1(minor=collected.minor, currency=collected.currency),
            )
        case c.DeliveryFailed():
            report = change.report
            return d.DeliveryFailedV1(
                shipment=shipment,
                at=report.at,
                reason=report.reason or "other",
                source=report.source or "courier_service",
                final=change.final,
            )


def told(shipping: Shipping, shipment_id: str) -> d.ShipmentV1:
    """A shipment as far as others may know it."""
    parcel = shipping.parcel(shipment_id)
    assert parcel is not None
    promised, kept = parcel.promised, parcel.kept
    return d.ShipmentV1(
        shipment_id=shipment_id,
        order_id=shipping.order_id,
        shop_id=shipping.known.shop_id,
        customer_id=shipping.known.customer_id,
        carrier_id=promised.carrier_id,
        terms_version=promised.terms_version,
        mode=MODES.get(parcel.plan.mode, parcel.plan.mode),
        stage=parcel.stage.value,
        lines=tuple(
            d.ParcelLineV1(
                line_no=each.line_no,
                product_id=each.product_id,
                quantity=each.quantity,
                delivered=kept.get(each.line_no, 0),
            )
            for each in parcel.lines
        ),
        starts_at=promised.starts_at,
        ends_at=promised.ends_at,
        time_zone=promised.time_zone,
        point_id=promised.point_id,
        carrier_ref=parcel.carrier_ref,
        attempt=parcel.attempts,
    )


def _in_fact(change: c.Told | c.WindowMissed, shipping: Shipping) -> d.ShipmentV1:
    """Of what came back, the pieces that are neither lost nor damaged. Of what went wrong, which trouble it is: by it its
    incident is told from others, so it is counted as they are told, and one that is heard late has a number of its own.
    """
    shipment, parcel = told(shipping, change.shipment_id), shipping.parcel(change.shipment_id)
    assert parcel is not None
    if isinstance(change, c.DeliveryFailed | c.WindowMissed):
        return shipment.model_copy(update={"attempt": trouble_number(parcel, change)})
    if not isinstance(change, c.ShipmentReturned):
        return shipment
    bad = spoiled(parcel)
    sound = [(each, each.quantity - bad.get(each.line_no, 0)) for each in shipment.lines]
    lines = tuple(each.model_copy(update={"quantity": pieces}) for each, pieces in sound if pieces)
    return shipment.model_copy(update={"lines": lines})
