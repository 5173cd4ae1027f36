"""Money that went back in the bank's own cabinet: we only note it, and what we owe shrinks by it."""

from kernel.action import Action
from kernel.money import Money
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import Change
from orders.domain.ledger import Method, Refund, RefundReason
from orders.domain.money_changes import RefundDue, RefundPaid
from orders.domain.money_commands import HearBank, RecordReturn
from orders.domain.money_refusals import MoreThanPaid, UnknownPayment
from orders.domain.order import Order
from orders.domain.paying import in_its_currency, known
from orders.domain.refund_terms import DEMANDED, term
from orders.domain.settling import next_refund_id


def record_return(command: RecordReturn, order: Order | None) -> Decision[Change]:
    """A person looked into the bank's cabinet and says how much of a payment went back; the same reference is the same."""
    found = known(order)
    refused = duty(command.actor, Action.RECORD_PAYMENT)
    if refused:
        return refused
    payment = found.money.payment(command.payment_id)
    if payment is None:
        raise UnknownPayment("The order has no such payment.")
    in_its_currency(found, command.amount)
    if any(each.payout and each.payout.reference == command.reference for each in found.money.refunds):
        return []
    if command.amount.minor > payment.amount.minor - found.money.gone_through(payment.payment_id):
        raise MoreThanPaid("More than is left of this payment.")
    return returned(found, payment.payment_id, command.amount, command)


def returned(order: Order, payment_id: str, amount: Money, command: RecordReturn | HearBank) -> list[Change]:
    """Owed and paid in one: the money is gone, and nobody is asked whether it may go."""
    by, at = command.actor.id, command.at
    refund = Refund(
        refund_id=next_refund_id(order),
        amount=amount,
        reason=RefundReason.AT_BANK,
        term=term(DEMANDED, at, order.money.zone),
        asked_by=by,
        asked_at=at,
        needs_approval=False,
    )
    paid = RefundPaid(refund.refund_id, Method.ACQUIRER, by, at, command.reference, payment_id)
    return [RefundDue(refund), paid]
