"""What may be asked of orders over HTTP."""

from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Asking, Opening, asked_by
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Path, Request
from kernel.action import Action
from kernel.duties import DUTIES
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty

from orders.application.ordering import Ordering
from orders.domain import commands as c
from orders.domain.refusals import (
    ApologyIsWritten,
    CustomerWantsNoCalls,
    LapseNotEarned,
    MixedCurrencyOrder,
    NobodyOfThatId,
    NotATestOrder,
    NotMeant,
    OfferOwed,
    OrderCancelledAlready,
    OrderCompletedAlready,
    UnknownOrder,
)
from orders.entrypoints.models import (
    ApologyIn,
    AttemptIn,
    CancellationIn,
    CustomerIn,
    OrderIn,
    PlacedOut,
    ReassignmentIn,
    lines_of,
    recipient_of,
)

router = APIRouter(prefix="/orders", tags=["orders"])
ALWAYS = (UnknownOrder, OrderCancelledAlready, OrderCompletedAlready, NotYourDuty)


async def ordering(request: Request) -> Ordering:
    """The wired use cases."""
    return request.app.state.ordering


Orders = Annotated[Ordering, Depends(ordering)]
OrderId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]
Takers = Depends(asked_by(*sorted(DUTIES[Action.PLACE_ORDER].roles)))


@router.post(
    "", status_code=HTTPStatus.CREATED, responses=refusals(MixedCurrencyOrder), dependencies=[Takers]
)
async def place_order(body: OrderIn, asked: Opening, orders: Orders) -> PlacedOut:
    """Take an order. It is taken whoever else is down; the same key again answers as the first time (R31)."""
    order_id = asked.derived_id("order")
    situation = await orders.situations.of(body.shop_id)
    command = c.PlaceOrder(
        order_id=order_id,
        shop_id=body.shop_id,
        channel=body.channel,
        lines=lines_of(body),
        recipient=recipient_of(body.recipient),
        preference=body.contact_preference,
        actor=asked.actor,
        at=asked.at,
        clocks=situation.clocks,
        team=situation.team,
        external_number=body.external_number,
        is_test=body.is_test,
        gift_wrap=body.gift_wrap,
        language=body.language,
        terms=body.payment,
    )
    done = await orders.place(command, asked.occasion(body, story=order_id))
    assert done.state is not None
    return PlacedOut(order_id=order_id, number=done.state.placing.number, version=done.version)


@router.post("/{order_id}/attempts", responses=refusals(*ALWAYS, CustomerWantsNoCalls))
async def record_attempt(order_id: OrderId, body: AttemptIn, asked: Asking, orders: Orders) -> ReceiptOut:
    """Record an attempt to contact the customer; `reached` stops the contact clock (R20, R26)."""
    clocks = (await orders.situation(order_id)).clocks
    note = Personal(body.note) if body.note else None
    command = c.RecordAttempt(
        order_id, body.channel, body.outcome, note, actor=asked.actor, at=asked.at, clocks=clocks
    )
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/apology", responses=refusals(*ALWAYS, ApologyIsWritten))
async def send_apology(order_id: OrderId, body: ApologyIn, asked: Asking, orders: Orders) -> ReceiptOut:
    """Record that a written apology went out (R25)."""
    command = c.SendApology(order_id, body.channel, asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/cancellation", responses=refusals(*ALWAYS, OfferOwed, NotATestOrder))
async def cancel_order(order_id: OrderId, body: CancellationIn, asked: Asking, orders: Orders) -> ReceiptOut:
    """Cancel, with a reason and whether something else was offered (R27). What was held for it is freed."""
    command = c.CancelOrder(order_id, body.reason, body.offer_made, asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/lapse", responses=refusals(*ALWAYS, LapseNotEarned))
async def lapse_order(order_id: OrderId, asked: Asking, orders: Orders) -> ReceiptOut:
    """Let an order lapse; refused until attempts on several days, an apology and an offer were made (R21)."""
    clocks = (await orders.situation(order_id)).clocks
    command = c.LapseOrder(order_id, asked.actor, asked.at, clocks)
    return receipt(await orders.handle(command, asked.occasion()))


@router.post("/{order_id}/reassignment", responses=refusals(*ALWAYS, NobodyOfThatId))
async def reassign_order(
    order_id: OrderId, body: ReassignmentIn, asked: Asking, orders: Orders
) -> ReceiptOut:
    """Give the order to somebody else (R20)."""
    team = (await orders.situation(order_id, body.to_id)).team
    command = c.ReassignOrder(order_id, body.to_id, body.reason, actor=asked.actor, at=asked.at, team=team)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/customer", responses=refusals(*ALWAYS, NotMeant))
async def choose_customer(order_id: OrderId, body: CustomerIn, asked: Asking, orders: Orders) -> ReceiptOut:
    """It is another's of those who share the number (R97); who answers for him answers for the order, unless a person was chosen."""
    return receipt(await orders.naming.choose(order_id, body.customer_id, asked.occasion(body)))
