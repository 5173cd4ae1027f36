"""How the rushes of shops, ready answers and what was asked besides the order lie in MongoDB."""

from chassis.documents import Documents, Listed
from pydantic import TypeAdapter

from orders.domain.order import Cancelled, Order
from orders.domain.rush import RushBook
from orders.domain.rush_catalogue import Catalogue
from orders.domain.rush_errands import Errand
from orders.domain.rush_requests import Request


def reckoned(order: Order) -> dict[str, Listed]:
    """By what an order is counted in the figures of its shop; a test order is in none of them (R14, R27, R31, R47)."""
    if order.placing.is_test:
        return {}
    told = order.delivery.promise.told_at if order.delivery.promise else None
    return {
        "taken_at": order.placing.placed_at,
        "processed_at": told,
        "lost_at": order.cancelled_at if isinstance(order, Cancelled) else None,
    }


RECKONED = tuple(("shop_id", when) for when in ("taken_at", "processed_at", "lost_at"))
"""Indexes of the figures."""

RUSHES: Documents[RushBook] = Documents(
    collection="rushes",
    states=TypeAdapter(RushBook),
    schema=1,
    listed=lambda book: {"is_on": book.rush is not None},
    sealed=("rush.unlocks.*.reason", "past.*.rush.unlocks.*.reason"),
)

CATALOGUES: Documents[Catalogue] = Documents(
    collection="request_catalogues", states=TypeAdapter(Catalogue), schema=1, listed=lambda _: {}
)

REQUESTS: Documents[Request] = Documents(
    collection="order_requests",
    states=TypeAdapter(Request),
    schema=1,
    listed=lambda request: {
        "order_id": request.order_id,
        "shop_id": request.shop_id,
        "asked_at": request.at,
    },
    indexes=(("order_id", "asked_at"), ("shop_id", "asked_at")),
)

ERRANDS: Documents[Errand] = Documents(
    collection="errands",
    states=TypeAdapter(Errand),
    schema=1,
    listed=lambda errand: {
        "order_id": errand.order_id,
        "shop_id": errand.shop_id,
        "owner_id": errand.owner_id,
        "sort": errand.sort.value,
        "open": errand.done_at is None,
        "overdue": errand.overdue and errand.done_at is None,
        "due_at": errand.due_at,
    },
    indexes=(
        ("order_id", "due_at"),
        ("owner_id", "open", "due_at"),
        ("open", "due_at"),
        ("due_at",),
        ("overdue", "due_at"),
    ),
)
