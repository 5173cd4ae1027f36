"""The lists that people work from, and one order."""

from enum import StrEnum
from typing import Annotated

from chassis.chassis import Listing
from chassis.documents import Listed
from chassis.http.asking import asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Query, Request
from kernel.actor import Actor, Role
from pydantic import BaseModel

from orders.domain.numbering import read_number
from orders.domain.order import Order
from orders.domain.refusals import UnknownOrder
from orders.entrypoints.commands import OrderId
from orders.entrypoints.showing import shown
from orders.entrypoints.shown_models import OrderOut

router = APIRouter(prefix="/orders", tags=["orders"])

STAFF = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.LAWYER, Role.CALL_CENTRE_AGENT}))
"""Outside agents take orders and see no others' (R115)."""
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
Text = Annotated[str | None, Query(max_length=120)]


async def orders_of(request: Request) -> Listing[Order]:
    """Where orders are kept."""
    return request.app.state.orders


Orders = Annotated[Listing[Order], Depends(orders_of)]


class View(StrEnum):
    """Which orders: all that are open, those nobody contacted, those whose customer knows of no promise, overdue ones, those whose delivery failed,
    those that owe money back or word of it, whose refund a second person has to approve, mine, all.
    """

    OPEN = "open"
    UNCONTACTED = "uncontacted"
    WITHOUT_PROMISE = "without_promise"
    OVERDUE = "overdue"
    CAME_BACK = "came_back"
    REFUNDS = "refunds"
    TO_APPROVE = "to_approve"
    MINE = "mine"
    ALL = "all"


class CountOut(BaseModel):
    count: int


async def wanted(  # noqa: PLR0917 - a parameter of the query each
    actor: Reader,
    view: View = View.OPEN,
    responsible: Text = None,
    number: Text = None,
    external_number: Text = None,
    customer_id: Text = None,
) -> Wanted:
    """The query that a list stands for; oldest first, of refunds
    the one due first. A search by number or customer looks at closed orders too.
    """
    flags: dict[View, dict[str, Listed]] = {
        View.OPEN: {"is_open": True},
        View.UNCONTACTED: {"uncontacted": True},
        View.WITHOUT_PROMISE: {"without_promise": True},
        View.OVERDUE: {"overdue": True},
        View.CAME_BACK: {"came_back": True},
        View.REFUNDS: {"refund_owed": True},
        View.TO_APPROVE: {"refund_to_approve": True},
        View.MINE: {"is_open": True, "responsible_id": actor.id},
        View.ALL: {},
    }
    sought: dict[str, Listed] = {
        "number": read_number(number) if number else None,
        "external_number": external_number,
        "customer_id": customer_id,
    }
    named = {name: value for name, value in sought.items() if value is not None}
    equal = named if named and view is View.OPEN else {**flags[view], **named}
    if responsible is not None:
        equal["responsible_id"] = responsible
    by_money = view in (View.REFUNDS, View.TO_APPROVE)
    return Wanted(equal=equal, order="due_at" if by_money else "placed_at")


Sought = Annotated[Wanted, Depends(wanted)]


@router.get("")
async def list_orders(actor: Reader, query: Sought, page: Paging, orders: Orders) -> PageOut[OrderOut]:
    """Orders, oldest first, personal data masked (R23, R31)."""
    found = await orders.page(query, page.limit, page.cursor)
    items = [shown(held.state, actor, whole=False) for held in found.items if held.state]
    return PageOut(items=items, next=found.next)


@router.get(":count")
async def count_orders(query: Sought, orders: Orders) -> CountOut:
    """How many orders a list has."""
    return CountOut(count=await orders.count(query))


@router.get("/{order_id}", responses=refusals(UnknownOrder))
async def read_order(order_id: OrderId, actor: Reader, orders: Orders) -> OrderOut:
    """One order; with the recipient for who needs him for his work."""
    order = (await orders.load(order_id)).state
    if order is None:
        raise UnknownOrder("There is no such order.")
    return shown(order, actor, whole=True)


@router.get("/{order_id}/timeline", responses=refusals(UnknownOrder))
async def read_timeline(order_id: OrderId, actor: Reader, orders: Orders) -> TimelineOut:
    """What happened to the order, by whom, why, and the facts told of it."""
    del actor
    entries = await orders.history(order_id)
    if not entries:
        raise UnknownOrder("There is no such order.")
    return timeline(order_id, entries)
