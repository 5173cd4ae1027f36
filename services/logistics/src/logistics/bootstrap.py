"""The composition root of logistics."""

from dataclasses import replace

from chassis.chassis import Chassis, Parts
from chassis.freezing import freezing
from chassis.http import rush_freezes

from logistics.adapters import act_sheets, documents
from logistics.application.agreeing import Agreeing
from logistics.application.approving import Approving
from logistics.application.deciders import AGREEMENTS, CARRIERS, DAYS, RESERVATIONS
from logistics.application.figures import figures
from logistics.application.forgetting import Forgetting
from logistics.application.promising import Promising
from logistics.application.reserving import Reserving
from logistics.application.showing_carriers import ShowingCarriers
from logistics.application.standing import Standing
from logistics.carrier_system_parts import Outside, carrier_systems, tracking_parts
from logistics.entrypoints import (
    http_capacity,
    http_carrier_boards,
    http_carriers,
    http_places,
    http_promises,
    http_reservations,
    http_terms,
)
from logistics.incident_composition import incidents
from logistics.settings import LogisticsSettings
from logistics.shipment_parts import shipment_parts

MOST_ATTEMPTS = 30
"""How often a step to a carrier's day is tried when others change the same day: the last places are fought for."""
LARGEST_AGREEMENT = 8 * 2**20
"""Bytes: thousands of pick-up points with their hours."""


def compose(chassis: Chassis, settings: LogisticsSettings) -> Parts:
    """Logistics, wired."""
    return composed(chassis, settings)


def composed(chassis: Chassis, settings: LogisticsSettings, outside: Outside | None = None) -> Parts:
    """The same; `outside` is another way to carriers' systems, for tests."""
    carriers, agreements = chassis.store(documents.CARRIERS), chassis.store(documents.AGREEMENTS)
    days, reservations = chassis.store(documents.DAYS), chassis.store(documents.RESERVATIONS)
    standing, freezes = Standing(carriers, agreements), freezing(chassis)
    agreeing = Agreeing(
        chassis.handler(CARRIERS, carriers), chassis.handler(AGREEMENTS, agreements), standing.forget
    )
    reserving = Reserving(
        chassis.handler(RESERVATIONS, reservations),
        replace(chassis.handler(DAYS, days), attempts=MOST_ATTEMPTS),
        standing,
        settings.hold_for,
    )
    troubles = incidents(chassis, settings, carriers, standing)
    systems = carrier_systems(chassis, settings, reservations, outside or Outside())
    ships = shipment_parts(chassis, settings, standing, systems.ports(chassis, troubles.troubling))
    asking = tracking_parts(chassis, settings, systems, ships.shipping, troubles.troubling)
    return Parts(
        routers=(
            *ships.routers,
            *asking.routers,
            http_carriers.router,
            http_carrier_boards.router,
            http_terms.router,
            http_promises.router,
            http_reservations.router,
            http_places.router,
            http_capacity.router,
            rush_freezes.router,
            *troubles.routers,
        ),
        reactions=troubles.reactions,
        wired={
            "carriers": carriers,
            "days": days,
            "reservations": reservations,
            "standing": standing,
            "agreeing": agreeing,
            "approving": Approving(agreeing, freezes, settings.default_shop),
            "promising": Promising(standing, days),
            "reserving": reserving,
            "freezing": freezes,
            "showing_carriers": ShowingCarriers(
                ships.kept, ships.pick_ups, troubles.kept, troubles.relations, troubles.scoring
            ),
            "forgetting": Forgetting(ships.kept, troubles.kept, troubles.to_incidents),
            "act_forms": {"html": act_sheets.page, "csv": act_sheets.table},
            **ships.wired,
            **asking.wired,
            **troubles.wired,
        },
        deadlines=(
            chassis.deadlines(reservations, reserving.on_deadline),
            *ships.deadlines,
            *asking.deadlines,
            *troubles.deadlines,
        ),
        tasks=systems.tasks,
        figures=figures(carriers, troubles.scoring, chassis.clock),
        larger_bodies={"/carriers/{carrier_id}/terms": LARGEST_AGREEMENT},
    )
