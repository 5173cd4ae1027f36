"""From a change of delivery or money to the facts told of it, and both as far as others may know them."""

from contracts.fact import Fact
from contracts.order_state import OrderV1, PaymentV1, PromiseV1
from contracts.orders import (
    OrderChangedV1,
    OrderConfirmedV1,
    OrderPaidV1,
    OrderRefundDueV1,
    OrderRefundedV1,
)
from contracts.values import MoneyV1
from kernel.money import Money

from orders.application.changed_words import CHANGED, SILENT
from orders.domain import money_changes as m
from orders.domain.delivery_changes import DeliveryAgreed, DeliveryChange
from orders.domain.ledger import Payment, Refund
from orders.domain.order import Order
from orders.domain.owing import balance, may_be_shipped


def announce_kept_word(change: DeliveryChange | m.MoneyChange, order: Order, state: OrderV1) -> list[Fact]:
    """What others hear: a promise, a payment, a refund by its own fact, the rest as a changed order."""
    match change:
        case DeliveryAgreed():
            return [OrderConfirmedV1(order=state, by=change.promise.promised_by)]
        case m.PaymentRecorded():
            return [_paid(change.payment, state)]
        case m.RefundDue():
            return [_refund_due(change.refund, state)]
        case m.RefundSplit():
            return [OrderChangedV1(order=state, what=("refund_reduced",)), _refund_due(change.rest, state)]
        case m.RefundPaid():
            return [_refunded(change, order, state)]
        case _:
            return _changed(change, state)


def _changed(change: DeliveryChange | m.MoneyChange, state: OrderV1) -> list[Fact]:
    if type(change) in SILENT:
        return []
    return [OrderChangedV1(order=state, what=(CHANGED[type(change)],))]


def promise_told(order: Order) -> PromiseV1 | None:
    """The promise that holds; with whom the goods may be left stays here (R67)."""
    promise = order.delivery.holds
    if promise is None:
        return None
    offered = promise.offered
    return PromiseV1(
        kind=offered.kind,
        carrier_id=offered.carrier_id,
        terms_version=offered.terms_version,
        reservation_id=promise.reservation_id,
        starts_at=offered.starts_at,
        ends_at=offered.ends_at,
        time_zone=offered.time_zone,
        point_id=offered.point_id,
        price=money_told(offered.price),
        promised_by=promise.promised_by,
        promised_at=promise.promised_at,
        told_by=promise.told_by,
    )


def payment_told(order: Order) -> PaymentV1:
    """How far it is paid, and whether money stands in the way of shipping it."""
    now = balance(order)
    return PaymentV1(
        terms=order.money.terms,
        total=money_told(now.total),
        bonuses=money_told(now.bonuses),
        paid=money_told(now.paid),
        refunded=money_told(now.refunded),
        due=money_told(now.due),
        refund_due=money_told(now.refund_due),
        covered=may_be_shipped(order),
    )


def money_told(sum_: Money) -> MoneyV1:
    """A sum in minor units."""
    return MoneyV1(minor=sum_.minor, currency=sum_.currency)


def _paid(payment: Payment, state: OrderV1) -> Fact:
    amount = money_told(payment.amount)
    return OrderPaidV1(order=state, payment_id=payment.payment_id, amount=amount, method=payment.method)


def _refund_due(refund: Refund, state: OrderV1) -> Fact:
    return OrderRefundDueV1(
        order=state,
        refund_id=refund.refund_id,
        amount=money_told(refund.amount),
        reason=refund.reason,
        due_on=refund.term.due_on,
        needs_approval=refund.needs_approval,
    )


def _refunded(change: m.RefundPaid, order: Order, state: OrderV1) -> Fact:
    refund = order.money.refund(change.refund_id)
    assert refund
    return OrderRefundedV1(
        order=state,
        refund_id=refund.refund_id,
        amount=money_told(refund.amount),
        by=change.by,
        approved_by=refund.approved_by,
    )
