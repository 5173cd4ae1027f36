"""The composition root: procurement put together."""

from dataclasses import replace

from chassis.chassis import Chassis, Parts

from procurement.adapters import documents
from procurement.application.allocating import Allocating
from procurement.application.candidates import Sourcing
from procurement.application.deciders import ALLOCATIONS, OFFERS, SUPPLIERS
from procurement.application.sending import Sending
from procurement.application.stocking import Stocking
from procurement.entrypoints import (
    from_claims,
    http_allocations,
    http_offers,
    http_suppliers,
)
from procurement.feed_composition import Kept, compose_feeds
from procurement.partners import Shared, partners
from procurement.purchase_composition import Needed, compose_buying
from procurement.settings import ProcurementSettings

MOST_ATTEMPTS = 30
"""How often a command to an offer is tried when others change the same offer: the last pieces are fought for."""


def compose(chassis: Chassis, settings: ProcurementSettings) -> Parts:
    """All parts of procurement."""
    suppliers, offers = chassis.store(documents.SUPPLIERS), chassis.store(documents.OFFERS)
    allocations, to_suppliers = chassis.store(documents.ALLOCATIONS), chassis.handler(SUPPLIERS, suppliers)
    to_offers = replace(chassis.handler(OFFERS, offers), attempts=MOST_ATTEMPTS)
    sourcing = Sourcing(offers, suppliers)
    with_partners = partners(
        chassis, settings, settings.shop_zone, Shared(offers, suppliers, to_suppliers, allocations)
    )
    allocating = Allocating(
        chassis.handler(ALLOCATIONS, allocations),
        to_offers,
        sourcing,
        chassis.clock,
        with_partners.shops,
        with_partners.closed,
        with_partners.scoring.note_answer,
        settings.answer_within,
    )
    buying = compose_buying(chassis, settings, Needed(allocations, allocating, sourcing, with_partners))
    feeds = compose_feeds(
        chassis, settings, Kept(suppliers, offers, to_suppliers, to_offers, with_partners.chase)
    )
    return Parts(
        routers=[
            http_suppliers.router,
            *feeds.routers,
            http_offers.router,
            http_allocations.router,
            *with_partners.routers,
            *buying.routers,
        ],
        reactions=from_claims.reactions,
        wired={
            "suppliers": suppliers,
            "offers": offers,
            "allocations": allocations,
            "to_suppliers": to_suppliers,
            "sourcing": sourcing,
            "stocking": Stocking(to_offers, sourcing),
            "allocating": allocating,
            "sending": Sending(allocating, sourcing, chassis.clock),
            **feeds.wired,
            **with_partners.wired,
            **buying.wired,
        },
        deadlines=[
            *feeds.deadlines,
            chassis.deadlines(allocations, buying.on_allocation),
            *with_partners.deadlines,
            *feeds.later,
            *buying.deadlines,
        ],
        tasks=[*feeds.tasks],
        larger_bodies=feeds.larger_bodies,
    )
