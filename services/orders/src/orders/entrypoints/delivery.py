"""Agreeing the delivery over HTTP (R29, R31, R65-R68)."""

from http import HTTPStatus
from typing import Annotated, Any

from chassis.http.asking import Asking
from chassis.http.problems import RETRY_AFTER, problem, refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.peers import PeerDown
from fastapi import APIRouter, Depends, Request

from orders.application.agreeing import Agreeing
from orders.application.wishing import OutsideTerms
from orders.domain.delivery_refusals import (
    CustomerNotContacted,
    NoPromiseYet,
    NotForLogistics,
    OrderChangedMeanwhile,
    PromiseOutsideTerms,
    SupplyNotAllocated,
)
from orders.domain.journey_commands import SeeToDelivery
from orders.domain.refusals import MixedCurrencyOrder
from orders.entrypoints.commands import ALWAYS, OrderId, Orders
from orders.entrypoints.delivery_models import DeliveryIn, ToldIn
from orders.entrypoints.promise_models import (
    AgreedOut,
    CheckOut,
    caution_out,
    checked,
    option_out,
    promise_out,
)

router = APIRouter(prefix="/orders", tags=["delivery"])
MAY = refusals(*ALWAYS, CustomerNotContacted, SupplyNotAllocated, NotForLogistics)
DOWN = "Logistics does not answer. Nothing was promised, reserved or changed; try again, with the same key if you gave one."


async def agreeing(request: Request) -> Agreeing:
    """The wired use case."""
    return request.app.state.agreeing


Agrees = Annotated[Agreeing, Depends(agreeing)]


@router.post("/{order_id}/delivery:check", response_model=CheckOut, responses=MAY)
async def check_delivery(
    order_id: OrderId, body: DeliveryIn, request: Request, asked: Asking, agreeing: Agrees
) -> Any:
    """Whether this could be promised, and what comes nearest to it. Reserves nothing, changes nothing (R65, R67)."""
    try:
        return checked(await agreeing.check(order_id, body.wish(), asked.actor, asked.occasion()))
    except PeerDown:
        return _down(request)


@router.post(
    "/{order_id}/delivery",
    response_model=AgreedOut,
    responses={**MAY, **refusals(*ALWAYS, PromiseOutsideTerms, OrderChangedMeanwhile, MixedCurrencyOrder)},
)
async def agree_delivery(
    order_id: OrderId, body: DeliveryIn, request: Request, asked: Asking, agreeing: Agrees
) -> Any:
    """Promise it: only what the carriers' terms allow, and only once its capacity is reserved (R29, R65). Asked again with
    another wish it replaces the promise. Outside the terms it is refused, with what can be kept instead in `options`.
    """
    try:
        done, cautions = await agreeing.agree(
            order_id, body.wish(), asked.actor, asked.occasion(body, story=order_id)
        )
    except PeerDown:
        return _down(request)
    except OutsideTerms as no:
        return _outside(request, no)
    promise = promise_out(done.state) if done.state else None
    warnings = [caution_out(each) for each in cautions]
    return AgreedOut(**receipt(done).model_dump(), promise=promise, warnings=warnings)


@router.post("/{order_id}/delivery/told", responses=refusals(*ALWAYS, NoPromiseYet))
async def tell_promise(order_id: OrderId, body: ToldIn, asked: Asking, agreeing: Agrees) -> ReceiptOut:
    """The customer was told exactly when his order comes, by this channel (R31)."""
    done = await agreeing.tell(order_id, body.channel, asked.actor, asked.occasion(body, story=order_id))
    return receipt(done)


@router.post("/{order_id}/delivery/seen-to", responses=refusals(*ALWAYS))
async def see_to_delivery(order_id: OrderId, asked: Asking, orders: Orders) -> ReceiptOut:
    """The next attempt after a failed one is prepared. What has failed for good ends by another agreement, or a cancellation."""
    command = SeeToDelivery(order_id, asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion()))


def _down(request: Request) -> Any:
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "logistics-down", DOWN, headers=RETRY_AFTER)


def _outside(request: Request, no: OutsideTerms) -> Any:
    more = {
        "rule": no.rule,
        **no.about,
        "words": {"ru": no.words.ru, "en": no.words.en},
        "options": [option_out(each).model_dump(mode="json") for each in no.options],
    }
    return problem(request, HTTPStatus.CONFLICT, "promise-outside-terms", no.detail, more=more)
