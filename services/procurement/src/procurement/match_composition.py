"""The part of the composition that finds out which offers are of the same goods."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from chassis.chassis import Chassis, Listing, Loop
from chassis.deadlines import DeadlineWorker
from chassis.handling import Occasion
from kernel.actor import service

from procurement.adapters.alike import alike
from procurement.adapters.feed_documents import MATCHES
from procurement.application import feed_deciders
from procurement.application.candidates import Sourcing
from procurement.application.cataloguing import Offers
from procurement.application.comparing import ComparingOffers
from procurement.application.matching_goods import MatchingGoods
from procurement.application.taking_in import Imports
from procurement.application.waking import Waking
from procurement.domain.offer import Offer
from procurement.domain.supplier import Supplier


@dataclass(frozen=True, slots=True)
class MatchParts:
    """As `Parts` of the chassis."""

    wired: dict[str, Any]
    deadlines: DeadlineWorker
    task: Loop


def compose_matches(
    chassis: Chassis,
    to_imports: Imports,
    to_offers: Offers,
    offers: Listing[Offer],
    suppliers: Listing[Supplier],
) -> MatchParts:
    """Comparing in the background, and a person's decisions."""
    matches, comparing = chassis.store(MATCHES), Waking()
    to_matches = chassis.handler(feed_deciders.MATCHES, matches)
    work = ComparingOffers(to_matches, to_imports, offers, alike, chassis.clock)
    comparing.run = partial(_run, work, chassis)
    matching = MatchingGoods(to_matches, to_offers, Sourcing(offers, suppliers), chassis.clock)
    return MatchParts(
        wired={"matches": matches, "matching": matching, "comparing": comparing},
        deadlines=chassis.deadlines(matches, matching.pass_deadline),
        task=comparing.work,
    )


async def _run(work: ComparingOffers, chassis: Chassis, import_id: str) -> None:
    occasion = Occasion(f"compare:{import_id}", chassis.clock.now(), service(chassis.service))
    await work.run(import_id, occasion)
