"""Giving money back: who asks, who says yes, who pays; never twice, and above the limit never by one person (R80)."""

from dataclasses import replace
from datetime import timedelta

from kernel.action import Action
from kernel.duties import may_approve
from kernel.money import Money
from kernel.refusal import Decision
from kernel.refused_duty import duty, refused

from orders.domain import money_changes as m
from orders.domain import money_commands as c
from orders.domain.changes import Change
from orders.domain.ledger import BankState, Ledger, Method, Payout, Refund, RefundStage
from orders.domain.money_refusals import (
    ApprovesHimself,
    NeedsApproval,
    NotOwedAnyMore,
    NotThroughAcquirer,
    PayoutUnderWay,
    UnknownPayment,
)
from orders.domain.order import Order
from orders.domain.paying import known
from orders.domain.settling import next_refund_id

PAUSES = (5, 15, 60, 300, 900, 3600)
"""Seconds until the acquirer is asked again to pay; the last goes on for as long as it takes."""


def approve_refund(command: c.ApproveRefund, order: Order | None) -> Decision[Change]:
    """The second person says yes; whoever asked for it never does (R80)."""
    refund = refund_of(known(order), command.refund_id)
    no = duty(command.actor, Action.APPROVE_REFUND)
    if no:
        return no
    if not may_approve(command.actor.id, refund.asked_by):
        himself = ApprovesHimself("Whoever asked for a refund does not approve it (R80).")
        return refused(command.actor, Action.APPROVE_REFUND, "R80", himself)
    if not refund.needs_approval or refund.approved_by or not refund.is_owed:
        return []
    return [m.RefundApproved(refund.refund_id, command.actor.id)]


def start_payout(command: c.StartPayout, order: Order | None) -> Decision[Change]:
    """The acquirer pays it back, through the payment by which it came; where that is not enough for all of it, the rest stays
    a refund of its own.
    """
    found = known(order)
    refund = refund_of(found, command.refund_id)
    if refund.stage is RefundStage.LEAVING:
        return []
    no = _may_be_paid(command, refund)
    if no:
        return no
    payment_id, left = _most_left(found.money, refund)
    payout = Payout(Method.ACQUIRER, command.actor.id, command.at, payment_id, again_at=command.at)
    return [*_split(found, refund, left), m.PayoutStarted(refund.refund_id, payout)]


def pay_refund(command: c.PayRefund, order: Order | None) -> Decision[Change]:
    """It was paid back by hand. The same reference told twice is one payment; another one for the same refund is refused, so
    that nobody pays twice.
    """
    refund = refund_of(known(order), command.refund_id)
    told = refund.payout.reference if refund.payout else None
    if refund.stage is RefundStage.PAID and told == command.reference:
        return []
    no = _may_be_paid(command, refund)
    if no:
        return no
    paid = m.RefundPaid(refund.refund_id, command.method, command.actor.id, command.at, command.reference)
    return [paid, *([m.ReceiptKept(refund.refund_id, command.receipt)] if command.receipt else [])]


def finish_payout(command: c.FinishPayout, order: Order | None) -> Decision[Change]:
    """The acquirer paid."""
    refund = refund_of(known(order), command.refund_id)
    if refund.stage is not RefundStage.LEAVING or not refund.payout:
        return []
    by, payment_id = refund.payout.by, refund.payout.payment_id
    return [m.RefundPaid(refund.refund_id, Method.ACQUIRER, by, command.at, command.reference, payment_id)]


def postpone_payout(command: c.PostponePayout, order: Order | None) -> Decision[Change]:
    """The acquirer did not answer. He may have paid: so it stays on its way, and he is asked again by the same number."""
    refund = refund_of(known(order), command.refund_id)
    if refund.stage is not RefundStage.LEAVING or not refund.payout:
        return []
    tries = refund.payout.tries + 1
    pause = timedelta(seconds=PAUSES[min(tries, len(PAUSES)) - 1])
    return [m.PayoutPostponed(refund.refund_id, tries, command.at + pause)]


def fail_payout(command: c.FailPayout, order: Order | None) -> Decision[Change]:
    """He said that he would not, so it is due as before, and a person pays it another way. Unless all of the payment went
    back in his own cabinet meanwhile, as he has told already: then so did this, and it is not paid a second time.
    """
    found = known(order)
    refund = refund_of(found, command.refund_id)
    if refund.stage is not RefundStage.LEAVING or not refund.payout:
        return []
    gone = _went_back(found.money, refund.payout)
    if gone is not None:
        by, payment_id = refund.payout.by, refund.payout.payment_id
        return [m.RefundPaid(refund.refund_id, Method.ACQUIRER, by, command.at, gone, payment_id)]
    return [m.PayoutFailed(refund.refund_id, command.code)]


def _went_back(money: Ledger, payout: Payout) -> str | None:
    """The acquirer's own number of the payment, if he says that all of it is given back."""
    payment = money.payment(payout.payment_id or "")
    returned = {each.reference for each in money.links if each.state is BankState.RETURNED}
    return payment.reference if payment and payment.reference in returned else None


def _may_be_paid(command: c.StartPayout | c.PayRefund, refund: Refund) -> Decision[Change] | None:
    """It is owed, nobody else is paying it, and above the limit a second person, other than who pays, said yes (R80)."""
    no = duty(command.actor, Action.ASK_REFUND)
    if no:
        return no
    if refund.stage is RefundStage.LEAVING:
        raise PayoutUnderWay("The acquirer is being asked to pay it.")
    if not refund.is_owed:
        raise NotOwedAnyMore("It is paid or withdrawn already.", stage=refund.stage.value)
    if refund.needs_approval and refund.approved_by is None:
        raise NeedsApproval("It is above the limit: a second person has to say yes first.")
    if refund.approved_by and not may_approve(refund.approved_by, command.actor.id):
        himself = ApprovesHimself("Whoever approved a refund does not pay it out (R80).")
        return refused(command.actor, Action.ASK_REFUND, "R80", himself)
    return None


def refund_of(order: Order, refund_id: str) -> Refund:
    """The refund; refuse one that is none."""
    found = order.money.refund(refund_id)
    if found is None:
        raise UnknownPayment("The order has no such refund.")
    return found


def _most_left(money: Ledger, refund: Refund) -> tuple[str, Money]:
    """The acquirer's payment of which most is left, and how much of the refund it can bear."""
    left = {
        each.payment_id: each.amount.minor - money.gone_through(each.payment_id)
        for each in money.payments
        if each.method is Method.ACQUIRER
    }
    payment_id = max(left, key=lambda each: left[each], default=None)
    if payment_id is None or left[payment_id] <= 0:
        raise NotThroughAcquirer("Nothing that came by the acquirer is left to be given back.")
    return payment_id, Money(min(left[payment_id], refund.amount.minor), refund.amount.currency)


def _split(order: Order, refund: Refund, left: Money) -> list[Change]:
    if left == refund.amount:
        return []
    rest = replace(refund, refund_id=next_refund_id(order), amount=refund.amount - left)
    return [m.RefundSplit(refund.refund_id, left, rest)]
