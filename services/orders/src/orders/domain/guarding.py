"""What every command to an order is checked for first."""

from orders.domain.order import Cancelled, Open, Order
from orders.domain.refusals import OrderCancelledAlready, UnknownOrder


def open_order(order: Order | None) -> Open:
    """The order, which must be open."""
    match order:
        case None:
            raise UnknownOrder("There is no such order.")
        case Cancelled():
            raise OrderCancelledAlready("The order is cancelled.", number=order.placing.number)
        case Open():
            return order
