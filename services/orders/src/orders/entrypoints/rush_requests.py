"""What customers ask for besides the order, answered ready (R32, R34, R58)."""

from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.handling import Handler
from chassis.http.asking import Asking, Opening, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.listing import Query
from fastapi import APIRouter, Depends, Request
from kernel.action import Action
from kernel.actor import Role
from kernel.duties import DUTIES
from kernel.refused_duty import NotYourDuty

from orders.application.rush_answering import Asked as Wanted
from orders.application.rush_answering import RequestAnswering
from orders.domain import rush_requests as r
from orders.domain.refusals import UnknownOrder
from orders.domain.rush_catalogue import (
    Catalogue,
    CatalogueChange,
    LegalDutyIgnored,
    UnknownRequestKind,
    WriteCatalogue,
)
from orders.entrypoints.commands import OrderId
from orders.entrypoints.rush_policies import OfShop, Reader
from orders.entrypoints.rush_request_models import (
    CatalogueIn,
    CatalogueOut,
    RequestIn,
    RequestOut,
    entry_out,
    request_out,
)

router = APIRouter(tags=["rush"])

ANSWERERS = tuple(sorted({*DUTIES[Action.WORK_ORDER].roles, Role.LOGISTICIAN, Role.COURIER}))
"""Whoever talks with a customer about his order; a courier is asked to change his route (R58)."""
Answerers = Depends(asked_by(*ANSWERERS))


async def answering(request: Request) -> RequestAnswering:
    """The wired use case."""
    return request.app.state.request_answering


async def writing(request: Request) -> Handler[WriteCatalogue, Catalogue, CatalogueChange]:
    """The way into the catalogues."""
    return request.app.state.write_catalogue


async def requests_of(request: Request) -> Listing[r.Request]:
    """Where requests are kept."""
    return request.app.state.order_requests


Answering = Annotated[RequestAnswering, Depends(answering)]
Writes = Annotated[Handler[WriteCatalogue, Catalogue, CatalogueChange], Depends(writing)]
Requests = Annotated[Listing[r.Request], Depends(requests_of)]


@router.get("/requests-catalogue")
async def read_catalogue(actor: Reader, answers: Answering, shop_id: OfShop = "main") -> CatalogueOut:
    """Ready answers, at usual times and in a rush (R58)."""
    del actor
    entries = [entry_out(each) for each in await answers.entries(shop_id)]
    return CatalogueOut(shop_id=shop_id, entries=entries)


@router.put("/requests-catalogue", responses=refusals(NotYourDuty, LegalDutyIgnored))
async def write_catalogue(body: CatalogueIn, asked: Asking, write: Writes) -> ReceiptOut:
    """Write it anew. What the law demands is refused to be answered by a no (R58)."""
    command = WriteCatalogue(body.shop_id, body.in_words(), asked.actor)
    return receipt(await write(command, asked.occasion(body)))


@router.post(
    "/orders/{order_id}/requests",
    status_code=HTTPStatus.CREATED,
    responses=refusals(UnknownOrder, UnknownRequestKind),
    dependencies=[Answerers],
)
async def answer_request(
    order_id: OrderId, body: RequestIn, asked: Opening, answers: Answering
) -> RequestOut:
    """What to say to a request; it is kept with the order and counted (R32, R34, R58)."""
    wanted = Wanted(asked.derived_id("request"), order_id, body.kind, asked.actor, asked.at)
    done = await answers(wanted, asked.occasion(body, story=order_id))
    assert done.state is not None
    return request_out(done.state)


@router.get("/orders/{order_id}/requests", dependencies=[Answerers])
async def list_requests(order_id: OrderId, page: Paging, requests: Requests) -> PageOut[RequestOut]:
    """What was asked for besides this order, and answered, oldest first."""
    found = await requests.page(
        Query(equal={"order_id": order_id}, order="asked_at"), page.limit, page.cursor
    )
    items = [request_out(held.state) for held in found.items if held.state]
    return PageOut(items=items, next=found.next)
