"""What a change of its money makes of an order."""

from collections.abc import Callable
from dataclasses import replace

from orders.domain import money_changes as m
from orders.domain.ledger import Ledger, Link
from orders.domain.order import Order
from orders.domain.refund_evolving import evolve_refunds


def evolve_money(order: Order, change: m.MoneyChange) -> Order:
    """The order after it, open or cancelled."""
    return replace(order, money=_evolved(order.money, change))


def _evolved(money: Ledger, change: m.MoneyChange) -> Ledger:  # noqa: C901, PLR0911 - one case a change
    match change:
        case m.TermsChanged():
            return replace(money, terms=change.terms)
        case m.PaymentRecorded():
            return replace(money, payments=(*money.payments, change.payment))
        case m.LinkAsked():
            return replace(money, links=(*money.links, change.link))
        case m.LinkOpened():
            return _link(
                money, change.link_id, lambda it: replace(it, reference=change.reference, url=change.url)
            )
        case m.BankAnswered():
            return _link(
                money,
                change.link_id,
                lambda it: replace(it, state=change.state, ask_at=change.ask_at, asks=it.asks + 1),
            )
        case m.BankDoubted() | m.CheckOverdue():
            return replace(money, check_at=change.check_at)
        case m.ReceiptKept():
            return _with_receipt(money, change)
        case m.GoodwillGranted():
            return replace(money, goodwill=change.amount)
        case _:
            return evolve_refunds(money, change)


def _link(money: Ledger, link_id: str, become: Callable[[Link], Link]) -> Ledger:
    links = tuple(become(each) if each.link_id == link_id else each for each in money.links)
    return replace(money, links=links)


def _with_receipt(money: Ledger, change: m.ReceiptKept) -> Ledger:
    return replace(
        money,
        payments=tuple(
            replace(each, receipt=change.receipt) if each.payment_id == change.of else each
            for each in money.payments
        ),
        refunds=tuple(
            replace(each, receipt=change.receipt) if each.refund_id == change.of else each
            for each in money.refunds
        ),
    )
