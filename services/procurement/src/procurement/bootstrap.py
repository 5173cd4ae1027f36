"""The composition root: procurement put together."""

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from chassis.chassis import Chassis, Parts
from chassis.handling import Occasion
from kernel.actor import service
from kernel.calendar import WorkingCalendar

from procurement.adapters import documents
from procurement.adapters.feed_address import FeedAddress
from procurement.adapters.spooling import FolderSpool, MongoSpool
from procurement.adapters.yml import yml_reader
from procurement.application.allocating import Allocating
from procurement.application.candidates import Sourcing
from procurement.application.cataloguing import Cataloguing
from procurement.application.deciders import ALLOCATIONS, IMPORTS, OFFERS, SUPPLIERS
from procurement.application.fetching import Fetching
from procurement.application.importing import Importing
from procurement.application.ports import Spool
from procurement.application.receiving import Receiving
from procurement.application.stocking import Stocking
from procurement.application.taking_in import TakingIn
from procurement.application.waking import Waking
from procurement.entrypoints import (
    http_allocations,
    http_feeds,
    http_offers,
    http_suppliers,
    subscribers,
)
from procurement.settings import ProcurementSettings, networks

LOOPS = 2
"""How many imports are worked off at once by a process."""
MOST_ATTEMPTS = 30
"""How often a command to an offer is tried when others change the same offer: the last pieces are fought for."""


def compose(chassis: Chassis, settings: ProcurementSettings) -> Parts:
    """All parts of procurement."""
    suppliers, offers = chassis.store(documents.SUPPLIERS), chassis.store(documents.OFFERS)
    imports, allocations = chassis.store(documents.IMPORTS), chassis.store(documents.ALLOCATIONS)
    to_suppliers, to_imports = chassis.handler(SUPPLIERS, suppliers), chassis.handler(IMPORTS, imports)
    to_offers = replace(chassis.handler(OFFERS, offers), attempts=MOST_ATTEMPTS)
    sourcing, spool, waking = Sourcing(offers, suppliers), _spool(chassis), Waking()
    allocating = Allocating(
        chassis.handler(ALLOCATIONS, allocations),
        to_offers,
        sourcing,
        chassis.clock,
        WorkingCalendar.usual(settings.shop_zone),
        settings.answer_within,
    )
    cataloguing = Cataloguing(to_offers, offers, yml_reader(settings.shop_zone))
    address = FeedAddress(networks(settings.feed_networks), settings.feed_max_bytes, settings.feed_timeout)
    importing = Importing(
        to_imports,
        to_suppliers,
        imports,
        TakingIn(to_imports, to_suppliers, cataloguing, chassis.clock),
        Fetching(address, spool),
        spool,
        chassis.clock,
        waking.wake,
    )
    waking.run = partial(_run, importing, chassis)
    receiving = Receiving(chassis.service, to_imports, to_suppliers, spool, waking, chassis.clock)
    return Parts(
        routers=[http_suppliers.router, http_feeds.router, http_offers.router, http_allocations.router],
        reactions=subscribers.reactions,
        wired={
            "suppliers": suppliers,
            "offers": offers,
            "imports": imports,
            "allocations": allocations,
            "to_suppliers": to_suppliers,
            "to_imports": to_imports,
            "sourcing": sourcing,
            "stocking": Stocking(to_offers, sourcing),
            "allocating": allocating,
            "receiving": receiving,
            "waking": waking,
            "feed_max_bytes": settings.feed_max_bytes,
        },
        deadlines=[
            chassis.deadlines(suppliers, receiving.pass_supplier_deadline),
            chassis.deadlines(imports, receiving.pass_import_deadline),
            chassis.deadlines(allocations, allocating.pass_deadline),
        ],
        tasks=[waking.work] * LOOPS,
        larger_bodies={"/suppliers/{supplier_id}/feeds": settings.feed_max_bytes + 2**20},
    )


def _spool(chassis: Chassis) -> Spool:
    if chassis.database is None:
        return FolderSpool(Path(tempfile.mkdtemp(prefix="opblok-spool-")))
    return MongoSpool(chassis.database)


async def _run(importing: Importing, chassis: Chassis, import_id: str) -> None:
    occasion = Occasion(f"import:{import_id}", chassis.clock.now(), service(chassis.service))
    await importing.run(import_id, occasion)
