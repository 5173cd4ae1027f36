"""The composition root of the work with suppliers: cards, sales stops, whom crm tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.deadlines import DeadlineWorker
from fastapi import APIRouter

from procurement.adapters import partner_documents as documents
from procurement.application import following
from procurement.application.candidates import Sourcing
from procurement.application.carding import Carding
from procurement.application.partner_deciders import SALES
from procurement.application.proposing_stops import ProposingStops, no_claims
from procurement.application.shops import Shops, Unheard
from procurement.application.stopping import ClosedGoods, Stopping
from procurement.domain.offer import Offer
from procurement.domain.supplier import Supplier
from procurement.entrypoints import http_products, http_sales
from procurement.partner_settings import PartnerSettings


@dataclass(frozen=True, slots=True)
class Partners:
    """What the rest of procurement needs of it, and its share of the service's parts."""

    shops: Shops
    closed: ClosedGoods
    routers: Sequence[APIRouter]
    wired: Mapping[str, Any]
    deadlines: Sequence[DeadlineWorker]


def partners(
    chassis: Chassis,
    settings: PartnerSettings,
    zone: str,
    offers: Listing[Offer],
    suppliers: Listing[Supplier],
) -> Partners:
    """All of it, wired."""
    kept, members = chassis.store(documents.SHOPS), chassis.store(documents.MEMBERS)
    shops = Shops(kept, Unheard(settings.default_shop, settings.default_responsible, zone))
    sales = chassis.store(documents.SALES)
    closed = ClosedGoods(sales, settings.stop_grace)
    carding = Carding(Sourcing(offers, suppliers), offers, closed)
    stopping = Stopping(chassis.handler(SALES, sales), carding, shops)
    proposing = ProposingStops(carding, offers, suppliers, no_claims, _all_alike, settings.stop_limits)
    return Partners(
        shops=shops,
        closed=closed,
        routers=[http_products.router, http_sales.router],
        wired={
            "carding": carding,
            "sales": sales,
            "stopping": stopping,
            "proposing_stops": proposing,
            "shops": shops,
            "hear_shop": chassis.handler(following.SHOPS, kept),
            "hear_member": chassis.handler(following.MEMBERS, members),
        },
        deadlines=[chassis.deadlines(sales, stopping.pass_deadline)],
    )


async def _all_alike(supplier_ids: Sequence[str], at: object) -> Mapping[str, float]:
    del supplier_ids, at
    return {}
