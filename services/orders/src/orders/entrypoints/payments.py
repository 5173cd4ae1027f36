"""Payments of an order over HTTP: recorded once, however often they are told."""

from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Asking, Opening
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Path, Request
from kernel.money import Money
from kernel.refused_duty import NotYourDuty

from orders.application.collecting import Collecting
from orders.domain import money_commands as m
from orders.domain.money_refusals import (
    AcquirerSaidNo,
    MoreThanPaid,
    NoAcquirer,
    NothingDue,
    NotInRoubles,
    OtherCurrency,
    ReferenceUsed,
    UnknownPayment,
)
from orders.domain.refusals import UnknownOrder
from orders.entrypoints.commands import ALWAYS, OrderId, Orders
from orders.entrypoints.money_models import LinkIn, PaymentIn, ReceiptIn, ReturnIn, TermsIn
from orders.entrypoints.money_shown import LinkOut, link_out

router = APIRouter(prefix="/orders", tags=["payments"])
MoneyId = Annotated[str, Path(pattern=r"^[a-z]-[0-9]{1,6}$")]
OF_ANY_ORDER = (UnknownOrder, NotYourDuty)


async def collecting(request: Request) -> Collecting:
    """The wired use case."""
    return request.app.state.collecting


Collects = Annotated[Collecting, Depends(collecting)]


@router.post("/{order_id}/payment-terms", responses=refusals(*ALWAYS))
async def set_terms(order_id: OrderId, body: TermsIn, asked: Asking, orders: Orders) -> ReceiptOut:
    """When the customer pays: before it is shipped, at the door, or a bank for him."""
    clocks = (await orders.situation(order_id)).clocks
    command = m.SetTerms(order_id, body.terms, asked.actor, asked.at, clocks)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/payments", responses=refusals(*OF_ANY_ORDER, OtherCurrency, ReferenceUsed))
async def record_payment(order_id: OrderId, body: PaymentIn, asked: Asking, orders: Orders) -> ReceiptOut:
    """Money came in. For a cancelled order it is owed back at once."""
    command = m.RecordPayment(
        order_id=order_id,
        method=body.method,
        reference=body.reference,
        amount=body.money(),
        paid_at=body.paid_at or asked.at,
        actor=asked.actor,
        at=asked.at,
        receipt=body.receipt.receipt() if body.receipt else None,
    )
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post(
    "/{order_id}/payment-links",
    status_code=HTTPStatus.CREATED,
    responses=refusals(*ALWAYS, NothingDue, OtherCurrency, NotInRoubles, NoAcquirer, AcquirerSaidNo),
)
async def open_link(order_id: OrderId, body: LinkIn, asked: Opening, collecting: Collects) -> LinkOut:
    """A link by which the customer pays what is due. The same key again: the same link; for another order another one, since
    by it the bank's money finds its order.
    """
    amount = Money(body.amount, body.currency) if body.amount else None
    command = m.AskForLink(order_id, asked.derived_id(f"payment:{order_id}"), amount, asked.actor, asked.at)
    done, link = await collecting.open_link(command, asked.occasion(body, story=order_id))
    return link_out(link, done.version)


@router.post("/{order_id}/payments/{payment_id}/receipt", responses=refusals(*OF_ANY_ORDER, UnknownPayment))
async def keep_payment_receipt(
    order_id: OrderId, payment_id: MoneyId, body: ReceiptIn, asked: Asking, orders: Orders
) -> ReceiptOut:
    """Number and link of the register's receipt for a payment (54-FZ)."""
    command = m.KeepReceipt(order_id, payment_id, body.receipt(), asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post(
    "/{order_id}/payments/{payment_id}/return",
    responses=refusals(*OF_ANY_ORDER, UnknownPayment, OtherCurrency, MoreThanPaid),
)
async def record_return(
    order_id: OrderId, payment_id: MoneyId, body: ReturnIn, asked: Asking, orders: Orders
) -> ReceiptOut:
    """So much of a payment was given back in the bank's own cabinet; what is owed back shrinks by it."""
    command = m.RecordReturn(
        order_id, payment_id, body.money(), body.reference, actor=asked.actor, at=asked.at
    )
    return receipt(await orders.handle(command, asked.occasion(body)))
