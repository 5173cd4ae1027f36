"""Giving money back over HTTP: owed by law, above the limit never by one person, and never twice (R80)."""

from chassis.http.asking import Asking, Opening
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter

from orders.domain import money_commands as m
from orders.domain.ledger import Method
from orders.domain.money_refusals import (
    ApprovesHimself,
    MoreThanPaid,
    NeedsApproval,
    NotOwedAnyMore,
    NotThroughAcquirer,
    OtherCurrency,
    OwedByLaw,
    PayoutUnderWay,
    StillDue,
    UnknownPayment,
)
from orders.entrypoints.commands import OrderId, Orders
from orders.entrypoints.money_models import PayoutIn, ReceiptIn, SumIn
from orders.entrypoints.payments import OF_ANY_ORDER, MoneyId

router = APIRouter(prefix="/orders", tags=["refunds"])
OF_A_REFUND = (*OF_ANY_ORDER, UnknownPayment, ApprovesHimself)


@router.post("/{order_id}/goodwill", responses=refusals(*OF_ANY_ORDER, StillDue, MoreThanPaid, OtherCurrency))
async def grant_goodwill(order_id: OrderId, body: SumIn, asked: Opening, orders: Orders) -> ReceiptOut:
    """Let the customer off so much of what he paid; it becomes a refund, above the limit for a second person (R55, R80).
    Needs `Idempotency-Key`: so much more each time, and a second click is no second wish.
    """
    command = m.GrantGoodwill(order_id, body.money(), asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/refunds/{refund_id}/approval", responses=refusals(*OF_A_REFUND))
async def approve_refund(order_id: OrderId, refund_id: MoneyId, asked: Asking, orders: Orders) -> ReceiptOut:
    """The second person's yes. Whoever asked for the refund does not approve it; an attempt is written down (R80)."""
    command = m.ApproveRefund(order_id, refund_id, asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion()))


@router.post(
    "/{order_id}/refunds/{refund_id}/refusal", responses=refusals(*OF_A_REFUND, OwedByLaw, PayoutUnderWay)
)
async def refuse_goodwill(order_id: OrderId, refund_id: MoneyId, asked: Asking, orders: Orders) -> ReceiptOut:
    """The second person says no to goodwill, or whoever asked for it takes it back. What the law demands is not refused."""
    command = m.RefuseGoodwill(order_id, refund_id, asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion()))


@router.post(
    "/{order_id}/refunds/{refund_id}/payout",
    responses=refusals(*OF_A_REFUND, NeedsApproval, NotOwedAnyMore, PayoutUnderWay, NotThroughAcquirer),
)
async def pay_refund(
    order_id: OrderId, refund_id: MoneyId, body: PayoutIn, asked: Asking, orders: Orders
) -> ReceiptOut:
    """Pay it back: let the acquirer do it, who is asked until he answers; or say by which reference it was done by hand."""
    command = _payout(order_id, refund_id, body, asked)
    return receipt(await orders.handle(command, asked.occasion(body)))


@router.post("/{order_id}/refunds/{refund_id}/receipt", responses=refusals(*OF_ANY_ORDER, UnknownPayment))
async def keep_refund_receipt(
    order_id: OrderId, refund_id: MoneyId, body: ReceiptIn, asked: Asking, orders: Orders
) -> ReceiptOut:
    """Number and link of the register's receipt for a refund (54-FZ)."""
    command = m.KeepReceipt(order_id, refund_id, body.receipt(), asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion(body)))


def _payout(order_id: str, refund_id: str, body: PayoutIn, asked: Asking) -> m.StartPayout | m.PayRefund:
    if body.method is Method.ACQUIRER:
        return m.StartPayout(order_id, refund_id, asked.actor, asked.at)
    assert body.reference
    return m.PayRefund(
        order_id=order_id,
        refund_id=refund_id,
        method=body.method,
        reference=body.reference,
        actor=asked.actor,
        at=asked.at,
        receipt=body.receipt.receipt() if body.receipt else None,
    )
