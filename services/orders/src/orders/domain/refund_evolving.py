"""What happens to the refunds of an order."""

from dataclasses import replace

from orders.domain import money_changes as m
from orders.domain.ledger import Ledger, Payout, Refund, RefundReason, RefundStage

RefundChange = (
    m.RefundDue
    | m.RefundReduced
    | m.RefundSplit
    | m.RefundApproved
    | m.PayoutStarted
    | m.PayoutPostponed
    | m.PayoutFailed
    | m.RefundPaid
    | m.RefundNear
    | m.RefundOverdue
)


def evolve_refunds(money: Ledger, change: RefundChange) -> Ledger:
    """The money after it. What is noted of the bank's own cabinet clears the doubt about it."""
    if isinstance(change, m.RefundDue):
        return replace(money, refunds=(*money.refunds, change.refund))
    refunds = tuple(
        _refund(each, change) if each.refund_id == change.refund_id else each for each in money.refunds
    )
    rest = (change.rest,) if isinstance(change, m.RefundSplit) else ()
    noted = money.refund(change.refund_id)
    clear = isinstance(change, m.RefundPaid) and noted and noted.reason is RefundReason.AT_BANK
    return replace(money, refunds=(*refunds, *rest), check_at=None if clear else money.check_at)


def _refund(it: Refund, change: RefundChange) -> Refund:  # noqa: C901, PLR0911 - one case a change
    match change:
        case m.RefundReduced():
            gone = change.amount.minor == 0
            return replace(it, amount=change.amount, stage=RefundStage.WITHDRAWN if gone else it.stage)
        case m.RefundSplit():
            return replace(it, amount=change.amount)
        case m.RefundApproved():
            return replace(it, approved_by=change.by)
        case m.PayoutStarted():
            return replace(it, stage=RefundStage.LEAVING, payout=change.payout, failed=None)
        case m.PayoutPostponed():
            assert it.payout
            return replace(it, payout=replace(it.payout, tries=change.tries, again_at=change.again_at))
        case m.PayoutFailed():
            return replace(it, stage=RefundStage.DUE, payout=None, failed=change.code)
        case m.RefundPaid():
            paid = Payout(change.method, change.by, change.at, change.payment_id, change.reference)
            return replace(it, stage=RefundStage.PAID, payout=paid, failed=None)
        case m.RefundNear():
            return replace(it, warn_at=change.warn_at)
        case m.RefundOverdue():
            return replace(it, overdue_at=change.again_at, warn_at=())
        case m.RefundDue():
            return change.refund
