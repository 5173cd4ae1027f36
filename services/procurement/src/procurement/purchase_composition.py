"""The part of the composition that buys: purchases, the money of their days, sourcings of many orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.deadlines import DeadlineWorker, OnDeadline
from fastapi import APIRouter

from procurement.adapters import purchase_documents as documents
from procurement.adapters.highs import Highs
from procurement.adapters.purchase_sheets import as_csv, as_text, as_xlsx
from procurement.application import purchase_deciders as deciders
from procurement.application.allocating import Allocating
from procurement.application.binding import Binding
from procurement.application.candidates import Sourcing
from procurement.application.delivering import Delivering
from procurement.application.demanding import Demanding
from procurement.application.gathering import Gathering
from procurement.application.purchase_deadlines import PurchaseDeadlines
from procurement.application.purchasing import Purchasing
from procurement.application.sourcing_orders import SourcingOrders
from procurement.application.taking_proposals import TakingProposals
from procurement.application.tendering import Tendering
from procurement.domain.allocation import Allocation
from procurement.entrypoints import http_purchase_days, http_purchases, http_receipts, http_sourcings
from procurement.partners import Partners
from procurement.settings import ProcurementSettings


@dataclass(frozen=True, slots=True)
class Needed:
    """What buying needs of the rest."""

    allocations: Listing[Allocation]
    allocating: Allocating
    sourcing: Sourcing
    partners: Partners


@dataclass(frozen=True, slots=True)
class BuyingParts:
    """As `Parts` of the chassis; `on_allocation` takes the deadlines of orders' supply."""

    routers: Sequence[APIRouter]
    wired: dict[str, Any]
    deadlines: Sequence[DeadlineWorker]
    on_allocation: OnDeadline


def compose_buying(chassis: Chassis, settings: ProcurementSettings, needed: Needed) -> BuyingParts:
    """All of it, wired."""
    kept, sourcings = chassis.store(documents.PURCHASES), chassis.store(documents.SOURCINGS)
    budgets_kept = chassis.store(documents.BUDGETS)
    to_purchases = chassis.handler(deciders.PURCHASES, kept)
    budgets = chassis.handler(deciders.BUDGETS, budgets_kept)
    to_sourcings = chassis.handler(deciders.SOURCINGS, sourcings)
    shops, allocating, sourcing = needed.partners.shops, needed.allocating, needed.sourcing
    gathering = Gathering(to_purchases, kept, sourcing.suppliers, shops, allocating, settings.remind_before)
    demanding = Demanding(needed.allocations, sourcing.offers)
    binding = Binding(to_purchases, allocating, budgets, settings.purchase_day_limit, chassis.clock)
    purchasing = Purchasing(gathering, demanding, binding, settings.approve_above)
    delivering = Delivering(to_purchases, allocating, needed.partners.casing, shops, chassis.clock)
    due = PurchaseDeadlines(purchasing, delivering)
    sourcing_orders = SourcingOrders(
        sourcings,
        to_sourcings,
        Tendering(demanding, sourcing, needed.partners.scoring, settings.weighing),
        TakingProposals(to_sourcings, allocating, gathering, chassis.clock),
        budgets,
        shops,
        Highs(settings.sourcing_seconds),
        settings.purchase_day_limit,
    )
    return BuyingParts(
        routers=[
            http_purchase_days.router,
            http_purchases.router,
            http_receipts.router,
            http_sourcings.router,
        ],
        wired={
            "purchases": kept,
            "purchasing": purchasing,
            "purchase_sheets": {"csv": as_csv, "xlsx": as_xlsx, "text": as_text},
            "delivering": delivering,
            "sourcings": sourcings,
            "sourcing_orders": sourcing_orders,
            "budgets": budgets_kept,
            "day_limit": settings.purchase_day_limit,
        },
        deadlines=[
            chassis.deadlines(kept, due.pass_deadline),
            chassis.deadlines(sourcings, sourcing_orders.pass_deadline),
        ],
        on_allocation=gathering.pass_allocation_deadline,
    )
