"""Figures of a shop: capacity, lost orders in money, requests; and the queue of a rush (R27, R47, R114, R119)."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, TypeVar

from chassis.http.asking import Now, asked_by
from chassis.http.fields import Id
from chassis.http.paging import PageAsked, PageOut, Paging
from chassis.listing import BadCursor, cursor, read_cursor
from fastapi import APIRouter, Depends, Query, Request
from kernel.actor import Actor, Role
from pydantic import BaseModel, Field, model_validator

from orders.application.rush_queueing import LOOKED_AT, RushQueue
from orders.application.rush_reckoning import Days, Reckoning
from orders.domain.rush_priority import exceeds
from orders.entrypoints.queries import STAFF
from orders.entrypoints.rush import ShopId
from orders.entrypoints.rush_figures import (
    CountedOut,
    LossOut,
    MeterOut,
    QueueOut,
    counted_out,
    flow_out,
    loss_out,
)
from orders.entrypoints.rush_policies import OfShop
from orders.entrypoints.showing import shown

router = APIRouter(tags=["figures"])

HEADS = (Role.OWNER, Role.SERVICE_OWNER, Role.TOP_MANAGEMENT)
Heads = Depends(asked_by(*HEADS))
Planners = Depends(asked_by(*HEADS, Role.BUYER, Role.LOGISTICIAN))
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
LONGEST = timedelta(days=92)
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
T = TypeVar("T")


class SpanAsked(BaseModel):
    """Days of the shop, both counted in; a quarter at most."""

    shop_id: Id = "main"
    first: date = Field(alias="from", ge=EARLIEST, le=LATEST)
    to: date = Field(ge=EARLIEST, le=LATEST)

    @model_validator(mode="after")
    def a_quarter_at_most(self) -> "SpanAsked":
        """Not backwards, and not too much at once."""
        if not timedelta() <= self.to - self.first < LONGEST:
            raise ValueError("from one day to 92")
        return self


async def span(asked: Annotated[SpanAsked, Query()]) -> SpanAsked:
    """The days that a report is asked for."""
    return asked


async def reckoning(request: Request) -> Reckoning:
    """The wired use case."""
    return request.app.state.reckoning


async def rush_queue(request: Request) -> RushQueue:
    """The wired use case."""
    return request.app.state.rush_queue


Span = Annotated[SpanAsked, Depends(span)]
Figures = Annotated[Reckoning, Depends(reckoning)]


class Grain(StrEnum):
    """Counted by day, or by hour of the day over all days."""

    DAY = "day"
    HOUR = "hour"


@router.get("/capacity-meter", dependencies=[Planners])
async def read_meter(
    at: Now,
    figures: Figures,
    shop_id: OfShop = "main",
    days: Annotated[int, Query(ge=1, le=92, description="Up to today.")] = 14,
) -> MeterOut:
    """Orders in versus orders processed, day by day of the shop; processed is told when it comes (R31, R47)."""
    flow = await figures.flow(shop_id, await figures.until(shop_id, at, days))
    taken, processed = sum(each.taken for each in flow), sum(each.processed for each in flow)
    return MeterOut(
        shop_id=shop_id,
        taken=taken,
        processed=processed,
        waiting=await figures.waiting(shop_id),
        exceeded=exceeds(taken, processed),
        days=[flow_out(each) for each in flow],
    )


@router.get("/reports/lost-orders", dependencies=[Heads])
async def lost_orders(asked: Span, page: Paging, figures: Figures) -> PageOut[LossOut]:
    """Lost orders in money, by reason and by who answered for them, the dearest first; no test orders (R27, R119)."""
    found = await figures.lost(asked.shop_id, await _days(asked, figures))
    rows, following = _page(found, page)
    return PageOut(items=[loss_out(each) for each in rows], next=following)


@router.get("/reports/requests", dependencies=[Heads])
async def requests_asked(
    asked: Span, page: Paging, figures: Figures, by: Grain = Grain.DAY
) -> PageOut[CountedOut]:
    """What customers asked for besides their orders, by kind and time, and how it was answered (R58, R114)."""
    days = await _days(asked, figures)
    found = await figures.asked(asked.shop_id, days, by_hour=by is Grain.HOUR)
    rows, following = _page(found, page)
    return PageOut(items=[counted_out(each) for each in rows], next=following)


@router.get("/rushes/{shop_id}/queue")
async def read_queue(
    shop_id: ShopId,
    actor: Reader,
    queue: Annotated[RushQueue, Depends(rush_queue)],
    limit: Annotated[int, Query(ge=1, le=LOOKED_AT)] = 50,
) -> QueueOut:
    """Orders that wait for their promise: in a rush the most profitable line of business first (R47)."""
    orders, by_profit = await queue.of(shop_id)
    return QueueOut(by_profit=by_profit, items=[shown(each, actor, whole=False) for each in orders[:limit]])


async def _days(asked: SpanAsked, figures: Reckoning) -> Days:
    return await figures.days(asked.shop_id, asked.first, asked.to)


def _page(rows: Sequence[T], page: PageAsked) -> tuple[Sequence[T], str | None]:
    """Rows of a report are few and made anew for each page; the cursor is the place in it."""
    place = 0
    if page.cursor:
        place, kind = read_cursor(page.cursor)
        if kind != "row" or not isinstance(place, int) or place < 0:
            raise BadCursor("This cursor was not given by this list.")
    end = place + page.limit
    return rows[place:end], cursor(end, "row") if end < len(rows) else None
