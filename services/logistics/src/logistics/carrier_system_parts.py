"""Carriers with systems of their own, wired: CDEK, where the shop has an account."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
from chassis.chassis import Chassis, Listing, Loop
from chassis.deadlines import DeadlineWorker
from fastapi import APIRouter

from logistics.adapters.carrier_system_documents import TRACKINGS
from logistics.adapters.cdek import Cdek
from logistics.adapters.cdek_connection import Account, CdekConnection
from logistics.adapters.cdek_order import Sending
from logistics.adapters.recipients_from_orders import RecipientsFromOrders, ZonesReserved
from logistics.application import carrier_tracking
from logistics.application.carrier_port import CarrierPort, CarrierSystem
from logistics.application.carrier_refusing import RefusalsNoticed
from logistics.application.carrier_subscribing import Subscribed
from logistics.application.carrier_tracking import CarrierTracking
from logistics.application.incident_troubling import Troubling
from logistics.application.shipping import ShippingOut
from logistics.domain.reservation import Reserved
from logistics.entrypoints import cdek_hook
from logistics.settings import LogisticsSettings


@dataclass(frozen=True, slots=True)
class Outside:
    """The way to carriers' systems; another one in tests. `pause` waits so many seconds."""

    transport: httpx.AsyncBaseTransport | None = None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class CarrierSystems:
    """Carriers that are told and asked by themselves, by carrier id; `tasks` keep their notifications coming."""

    systems: Mapping[str, CarrierSystem]
    tasks: tuple[Loop, ...] = ()

    def ports(self, chassis: Chassis, troubling: Troubling) -> Mapping[str, CarrierPort]:
        """How they are told; what they refuse opens incidents."""
        return {
            id_: RefusalsNoticed(system, troubling, chassis.clock) for id_, system in self.systems.items()
        }


def carrier_systems(
    chassis: Chassis,
    settings: LogisticsSettings,
    reservations: Listing[Reserved],
    outside: Outside,
) -> CarrierSystems:
    """Those that this shop has an account with."""
    name, password = settings.cdek_account, settings.cdek_password
    if name is None or password is None:
        return CarrierSystems({})
    account = Account(name, password.get_secret_value(), settings.cdek_url, settings.cdek_timeout)
    cdek = Cdek(
        CdekConnection(account, outside.transport, outside.pause),
        sending(settings),
        RecipientsFromOrders(chassis.peers.of("orders")),
        ZonesReserved(reservations),
        outside.pause,
    )
    tasks: tuple[Loop, ...] = ()
    if settings.cdek_notify_url is not None:
        tasks = (Subscribed(partial(cdek.subscribe, settings.cdek_notify_url), outside.pause).keep,)
    return CarrierSystems({settings.cdek_carrier: cdek}, tasks)


@dataclass(frozen=True, slots=True)
class TrackingParts:
    """What the asking of carriers adds to the service."""

    routers: tuple[APIRouter, ...]
    wired: Mapping[str, Any]
    deadlines: tuple[DeadlineWorker, ...]


def tracking_parts(
    chassis: Chassis,
    settings: LogisticsSettings,
    systems: CarrierSystems,
    shipping: ShippingOut,
    troubling: Troubling,
) -> TrackingParts:
    """Carriers are asked where shipments are: when they hint at news, and now and then."""
    trackings = chassis.store(TRACKINGS)
    tracking = CarrierTracking(
        chassis.handler(carrier_tracking.TRACKINGS, trackings),
        shipping,
        systems.systems,
        troubling,
        settings.cdek_ask_every,
        settings.cdek_held_after,
    )
    secret = settings.cdek_webhook_secret if systems.systems else None
    return TrackingParts(
        routers=(cdek_hook.router,),
        wired={
            "tracking": tracking,
            "trackings": trackings,
            "cdek_secret": secret.get_secret_value() if secret else None,
            "cdek_carrier": settings.cdek_carrier,
        },
        deadlines=(chassis.deadlines(trackings, tracking.on_deadline),),
    )


def sending(settings: LogisticsSettings) -> Sending:
    """How the shop sends with CDEK."""
    return Sending(
        cities=settings.cdek_cities,
        door_tariff=settings.cdek_door_tariff,
        point_tariff=settings.cdek_point_tariff,
        brought_to=settings.cdek_brought_to,
        from_city=settings.cdek_from_city,
        from_address=settings.cdek_from_address,
        grams=settings.cdek_grams,
    )
