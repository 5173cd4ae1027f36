"""Shipments and pick-ups, wired."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.deadlines import DeadlineWorker
from fastapi import APIRouter

from logistics.adapters.shipment_documents import PICK_UPS, SHIPMENTS
from logistics.application import shipment_deciders
from logistics.application.carrier_port import CarrierPort, ManualCarrier
from logistics.application.pick_up_days import PickUpDays
from logistics.application.pick_up_placing import Placing
from logistics.application.picking_up import PickingUp
from logistics.application.shipping import ShippingOut
from logistics.application.standing import Standing
from logistics.domain.pick_up import PickUp
from logistics.domain.shipment import Shipping
from logistics.entrypoints import http_labels, http_pick_ups, http_shipments
from logistics.settings import LogisticsSettings


@dataclass(frozen=True, slots=True)
class ShipmentParts:
    """What shipments add to the service."""

    kept: Listing[Shipping]
    pick_ups: Listing[PickUp]
    shipping: ShippingOut
    routers: tuple[APIRouter, ...]
    wired: dict[str, Any] = field(default_factory=dict[str, Any])
    deadlines: tuple[DeadlineWorker, ...] = ()


def shipment_parts(
    chassis: Chassis, settings: LogisticsSettings, standing: Standing, ports: Mapping[str, CarrierPort]
) -> ShipmentParts:
    """Both on this chassis; `ports` are of the carriers with systems of their own."""
    shipments, pick_ups = chassis.store(SHIPMENTS), chassis.store(PICK_UPS)
    ahead = settings.register_ahead or None
    handle = chassis.handler(shipment_deciders.SHIPMENTS, shipments)
    to_pick_ups = chassis.handler(shipment_deciders.PICK_UPS, pick_ups)
    placing = Placing(to_pick_ups, handle, shipments, PickUpDays(standing), ahead)
    picking_up = PickingUp(to_pick_ups, handle, placing)
    shipping = ShippingOut(handle, standing, ports, ManualCarrier(), ahead, placing.place)
    return ShipmentParts(
        kept=shipments,
        pick_ups=pick_ups,
        shipping=shipping,
        routers=(http_shipments.router, http_labels.router, http_pick_ups.router),
        wired={
            "shipments": shipments,
            "shipping": shipping,
            "pick_ups": pick_ups,
            "picking_up": picking_up,
        },
        deadlines=(
            chassis.deadlines(shipments, shipping.on_deadline),
            chassis.deadlines(pick_ups, picking_up.on_deadline),
        ),
    )
