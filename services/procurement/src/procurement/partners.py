"""The composition root of the work with suppliers: cards, sales stops, cases, scorecards, whom crm tells of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.deadlines import DeadlineWorker
from chassis.freezing import freezing
from chassis.http import rush_freezes
from chassis.shops import Shops, Unheard
from fastapi import APIRouter

from procurement.adapters import partner_documents as documents
from procurement.adapters import price_gap_sheets
from procurement.application import following, partner_deciders
from procurement.application.candidates import Sourcing
from procurement.application.carding import Carding
from procurement.application.casing import Casing
from procurement.application.comparing_prices import ComparingPrices
from procurement.application.complaining import Complaining
from procurement.application.owning import Owning, Suppliers
from procurement.application.partnering import Partnering
from procurement.application.proposing_stops import ProposingStops
from procurement.application.receiving import Chasing
from procurement.application.scoring import Scoring
from procurement.application.stopping import ClosedGoods, Stopping
from procurement.domain.allocation import Allocation
from procurement.domain.offer import Offer
from procurement.domain.supplier import Supplier
from procurement.entrypoints import (
    http_cases,
    http_price_gaps,
    http_products,
    http_sales,
    http_scorecards,
    http_standing,
)
from procurement.partner_settings import PartnerSettings


@dataclass(frozen=True, slots=True)
class Shared:
    """What it shares with the rest of procurement."""

    offers: Listing[Offer]
    suppliers: Listing[Supplier]
    to_suppliers: Suppliers
    allocations: Listing[Allocation]


@dataclass(frozen=True, slots=True)
class Partners:
    """What the rest of procurement needs of it, and its share of the service's parts."""

    shops: Shops
    closed: ClosedGoods
    scoring: Scoring
    casing: Casing
    chase: Chasing
    routers: Sequence[APIRouter]
    wired: Mapping[str, Any]
    deadlines: Sequence[DeadlineWorker]


def partners(chassis: Chassis, settings: PartnerSettings, zone: str, shared: Shared) -> Partners:
    """All of it, wired."""
    shops_kept, members = chassis.store(documents.SHOPS), chassis.store(documents.MEMBERS)
    shops = Shops(shops_kept, Unheard(settings.default_shop, settings.default_responsible, zone))
    cases, months = chassis.store(documents.CASES), chassis.store(documents.MONTHS)
    sales, complaints = chassis.store(documents.SALES), chassis.store(documents.COMPLAINTS)
    complaining = Complaining(complaints, shared.allocations, settings.stop_claims_back)
    scoring = Scoring(chassis.handler(partner_deciders.MONTHS, months), months, cases, shops)
    to_cases = chassis.handler(partner_deciders.CASES, cases)
    owning = Owning(
        members,
        shared.to_suppliers,
        shared.suppliers,
        to_cases,
        cases,
        shops,
        settings.patience,
        settings.default_shop,
    )
    casing = Casing(to_cases, owning, scoring)
    closed, freezes = ClosedGoods(sales, settings.stop_grace), freezing(chassis)
    sourcing = Sourcing(shared.offers, shared.suppliers)
    carding = Carding(sourcing, shared.offers, closed)
    stopping = Stopping(chassis.handler(partner_deciders.SALES, sales), carding, shops)
    return Partners(
        shops=shops,
        closed=closed,
        scoring=scoring,
        casing=casing,
        chase=owning.chase,
        routers=[
            http_products.router,
            http_sales.router,
            http_cases.router,
            http_standing.router,
            http_scorecards.router,
            http_price_gaps.router,
            rush_freezes.router,
        ],
        wired={
            "carding": carding,
            "comparing_prices": ComparingPrices(shared.offers, sourcing, settings.price_gap),
            "price_gap_heading": price_gap_sheets.heading,
            "price_gap_row": price_gap_sheets.row,
            "sales": sales,
            "stopping": stopping,
            "proposing_stops": ProposingStops(
                carding,
                shared.offers,
                shared.suppliers,
                complaining.by_product,
                scoring.reliability,
                settings.stop_limits,
            ),
            "cases": cases,
            "casing": casing,
            "most_lost": settings.most_lost,
            "scoring": scoring,
            "owning": owning,
            "partnering": Partnering(owning, settings.trial_days, freezes, settings.default_shop),
            "freezing": freezes,
            "check_again_days": settings.check_again_days,
            "shops": shops,
            "hear_shop": chassis.handler(following.SHOPS, shops_kept),
            "hear_claim": chassis.handler(partner_deciders.COMPLAINTS, complaints),
            "hear_member": chassis.handler(following.MEMBERS, members),
        },
        deadlines=[
            chassis.deadlines(sales, stopping.pass_deadline),
            chassis.deadlines(cases, casing.pass_deadline),
        ],
    )
