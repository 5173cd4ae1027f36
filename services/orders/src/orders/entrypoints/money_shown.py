"""The money of an order as shown to people."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from orders.domain.ledger import Link, Payment, Receipt, Refund
from orders.domain.order import Order
from orders.domain.owing import balance, may_be_shipped


class ReceiptShown(BaseModel):
    number: str
    link: str | None


class PaymentOut(BaseModel):
    payment_id: str
    method: str
    reference: str
    amount: int
    paid_at: datetime
    recorded_by: str
    receipt: ReceiptShown | None


class LinkOut(BaseModel):
    """A payment link; `state` is what the acquirer last said of it."""

    link_id: str
    amount: int
    currency: str
    url: str | None
    state: str
    version: int | None = None


class RefundOut(BaseModel):
    """Money owed back. `article` of the Law on Protection of Consumer Rights, in the edition `law`, sets `due_on`."""

    refund_id: str
    amount: int
    reason: str
    stage: str
    due_on: date
    article: str
    law: str
    asked_by: str
    needs_approval: bool
    approved_by: str | None
    method: str | None
    reference: str | None
    failed: str | None = Field(description="Why the acquirer would not pay it.")
    overdue: bool
    receipt: ReceiptShown | None


class MoneyOut(BaseModel):
    """Minor units of the order's currency. `covered`: money does not stand in the way of shipping it. `check_at`: part of a
    payment went back at the bank without us; somebody looks how much.
    """

    terms: str
    total: int
    bonuses: int
    paid: int
    refunded: int
    due: int
    refund_due: int
    covered: bool
    payments: list[PaymentOut]
    links: list[LinkOut]
    refunds: list[RefundOut]
    check_at: datetime | None


def money_out(order: Order) -> MoneyOut:
    """All of it: there is nothing of a person in it, and no card."""
    now, money = balance(order), order.money
    return MoneyOut(
        terms=money.terms,
        total=now.total.minor,
        bonuses=now.bonuses.minor,
        paid=now.paid.minor,
        refunded=now.refunded.minor,
        due=now.due.minor,
        refund_due=now.refund_due.minor,
        covered=may_be_shipped(order),
        payments=[_payment(each) for each in money.payments],
        links=[link_out(each) for each in money.links],
        refunds=[_refund(each) for each in money.refunds],
        check_at=money.check_at,
    )


def link_out(link: Link, version: int | None = None) -> LinkOut:
    """A link, with the order's version where it was just made."""
    return LinkOut(
        link_id=link.link_id,
        amount=link.amount.minor,
        currency=link.amount.currency,
        url=link.url,
        state=link.state,
        version=version,
    )


def _payment(payment: Payment) -> PaymentOut:
    return PaymentOut(
        payment_id=payment.payment_id,
        method=payment.method,
        reference=payment.reference,
        amount=payment.amount.minor,
        paid_at=payment.paid_at,
        recorded_by=payment.recorded_by,
        receipt=_receipt(payment.receipt),
    )


def _refund(refund: Refund) -> RefundOut:
    payout = refund.payout
    return RefundOut(
        refund_id=refund.refund_id,
        amount=refund.amount.minor,
        reason=refund.reason,
        stage=refund.stage,
        due_on=refund.term.due_on,
        article=refund.term.article,
        law=refund.term.law,
        asked_by=refund.asked_by,
        needs_approval=refund.needs_approval,
        approved_by=refund.approved_by,
        method=payout.method if payout else None,
        reference=payout.reference if payout else None,
        failed=refund.failed,
        overdue=refund.is_owed and refund.overdue_at is not None,
        receipt=_receipt(refund.receipt),
    )


def _receipt(receipt: Receipt | None) -> ReceiptShown | None:
    return ReceiptShown(number=receipt.number, link=receipt.link) if receipt else None
