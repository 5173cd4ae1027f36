"""The clocks of money: a refund is never forgotten, not even when its order is cancelled (R80, market-facts.md 1)."""

from datetime import timedelta

from kernel.deadline import Deadline

from orders.domain.changes import Change
from orders.domain.commands import DeadlinePassed
from orders.domain.ledger import Refund, RefundStage
from orders.domain.money_changes import CheckOverdue, RefundNear, RefundOverdue
from orders.domain.order import Order

TOMORROW = timedelta(days=1)
REFUND, NEAR, CHECK = "refund", "refund_near", "payment_check"
PAYOUT, PAYMENT = "payout:", "payment:"
"""These two, with the id of the refund or the link after them, are for ourselves: the acquirer is asked."""


def money_due(order: Order) -> list[Deadline]:
    """What people must have done: give money back by its last day, look into the bank's cabinet."""
    money = order.money
    owed = [Deadline(REFUND, each.overdue_at or each.term.due_at) for each in money.refunds if each.is_owed]
    return [*owed, *([Deadline(CHECK, money.check_at)] if money.check_at else [])]


def money_reminders(order: Order) -> list[Deadline]:
    """The reminders on the way to a last day, and what we ask the acquirer by ourselves."""
    found: list[Deadline] = []
    for refund in order.money.refunds:
        if refund.is_owed and refund.warn_at:
            found.append(Deadline(NEAR, refund.warn_at[0]))
        if refund.stage is RefundStage.LEAVING and refund.payout and refund.payout.again_at:
            found.append(Deadline(f"{PAYOUT}{refund.refund_id}", refund.payout.again_at))
    found += [Deadline(f"{PAYMENT}{each.link_id}", each.ask_at) for each in order.money.links if each.ask_at]
    return found


def pass_money(command: DeadlinePassed, order: Order | None) -> list[Change]:
    """What a passed deadline of the money means: each is told, and due again until it is done."""
    if order is None:
        return []
    owed = [each for each in order.money.refunds if each.is_owed]
    match command.name:
        case "refund":
            return [
                RefundOverdue(each.refund_id, command.at + TOMORROW)
                for each in owed
                if (each.overdue_at or each.term.due_at) <= command.at
            ]
        case "refund_near":
            return [_near(each, command) for each in owed if each.warn_at and each.warn_at[0] <= command.at]
        case "payment_check" if order.money.check_at:
            return [CheckOverdue(command.at + TOMORROW)]
        case _:
            return []


def _near(refund: Refund, command: DeadlinePassed) -> RefundNear:
    return RefundNear(refund.refund_id, tuple(each for each in refund.warn_at if each > command.at))
