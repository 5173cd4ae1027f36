"""The rush side of orders, put together: rushes, policies, ready answers, errands, figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.deadlines import DeadlineWorker
from fastapi import APIRouter
from kernel.shop import Shop

from orders.adapters.rush_categories import ProcurementCategories
from orders.adapters.rush_documents import CATALOGUES, ERRANDS, REQUESTS
from orders.application import rush_answering, rush_helping
from orders.application.rush_answering import RequestAnswering
from orders.application.rush_helping import Helping
from orders.application.rush_phoning import Phoning
from orders.application.rush_queueing import Categories, RushQueue
from orders.application.rush_reckoning import Reckoning
from orders.application.rushing import RUSH, Rushing
from orders.application.working_time import Situations
from orders.domain.order import Order
from orders.domain.rush import RushBook
from orders.entrypoints import rush, rush_errands, rush_policies, rush_reports, rush_requests

ROUTERS = (rush_reports.router, rush.router, rush_policies.router, rush_requests.router, rush_errands.router)


@dataclass(frozen=True, slots=True)
class RushParts:
    """What the composition root takes from here."""

    wired: Mapping[str, Any]
    deadlines: tuple[DeadlineWorker, ...]
    routers: tuple[APIRouter, ...] = ROUTERS


def rush_parts(
    chassis: Chassis,
    orders: Listing[Order],
    shops: Listing[Shop],
    books: Listing[RushBook],
    situations: Situations,
) -> RushParts:
    """The rush side, wired."""
    errands = chassis.store(ERRANDS)
    catalogues, requests = chassis.store(CATALOGUES), chassis.store(REQUESTS)
    rushing = Rushing(chassis.handler(RUSH, books), books, situations)
    helping = Helping(chassis.handler(rush_helping.ERRANDS, errands), errands, orders, rushing)
    answer = chassis.handler(rush_answering.REQUESTS, requests)
    categories = Categories(ProcurementCategories(chassis.peers.of("procurement")))
    return RushParts(
        wired={
            "rushing": rushing,
            "phoning": Phoning(shops, rushing),
            "request_answering": RequestAnswering(answer, catalogues, orders, rushing),
            "write_catalogue": chassis.handler(rush_answering.CATALOGUES, catalogues),
            "order_requests": requests,
            "helping": helping,
            "errands": errands,
            "reckoning": Reckoning(orders, requests, rushing),
            "rush_queue": RushQueue(orders, rushing, categories),
        },
        deadlines=(
            chassis.deadlines(books, rushing.on_deadline),
            chassis.deadlines(errands, helping.on_deadline),
        ),
    )
