"""Favours that were promised, and the director asked to join: each with an owner and a due time (R16, R32)."""

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.documents import Listed
from chassis.http.asking import Asking, Opening, asked_by
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Sought
from fastapi import APIRouter, Depends, Query, Request
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES
from kernel.refused_duty import NotYourDuty
from pydantic import AwareDatetime, BaseModel, Field

from orders.application.rush_helping import Helping, Wanted
from orders.domain.refusals import OrderCancelledAlready, UnknownOrder
from orders.domain.rush_errands import (
    DueOutOfSight,
    Errand,
    FinishErrand,
    NoExtrasInRush,
    UnknownErrand,
)
from orders.entrypoints.commands import OrderId
from orders.entrypoints.models import Asked, Code
from orders.entrypoints.rush import STAFF

router = APIRouter(tags=["rush"])

Worker = Depends(asked_by(*sorted(DUTIES[Action.WORK_ORDER].roles)))
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]


class View(StrEnum):
    """Errands that are open, overdue, or mine to do."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    ALL = "all"


class FavourIn(Asked):
    kind: Code = Field(examples=["weigh_it"])
    due_at: AwareDatetime = Field(description="By when the customer may count on it.")


class HelpIn(Asked):
    kind: Code = "important_customer"


class ErrandOut(BaseModel):
    errand_id: str
    order_id: str
    shop_id: str
    sort: str
    kind: str
    owner_id: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    overdue: bool
    done_at: datetime | None
    done_by: str | None


async def helping(request: Request) -> Helping:
    """The wired use case."""
    return request.app.state.helping


async def errands_of(request: Request) -> Listing[Errand]:
    """Where errands are kept."""
    return request.app.state.errands


Helps = Annotated[Helping, Depends(helping)]
Errands = Annotated[Listing[Errand], Depends(errands_of)]


@router.post(
    "/orders/{order_id}/favours",
    status_code=HTTPStatus.CREATED,
    responses=refusals(UnknownOrder, OrderCancelledAlready, NoExtrasInRush, DueOutOfSight),
    dependencies=[Worker],
)
async def promise_favour(order_id: OrderId, body: FavourIn, asked: Opening, helps: Helps) -> ErrandOut:
    """Promise something extra: a task of whoever answers for the order. In a rush it is refused, with polite words (R32)."""
    wanted = Wanted(
        asked.derived_id("favour"), order_id, body.kind, asked.actor, asked.at, due_at=body.due_at
    )
    done = await helps.promise(wanted, asked.occasion(body, story=order_id))
    assert done.state is not None
    return _out(done.state)


@router.post(
    "/orders/{order_id}/help",
    status_code=HTTPStatus.CREATED,
    responses=refusals(UnknownOrder, OrderCancelledAlready),
    dependencies=[Worker],
)
async def ask_director(order_id: OrderId, body: HelpIn, asked: Opening, helps: Helps) -> ErrandOut:
    """Ask the director to join; he finds it in `GET /errands?view=mine`, to be answered in two working hours (R16)."""
    wanted = Wanted(asked.derived_id("help"), order_id, body.kind, asked.actor, asked.at)
    done = await helps.ask_director(wanted, asked.occasion(body, story=order_id))
    assert done.state is not None
    return _out(done.state)


@router.get("/errands")
async def list_errands(
    actor: Reader,
    page: Paging,
    errands: Errands,
    view: View = View.OPEN,
    order_id: Annotated[Id | None, Query()] = None,
) -> PageOut[ErrandOut]:
    """Errands, by when they are due."""
    asked: dict[View, dict[str, Listed]] = {
        View.OPEN: {"open": True},
        View.OVERDUE: {"overdue": True},
        View.MINE: {"open": True, "owner_id": actor.id},
        View.ALL: {},
    }
    equal = {**asked[view], **({"order_id": order_id} if order_id else {})}
    found = await errands.page(Sought(equal=equal, order="due_at"), page.limit, page.cursor)
    return PageOut(items=[_out(held.state) for held in found.items if held.state], next=found.next)


@router.post("/errands/{errand_id}/done", responses=refusals(UnknownErrand, NotYourDuty))
async def finish_errand(errand_id: OrderId, asked: Asking, helps: Helps) -> ReceiptOut:
    """It is done, says whose it is, or the owner."""
    command = FinishErrand(errand_id, asked.actor, asked.at)
    return receipt(await helps.handle(command, asked.occasion()))


@router.get("/errands/{errand_id}/timeline", responses=refusals(UnknownErrand))
async def read_timeline(errand_id: OrderId, actor: Reader, errands: Errands) -> TimelineOut:
    """What happened to it."""
    del actor
    entries = await errands.history(errand_id)
    if not entries:
        raise UnknownErrand("There is no such errand.")
    return timeline(errand_id, entries)


def _out(errand: Errand) -> ErrandOut:
    return ErrandOut(
        errand_id=errand.errand_id,
        order_id=errand.order_id,
        shop_id=errand.shop_id,
        sort=errand.sort,
        kind=errand.kind,
        owner_id=errand.owner_id,
        asked_by=errand.asked_by,
        asked_at=errand.asked_at,
        due_at=errand.due_at,
        overdue=errand.overdue and errand.done_at is None,
        done_at=errand.done_at,
        done_by=errand.done_by,
    )
