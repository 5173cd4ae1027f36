"""Carriers with systems of their own, wired: CDEK, where the shop has an account."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import httpx
from chassis.chassis import Chassis, Listing

from logistics.adapters.cdek import Cdek
from logistics.adapters.cdek_connection import Account, CdekConnection
from logistics.adapters.cdek_order import Sending
from logistics.adapters.recipients_from_orders import RecipientsFromOrders, ZonesReserved
from logistics.application.carrier_port import CarrierPort, CarrierSystem
from logistics.application.carrier_refusing import RefusalsNoticed
from logistics.application.incident_troubling import Troubling
from logistics.domain.reservation import Reserved
from logistics.settings import LogisticsSettings


@dataclass(frozen=True, slots=True)
class Outside:
    """The way to carriers' systems; another one in tests. `pause` waits so many seconds."""

    transport: httpx.AsyncBaseTransport | None = None
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class CarrierSystems:
    """Carriers that are told and asked by themselves, by carrier id."""

    systems: Mapping[str, CarrierSystem]

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
    return CarrierSystems({settings.cdek_carrier: cdek})


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
