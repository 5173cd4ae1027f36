"""What every command to an order is checked for first."""

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, duty

from orders.domain.order import Cancelled, Completed, Open, Order
from orders.domain.refusals import (
    GoodsAreOnTheirWay,
    OrderCancelledAlready,
    OrderCompletedAlready,
    UnknownOrder,
)


def open_order(order: Order | None) -> Open:
    """The order, which must be open."""
    match order:
        case None:
            raise UnknownOrder("There is no such order.")
        case Cancelled():
            raise OrderCancelledAlready("The order is cancelled.", number=order.placing.number)
        case Completed():
            raise OrderCompletedAlready("The customer has the goods.", number=order.placing.number)
        case Open():
            return order


def still_here(order: Open) -> None:
    """Refuse while the goods are on their way: nothing can be packed otherwise, nor sent elsewhere, at any price (R69)."""
    if order.shipping.is_away:
        raise GoodsAreOnTheirWay(
            "The goods have left: wait for them, agree another time, or cancel, and they are called back.",
            number=order.placing.number,
        )


def changeable(order: Order | None, actor: Actor) -> tuple[Open, Refused[DutyRefused] | None]:
    """The order, and a refusal if this actor may not change what is in it (R30).

    Once the delivery is promised a change touches the promise: then only who may agree one may change the order (R65). Once the
    goods have left nobody may.
    """
    found = open_order(order)
    refused = duty(actor, Action.CHANGE_ORDER)
    if refused is None and found.delivery.holds is not None:
        refused = duty(actor, Action.AGREE_DELIVERY)
    if refused is None:
        still_here(found)
    return found, refused
