"""What is due on an order, derived from its state, so that it can't be forgotten or left behind."""

from datetime import datetime

from kernel.deadline import Deadline

from orders.domain.goods_deadlines import due_of_ended, due_of_machines, due_of_people
from orders.domain.order import Completed, Open, Order
from orders.domain.owing import balance
from orders.domain.refund_clock import money_due, money_reminders

RESOLVE_CUSTOMER = "resolve_customer"


def deadlines(order: Order) -> list[Deadline]:
    """All that is due: what people must do, and the asking of crm for the customer's name."""
    if not isinstance(order, Open):
        return [*due(order), *money_reminders(order), *due_of_machines(order)]
    asking = order.customer_id is None and order.customer_problem is None
    ask_at = order.name_again_at or order.placing.placed_at
    naming = [Deadline(RESOLVE_CUSTOMER, ask_at)] if asking else []
    return [*naming, *due(order), *money_reminders(order), *due_of_machines(order)]


def due(order: Order) -> list[Deadline]:
    """What a person must have done, and by when. An open order is never without (R20, R21, R31);
    one that has ended has those of money that is owed back, or still to be paid for what the customer kept, and of word of it
    that did not reach him.
    """
    if isinstance(order, Completed) and balance(order).due.minor > 0:
        return [Deadline("collect", order.collect_at), *due_of_ended(order), *money_due(order)]
    if not isinstance(order, Open):
        return [*due_of_ended(order), *money_due(order)]
    steps: tuple[tuple[str, datetime | None], ...] = (
        *_contact_clock(order),
        ("apology", order.apology_due_at if order.owes_apology and not order.apology_overdue else None),
        ("attention", order.attention_at),
        ("promise", None if order.delivery.is_told else order.delivery.due_at),
        ("delivery", order.shipping.task.due_at if order.shipping.task else None),
        *due_of_people(order),
    )
    return [*(Deadline(name, at) for name, at in steps if at is not None), *money_due(order)]


def _contact_clock(order: Open) -> list[tuple[str, datetime]]:
    if order.contacted_at is not None:
        return []
    clock = order.placing.clock
    steps = (
        ("remind", clock.remind_at, order.reminded_at),
        ("reassign", clock.reassign_at, order.reassigned_at),
        ("alarm", clock.alarm_at, order.overdue_at),
    )
    return [(name, at) for name, at, done in steps if done is None]
