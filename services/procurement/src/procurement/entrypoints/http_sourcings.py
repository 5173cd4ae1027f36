"""Sourcing many orders at once, over HTTP: the best answer beside the greedy one, why, and a buyer's yes (R41, R42)."""

from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.action import Action
from kernel.refused_duty import NotYourDuty

from procurement.application.sourcing_orders import SourcingOrders
from procurement.domain.purchase_refusals import NothingToSource, SourcingIsOld, UnknownSourcing
from procurement.domain.sourcing import Sourcing, Stage
from procurement.entrypoints.sourcing_models import (
    SourcingIn,
    SourcingOut,
    SourcingWithPicksOut,
    sourcing_out,
    with_picks,
)
from procurement.entrypoints.wired import Reader, duty, reached

router = APIRouter(prefix="/sourcings", tags=["sourcings"])

SourcingsKept = Annotated[Listing[Sourcing], reached("sourcings")]
Sources = Annotated[SourcingOrders, reached("sourcing_orders")]
BUYS = duty(Action.BUY)


@router.post(
    "", status_code=HTTPStatus.CREATED, dependencies=[BUYS], responses=refusals(NothingToSource, NotYourDuty)
)
async def source_orders(body: SourcingIn, asked: Opening, sources: Sources) -> ReceiptOut:
    """Find the best suppliers for all that waits to be bought, and for these wishes. It changes nothing yet."""
    sourcing_id = asked.derived_id("sourcing")
    return receipt(await sources.propose(sourcing_id, body.wished(), asked.actor, asked.occasion(body)))


@router.get("", dependencies=[BUYS])
async def list_sourcings(
    kept: SourcingsKept, page: Paging, stage: Stage | None = None
) -> PageOut[SourcingOut]:
    """Sourcings, the newest first."""
    query = Query({"stage": stage.value} if stage else {}, order="made_at", descending=True)
    found = await kept.page(query, page.limit, page.cursor)
    items = [sourcing_out(each.state) for each in found.items if each.state]
    return PageOut(items=items, next=found.next)


@router.get("/{sourcing_id}", dependencies=[BUYS], responses=refusals(UnknownSourcing))
async def show_sourcing(sourcing_id: Id, kept: SourcingsKept) -> SourcingWithPicksOut:
    """One sourcing: for each line, why this supplier, and what the next best would have cost."""
    now = (await kept.load(sourcing_id)).state
    if now is None:
        raise UnknownSourcing("There is no such sourcing.")
    return with_picks(now)


@router.post("/{sourcing_id}/taking", responses=refusals(UnknownSourcing, SourcingIsOld, NotYourDuty))
async def take_sourcing(sourcing_id: Id, asked: Asking, sources: Sources) -> ReceiptOut:
    """Carry it out: orders' pieces are held at the better offers, and wishes go into the suppliers' drafts."""
    return receipt(await sources.take(sourcing_id, asked.actor, asked.occasion()))


@router.get("/{sourcing_id}/timeline", responses=refusals(UnknownSourcing))
async def show_sourcing_timeline(_: Reader, sourcing_id: Id, kept: SourcingsKept) -> TimelineOut:
    """What happened to a sourcing."""
    entries = await kept.history(sourcing_id)
    if not entries:
        raise UnknownSourcing("There is no such sourcing.")
    return timeline(sourcing_id, entries)
