"""Paying: what a person or a program tells of money that came in, how it is to be paid, and the receipts for it."""

from kernel.action import Action
from kernel.money import Money
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import Change
from orders.domain.guarding import open_order
from orders.domain.ledger import Payment, Terms
from orders.domain.money_changes import PaymentRecorded, ReceiptKept, TermsChanged
from orders.domain.money_commands import KeepReceipt, RecordPayment, SetTerms
from orders.domain.money_refusals import OtherCurrency, ReferenceUsed, UnknownPayment
from orders.domain.order import Order
from orders.domain.promising import void
from orders.domain.refusals import UnknownOrder


def set_terms(command: SetTerms, order: Order | None) -> Decision[Change]:
    """How it is to be paid. A promise that was checked for goods paid before is void when they are to be paid at the door:
    not every carrier takes money (R65).
    """
    found = open_order(order)
    refused = duty(command.actor, Action.CHANGE_ORDER)
    if refused:
        return refused
    if command.terms is found.money.terms:
        return []
    doubtful = command.terms is Terms.ON_DELIVERY
    voided = void(found, "payment_terms", command.clocks, command.at) if doubtful else []
    return [TermsChanged(command.terms), *voided]


def record_payment(command: RecordPayment, order: Order | None) -> Decision[Change]:
    """Money came in, for an open order or a cancelled one: then it is owed back at once. The same reference is the same money,
    however often it is told.
    """
    found = known(order)
    refused = duty(command.actor, Action.RECORD_PAYMENT)
    if refused:
        return refused
    in_its_currency(found, command.amount)
    same = [each for each in found.money.payments if each.reference == command.reference]
    if any(each.amount != command.amount for each in same):
        raise ReferenceUsed("This reference was recorded with another sum.", payment_id=same[0].payment_id)
    if same:
        return []
    payment = Payment(
        payment_id=next_payment_id(found),
        method=command.method,
        reference=command.reference,
        amount=command.amount,
        paid_at=command.paid_at,
        recorded_by=command.actor.id,
        receipt=command.receipt,
    )
    return [PaymentRecorded(payment)]


def keep_receipt(command: KeepReceipt, order: Order | None) -> Decision[Change]:
    """The number and link of the register's receipt for a payment or a refund; nothing else of it is kept (54-FZ)."""
    money = known(order).money
    refused = duty(command.actor, Action.RECORD_PAYMENT)
    if refused:
        return refused
    thing = money.payment(command.of) or money.refund(command.of)
    if thing is None:
        raise UnknownPayment("The order has no such payment or refund.")
    return [] if thing.receipt == command.receipt else [ReceiptKept(command.of, command.receipt)]


def known(order: Order | None) -> Order:
    """The order, open or cancelled: money may be told of either."""
    if order is None:
        raise UnknownOrder("There is no such order.")
    return order


def in_its_currency(order: Order, amount: Money) -> None:
    """Refuse a sum in another currency than the order's."""
    currency = order.goods_total.currency
    if amount.currency != currency:
        raise OtherCurrency("The order is priced in another currency.", currency=currency)


def next_payment_id(order: Order) -> str:
    """Payments of an order are counted."""
    return f"p-{len(order.money.payments) + 1}"
