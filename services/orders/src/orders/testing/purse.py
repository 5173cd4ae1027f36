"""Maria's money, and what is asked about it. Her lamps and the shade cost 13,860 roubles."""

from datetime import datetime
from typing import Any

from kernel.actor import Actor, service
from kernel.money import Money

from orders.domain import money_commands as m
from orders.domain.ledger import BankState, Method, Terms
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID
from orders.testing.people import ANNA, NINA

ALL = Money(1_386_000)
BANK = service("tbank")
LINK, REFERENCE = "link-1", "3093639567"


def pay(
    amount: Money = ALL, reference: str = "t-1", at: datetime = MONDAY, actor: Actor = ANNA, **more: Any
) -> m.RecordPayment:
    """Anna finds Maria's transfer."""
    method: Method = more.pop("method", Method.TRANSFER)
    return m.RecordPayment(ORDER_ID, method, reference, amount, at, actor, at, **more)


def terms(now: Terms) -> m.SetTerms:
    """Maria pays otherwise."""
    return m.SetTerms(ORDER_ID, now, ANNA, MONDAY, CLOCKS)


def ask_link(amount: Money | None = None, link_id: str = LINK, actor: Actor = ANNA) -> m.AskForLink:
    """Anna wants a link for Maria."""
    return m.AskForLink(ORDER_ID, link_id, amount, actor, MONDAY)


def open_link(link_id: str = LINK, reference: str = REFERENCE) -> m.OpenLink:
    """The acquirer makes it."""
    return m.OpenLink(ORDER_ID, link_id, reference, "https://bank.test/pay", MONDAY)


def bank_says(
    state: BankState,
    amount: Money = ALL,
    at: datetime = MONDAY,
    link_id: str = LINK,
    reference: str = REFERENCE,
) -> m.HearBank:
    """The acquirer answers."""
    return m.HearBank(ORDER_ID, link_id, reference, state, amount, BANK, at)


def approve(refund_id: str = "r-1", actor: Actor = NINA) -> m.ApproveRefund:
    """Nina says yes."""
    return m.ApproveRefund(ORDER_ID, refund_id, actor, MONDAY)


def pay_back(
    refund_id: str = "r-1", reference: str = "out-1", actor: Actor = ANNA, at: datetime = MONDAY
) -> m.PayRefund:
    """Anna sends it by the bank."""
    return m.PayRefund(ORDER_ID, refund_id, Method.TRANSFER, reference, actor, at)


def let_bank_pay(refund_id: str = "r-1", actor: Actor = ANNA, at: datetime = MONDAY) -> m.StartPayout:
    """Anna lets the acquirer do it."""
    return m.StartPayout(ORDER_ID, refund_id, actor, at)


def bank_paid(refund_id: str = "r-1", at: datetime = MONDAY) -> m.FinishPayout:
    """He did."""
    return m.FinishPayout(ORDER_ID, refund_id, "key-1", at)


def goodwill(amount: Money, actor: Actor = ANNA) -> m.GrantGoodwill:
    """Anna lets Maria off a part."""
    return m.GrantGoodwill(ORDER_ID, amount, actor, MONDAY)
