"""A deadline has passed: whose it was, and what it still means."""

from kernel.refusal import Decision

from orders.domain.arriving import pass_shipping
from orders.domain.changes import Change
from orders.domain.commands import DeadlinePassed
from orders.domain.contacting import leave_absent, pass_deadline
from orders.domain.goods_deadlines import pass_goods
from orders.domain.order import Order
from orders.domain.promising import pass_promise
from orders.domain.refund_clock import pass_money


def pass_any(command: DeadlinePassed, order: Order | None) -> Decision[Change]:
    """Deadlines of the promise and of the money, which outlive a cancellation; else those of the contact clock. Whoever is gone
    or away does not keep the order (R20).
    """
    passed = [
        *pass_promise(command, order),
        *pass_money(command, order),
        *pass_goods(command, order),
        *pass_shipping(command, order),
    ]
    if passed and order is not None:
        return [*leave_absent(command, order), *passed]
    return pass_deadline(command, order)
