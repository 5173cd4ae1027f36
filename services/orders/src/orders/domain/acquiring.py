"""Payment links, and what the acquirer says of them: told twice, late and in any order it comes to the same."""

from datetime import datetime, timedelta

from kernel.action import Action
from kernel.money import Money
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain import money_changes as m
from orders.domain.changes import Change
from orders.domain.guarding import open_order
from orders.domain.ledger import (
    SETTLED,
    BankState,
    Link,
    Method,
    Payment,
)
from orders.domain.money_commands import AskForLink, HearBank, MissBank, OpenLink
from orders.domain.money_refusals import NothingDue, NotInRoubles
from orders.domain.order import Order
from orders.domain.owing import balance
from orders.domain.paying import in_its_currency, known, next_payment_id
from orders.domain.returning import returned

ACQUIRED = "RUB"
"""He counts in kopecks, whatever the order is priced in: 100 euros would come to be 100 roubles (T-Bank, `Amount`)."""
FIRST_LOOK = timedelta(minutes=15)
LONGEST_LOOK = timedelta(hours=12)
LAST_LOOK = timedelta(days=91)
"""A link lives 90 days at most (T-Bank, `RedirectDueDate`)."""
LOOK_INTO_IT = timedelta(days=1)
MOVED = frozenset({BankState.PAID, BankState.PARTLY_RETURNED, BankState.RETURNED})
"""Money came, whatever became of it since."""


def ask_for_link(command: AskForLink, order: Order | None) -> Decision[Change]:
    """A link by which the customer can pay what is due, or a part of it; kept before the acquirer is asked."""
    found = open_order(order)
    refused = duty(command.actor, Action.RECORD_PAYMENT)
    if refused:
        return refused
    if found.money.link(command.link_id):
        return []
    due = balance(found).due
    amount = command.amount or due
    in_its_currency(found, amount)
    if amount.currency != ACQUIRED:
        raise NotInRoubles("The acquirer takes roubles only.", currency=amount.currency)
    if amount.minor == 0 or amount > due:
        raise NothingDue("So much is not due.", due=due.minor)
    return [m.LinkAsked(Link(command.link_id, amount, command.actor.id, command.at))]


def open_link(command: OpenLink, order: Order | None) -> Decision[Change]:
    """The acquirer made it; from now on he is asked how far it is, should he not tell by himself."""
    link = known(order).money.link(command.link_id)
    if link is None or link.reference == command.reference:
        return []
    opened = m.LinkOpened(command.link_id, command.reference, command.url)
    return [opened, m.BankAnswered(command.link_id, link.state, command.at + FIRST_LOOK)]


def hear_bank(command: HearBank, order: Order | None) -> Decision[Change]:
    """Paid: the money is recorded once. Given back without us: noted once it is known how much. An older state than the one
    known changes nothing: money that came stays recorded.
    """
    found = known(order)
    link = found.money.link(command.link_id)
    if link is None:
        return []
    changes: list[Change] = [m.BankAnswered(link.link_id, command.state, _next_look(link, command))]
    payment = next((each for each in found.money.payments if each.reference == command.reference), None)
    if payment is None and command.state in MOVED:
        payment = _paid(found, link, command)
        changes.append(m.PaymentRecorded(payment))
    if payment and command.state in MOVED:
        changes += _given_back(found, payment, command)
    told_nothing = (link.state, link.ask_at) == (command.state, None) and len(changes) == 1
    return [] if told_nothing else changes


def miss_bank(command: MissBank, order: Order | None) -> Decision[Change]:
    """He did not answer, or would not; he is asked again, with growing pauses, as long as such a link can live."""
    link = known(order).money.link(command.link_id)
    if link is None or link.ask_at is None:
        return []
    again = None if command.at - link.asked_at > LAST_LOOK else command.at + pause(link.asks)
    return [m.BankAnswered(link.link_id, link.state, again)]


def pause(asks: int) -> timedelta:
    """Until the acquirer is asked again: a quarter of an hour, doubling to half a day."""
    return min(FIRST_LOOK * 2 ** min(asks, 10), LONGEST_LOOK)


def _next_look(link: Link, command: HearBank) -> datetime | None:
    over = command.at - link.asked_at > LAST_LOOK
    if command.state in SETTLED or command.state in MOVED or over:
        return None
    return command.at + pause(link.asks)


def _paid(order: Order, link: Link, command: HearBank) -> Payment:
    """What was given back since came in first, so then the link's own sum counts."""
    amount = command.amount if command.state is BankState.PAID else link.amount
    return Payment(
        payment_id=next_payment_id(order),
        method=Method.ACQUIRER,
        reference=command.reference,
        amount=amount,
        paid_at=command.at,
        recorded_by=command.actor.id,
    )


def _given_back(order: Order, payment: Payment, command: HearBank) -> list[Change]:
    """In the bank's own cabinet. All of it: so much is known. A part: unless it was us, a person has to look how much."""
    ours = order.money.gone_through(payment.payment_id)
    if command.state is BankState.RETURNED and ours < payment.amount.minor:
        rest = Money(payment.amount.minor - ours, payment.amount.currency)
        return returned(order, payment.payment_id, rest, command)
    if command.state is BankState.PARTLY_RETURNED and not ours and order.money.check_at is None:
        return [m.BankDoubted(payment.payment_id, command.at + LOOK_INTO_IT)]
    return []
