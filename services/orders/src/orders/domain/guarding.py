"""What every command to an order is checked for first."""

from kernel.actor import Actor
from kernel.duties import Action, overridable_by, rule_against
from kernel.refusal import Refused

from orders.domain.changes import Change, DutyRefused
from orders.domain.order import Cancelled, Open, Order
from orders.domain.refusals import NotYourDuty, OrderCancelledAlready, UnknownOrder


def open_order(order: Order | None) -> Open:
    """The order, which must be open."""
    match order:
        case None:
            raise UnknownOrder("There is no such order.")
        case Cancelled():
            raise OrderCancelledAlready("The order is cancelled.", number=order.placing.number)
        case Open():
            return order


def duty(actor: Actor, action: Action) -> Refused[Change] | None:
    """A refusal to be remembered when the action is somebody else's duty (R9, R17)."""
    rule = rule_against(actor, action)
    if rule is None:
        return None
    change = DutyRefused(action, rule, actor.id, tuple(sorted(actor.roles)))
    may_do_it = ", ".join(overridable_by(action))
    return Refused(
        (change,), NotYourDuty(f"Your roles may not do this ({rule}).", may_do_it=may_do_it).by(rule)
    )
