"""Sales stops over HTTP: what is off sale, what might be, closing and reopening (R46)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Opening
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.action import Action
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from procurement.application.proposing_stops import ProposingStops
from procurement.application.stopping import Stopping
from procurement.domain.refusals import NeverClosed, ReopensTooLate, UnknownProduct
from procurement.domain.sale import Reason, Sale
from procurement.entrypoints.http_offers import ProductId
from procurement.entrypoints.wired import Asker, duty, reached

router = APIRouter(prefix="/sales-stops", tags=["sales stops"])

Stops = Annotated[Stopping, reached("stopping")]
Proposing = Annotated[ProposingStops, reached("proposing_stops")]
SalesKept = Annotated[Listing[Sale], reached("sales")]


class StopIn(BaseModel):
    """Which sale is closed, why, and until when."""

    product_id: ProductId
    reason: Reason = Reason.BY_HAND
    reopens_on: date = Field(description="The day of the shop on which it is sold again.")


class StopOut(BaseModel):
    """Whether a product is on sale."""

    product_id: str
    closed: bool
    reason: str | None
    closed_at: datetime | None
    reopens_on: date | None
    by: str


class ProposalOut(BaseModel):
    """A product whose sale might be closed."""

    product_id: str
    title: str
    reasons: list[str]
    figures: Mapping[str, int] = Field(
        description="`margin` in hundredths of the price, pieces `left`, `lead_days`, `claims`."
    )


@router.post("", responses=refusals(UnknownProduct, ReopensTooLate, NotYourDuty))
async def close_sale(body: StopIn, asked: Opening, stops: Stops) -> ReceiptOut:
    """Close the sale of a product until a day, or change the reason or the day."""
    occasion = asked.occasion(body)
    return receipt(await stops.close(body.product_id, body.reason, body.reopens_on, asked.actor, occasion))


@router.get("")
async def list_stops(
    _: Asker, sales: SalesKept, page: Paging, reason: Reason | None = None
) -> PageOut[StopOut]:
    """What is not on sale, the next to be reopened first."""
    equal = {"closed": True, **({"reason": reason.value} if reason else {})}
    found = await sales.page(Query(equal, order="reopens_at"), page.limit, page.cursor)
    return PageOut(items=[_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/proposals", dependencies=[duty(Action.STOP_SALE)])
async def list_proposals(
    asked: Asking, proposing: Proposing, page: Paging, criterion: Reason = Reason.LOW_MARGIN
) -> PageOut[ProposalOut]:
    """Products that meet a criterion, by the thresholds of the settings. A page may be short, or empty, and still have
    a next one: so many offers were looked at.
    """
    found = await proposing.page(criterion, page.limit, page.cursor, asked.at)
    items = [
        ProposalOut(
            product_id=each.card.product_id,
            title=each.card.title,
            reasons=[reason.value for reason in each.reasons],
            figures=dict(each.figures),
        )
        for each in found.items
    ]
    return PageOut(items=items, next=found.next)


@router.get("/{product_id}", responses=refusals(NeverClosed))
async def show_stop(_: Asker, product_id: ProductId, sales: SalesKept) -> StopOut:
    """Whether a product, whose sale was closed at some time, is on sale."""
    state = (await sales.load(product_id)).state
    if state is None:
        raise NeverClosed("The sale of this product was never closed.")
    return _out(state)


@router.delete("/{product_id}", responses=refusals(UnknownProduct, NotYourDuty))
async def reopen_sale(product_id: ProductId, asked: Asking, stops: Stops) -> ReceiptOut:
    """Sell the product again, before its day."""
    return receipt(await stops.reopen(product_id, asked.actor, asked.occasion()))


@router.get("/{product_id}/timeline", responses=refusals(NeverClosed))
async def show_stop_timeline(_: Asker, product_id: ProductId, sales: SalesKept) -> TimelineOut:
    """When its sale was closed and reopened, by whom."""
    entries = await sales.history(product_id)
    if not entries:
        raise NeverClosed("The sale of this product was never closed.")
    return timeline(product_id, entries)


def _out(sale: Sale) -> StopOut:
    closure = sale.closure
    return StopOut(
        product_id=sale.product_id,
        closed=closure is not None,
        reason=closure and closure.reason.value,
        closed_at=closure and closure.closed_at,
        reopens_on=closure and closure.reopens_on,
        by=sale.changed_by,
    )
