"""Shipments, wired."""

from dataclasses import dataclass, field
from typing import Any

from chassis.chassis import Chassis
from chassis.deadlines import DeadlineWorker
from fastapi import APIRouter

from logistics.adapters.shipment_documents import SHIPMENTS
from logistics.application import shipment_deciders
from logistics.application.carrier_port import ManualCarrier
from logistics.application.shipping import ShippingOut
from logistics.application.standing import Standing
from logistics.entrypoints import http_shipments
from logistics.settings import LogisticsSettings


@dataclass(frozen=True, slots=True)
class ShipmentParts:
    """What shipments add to the service."""

    routers: tuple[APIRouter, ...]
    wired: dict[str, Any] = field(default_factory=dict[str, Any])
    deadlines: tuple[DeadlineWorker, ...] = ()


def shipment_parts(chassis: Chassis, settings: LogisticsSettings, standing: Standing) -> ShipmentParts:
    """Shipments on this chassis."""
    shipments = chassis.store(SHIPMENTS)
    ahead = settings.register_ahead or None
    handle = chassis.handler(shipment_deciders.SHIPMENTS, shipments)
    shipping = ShippingOut(handle, standing, {}, ManualCarrier(), ahead)
    return ShipmentParts(
        routers=(http_shipments.router,),
        wired={"shipments": shipments, "shipping": shipping},
        deadlines=(chassis.deadlines(shipments, shipping.on_deadline),),
    )
