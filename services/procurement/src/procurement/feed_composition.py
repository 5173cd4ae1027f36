"""The part of the composition that takes feeds in."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from chassis.chassis import Chassis, Listing, Loop
from chassis.deadlines import DeadlineWorker
from chassis.handling import Occasion
from fastapi import APIRouter
from kernel.actor import service

from procurement.adapters import documents
from procurement.adapters.feed_address import FeedAddress
from procurement.adapters.feed_documents import MAPPINGS
from procurement.adapters.opening import Opening
from procurement.adapters.spooling import FolderSpool, MongoSpool
from procurement.application import deciders, feed_deciders
from procurement.application.cataloguing import Cataloguing, Offers
from procurement.application.fetching import Fetching
from procurement.application.importing import Importing
from procurement.application.mapping_feeds import MappingFeeds
from procurement.application.ports import Spool
from procurement.application.receiving import Chasing, Receiving
from procurement.application.taking_in import Suppliers, TakingIn
from procurement.application.waking import Waking
from procurement.domain.offer import Offer
from procurement.domain.supplier import Supplier
from procurement.entrypoints import http_feeds, http_mappings, http_matches
from procurement.match_composition import compose_matches
from procurement.settings import ProcurementSettings, networks

LOOPS = 2
"""How many imports are worked off at once by a process."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What feeds share with the rest."""

    suppliers: Listing[Supplier]
    offers: Listing[Offer]
    to_suppliers: Suppliers
    to_offers: Offers
    chase: Chasing


@dataclass(frozen=True, slots=True)
class FeedParts:
    """As `Parts` of the chassis."""

    routers: Sequence[APIRouter]
    wired: dict[str, Any]
    deadlines: Sequence[DeadlineWorker]
    later: Sequence[DeadlineWorker]
    tasks: Sequence[Loop]
    larger_bodies: dict[str, int]


def compose_feeds(chassis: Chassis, settings: ProcurementSettings, kept: Kept) -> FeedParts:
    """Receiving, reading and mapping feeds, and taking them over into offers."""
    imports = chassis.store(documents.IMPORTS)
    to_imports = chassis.handler(deciders.IMPORTS, imports)
    spool, waking = _spool(chassis), Waking()
    matches = compose_matches(chassis, to_imports, kept.to_offers, kept.offers, kept.suppliers)
    comparing: Waking = matches.wired["comparing"]
    mappings = chassis.store(MAPPINGS)
    mapping = MappingFeeds(
        chassis.handler(feed_deciders.MAPPINGS, mappings), to_imports, imports, waking.wake
    )
    opening = Opening(
        settings.shop_zone, settings.feed_unpacked_max_bytes, settings.feed_workbook_max_megabytes
    )
    cataloguing = Cataloguing(kept.to_offers, kept.offers)
    importing = Importing(
        to_imports,
        kept.to_suppliers,
        imports,
        TakingIn(to_imports, kept.to_suppliers, cataloguing, opening, mapping.known, chassis.clock),
        Fetching(_address(settings), spool),
        spool,
        chassis.clock,
        waking.wake,
    )
    waking.run = partial(_run, importing, chassis)
    receiving = Receiving(
        chassis.service, to_imports, kept.to_suppliers, spool, waking, comparing, chassis.clock, kept.chase
    )
    return FeedParts(
        routers=[http_feeds.router, http_mappings.router, http_matches.router],
        wired={
            "imports": imports,
            "to_imports": to_imports,
            "receiving": receiving,
            "waking": waking,
            **matches.wired,
            "mappings": mappings,
            "mapping": mapping,
            "feed_max_bytes": settings.feed_max_bytes,
        },
        deadlines=[
            chassis.deadlines(kept.suppliers, receiving.pass_supplier_deadline),
            chassis.deadlines(imports, receiving.pass_import_deadline),
        ],
        tasks=[*[waking.work] * LOOPS, matches.task],
        later=[matches.deadlines],
        larger_bodies={"/suppliers/{supplier_id}/feeds": settings.feed_max_bytes + 2**20},
    )


def _address(settings: ProcurementSettings) -> FeedAddress:
    return FeedAddress(networks(settings.feed_networks), settings.feed_max_bytes, settings.feed_timeout)


def _spool(chassis: Chassis) -> Spool:
    if chassis.database is None:
        return FolderSpool(Path(tempfile.mkdtemp(prefix="opblok-spool-")))
    return MongoSpool(chassis.database)


async def _run(importing: Importing, chassis: Chassis, import_id: str) -> None:
    occasion = Occasion(f"import:{import_id}", chassis.clock.now(), service(chassis.service))
    await importing.run(import_id, occasion)
