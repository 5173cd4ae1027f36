"""Substitutes over HTTP: which there are, offering them, and the customer's answer as a person heard it (R25, R30)."""

from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.problems import RETRY_AFTER, refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.peers import PeerDown
from fastapi import APIRouter, Depends, Query, Request
from kernel.refused_duty import NotYourDuty
from starlette.exceptions import HTTPException

from orders.application.substituting import Substituting
from orders.domain import commands as c
from orders.domain.goods_refusals import (
    NotInTheOffer,
    OfferAnsweredAlready,
    OfferExpiredAlready,
    OfferOutOfSight,
    OfferWithdrawn,
    SaleClosed,
    SameProduct,
    UnknownLine,
    UnknownOffer,
)
from orders.domain.refusals import MixedCurrencyOrder, OrderCancelledAlready, UnknownOrder
from orders.entrypoints.commands import ALWAYS, OrderId, Orders
from orders.entrypoints.offer_models import AnswerIn, OfferIn, OffersOut, SubstitutesOut, ranked_out
from orders.entrypoints.offer_showing import offers_of
from orders.entrypoints.queries import Orders as Kept
from orders.entrypoints.queries import Reader

router = APIRouter(prefix="/orders", tags=["offers"])


async def substituting_of(request: Request) -> Substituting:
    """The wired use case."""
    return request.app.state.substituting


Substitutes = Annotated[Substituting, Depends(substituting_of)]
LineNo = Annotated[int, Query(ge=1)]


@router.get("/{order_id}/substitutes", responses=refusals(UnknownOrder, UnknownLine, OrderCancelledAlready))
async def list_substitutes(
    order_id: OrderId, line_no: LineNo, actor: Reader, substitutes: Substitutes
) -> SubstitutesOut:
    """What may be offered instead of a line, the best first, each with why (R25). Nothing is offered by asking."""
    del actor
    try:
        line, found = await substitutes.ranked(order_id, line_no)
    except PeerDown as down:
        text = "Procurement, which knows what there is, does not answer. Ask again in a moment, or offer by hand."
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, text, RETRY_AFTER) from down
    return SubstitutesOut(
        line_no=line.line_no,
        missing_product_id=line.product_id,
        missing_title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price.minor,
        currency=line.unit_price.currency,
        items=[ranked_out(each) for each in found],
    )


@router.post(
    "/{order_id}/offer",
    responses=refusals(*ALWAYS, UnknownLine, SameProduct, SaleClosed, MixedCurrencyOrder, OfferOutOfSight),
)
async def offer_substitute(
    order_id: OrderId, body: OfferIn, asked: Asking, orders: Orders, substitutes: Substitutes
) -> ReceiptOut:
    """Offer something instead (R25). With `line_no` the customer can answer it; the same again while it waits offers
    nothing anew.
    """
    wanted, why = body.wanted(), asked.occasion(body)
    if wanted is not None:
        return receipt(await substitutes.offer(order_id, wanted, asked.actor, why))
    command = c.OfferSubstitute(order_id, tuple(body.product_ids), body.expires_at, asked.actor, asked.at)
    return receipt(await orders.handle(command, why))


@router.get("/{order_id}/offers", responses=refusals(UnknownOrder, NotYourDuty))
async def list_offers(
    order_id: OrderId, asked: Asking, actor: Reader, orders: Kept, substitutes: Substitutes
) -> OffersOut:
    """What was offered and what came of it, the newest first; with the link while it can be answered."""
    del actor
    order = (await orders.load(order_id)).state
    if order is None:
        raise UnknownOrder("There is no such order.")
    return OffersOut(items=offers_of(order, substitutes, asked.at))


@router.post(
    "/{order_id}/answer",
    responses=refusals(
        *ALWAYS, UnknownOffer, NotInTheOffer, OfferAnsweredAlready, OfferExpiredAlready, OfferWithdrawn
    ),
)
async def answer_offer(
    order_id: OrderId, body: AnswerIn, asked: Asking, substitutes: Substitutes
) -> ReceiptOut:
    """The customer's yes or no, as a person heard it, and by which channel; an offer has one answer (R30). A yes replaces
    the line, and procurement looks for the new goods.
    """
    done = await substitutes.answer(
        order_id,
        body.offer_no,
        body.answer,
        body.product_id,
        body.channel,
        asked.actor,
        asked.occasion(body),
    )
    return receipt(done)
