"""Maria paid and her order was cancelled: what is done with an order that owes money."""

from functools import reduce

from kernel.actor import Actor
from kernel.money import Money
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused

from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.evolving import evolve
from orders.domain.ledger import BankState
from orders.domain.order import Order
from orders.testing.lamps import cancel, did, given, place
from orders.testing.people import BORIS
from orders.testing.purse import (
    ask_link,
    bank_says,
    open_link,
    pay,
)

BY_LINK: tuple[Command, ...] = (ask_link(), open_link(), bank_says(BankState.PAID))
SMALL = Money(90_000)


def gone(*commands: Command, by: Actor = BORIS) -> Order:
    """Maria paid, and then the order was cancelled."""
    return given(place(), *(commands or (pay(),)), cancel(actor=by))


def after(order: Order, *commands: Command) -> Order:
    for command in commands:
        order = reduce(evolve, did(command, order), order)
    return order


def names(order: Order, command: Command) -> list[str]:
    return [type(each).__name__ for each in did(command, order)]


def remembered(no: Refused[Change]) -> list[tuple[str, str, str]]:
    return [(each.action, each.rule, each.actor_id) for each in no.changes if isinstance(each, DutyRefused)]
