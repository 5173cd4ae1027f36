"""From news of a shipment to the facts told of its order."""

from contracts.fact import Fact
from contracts.order_state import OrderV1
from contracts.orders import KeptLineV1, OrderChangedV1, OrderCompletedV1

from orders.application.changed_words import CHANGED, SILENT
from orders.domain import journey_changes as c
from orders.domain.order import Completed, Open, Order


def announce_journey(change: c.JourneyChange, order: Order, state: OrderV1) -> list[Fact]:
    """What others hear: the end by its own fact, the rest as a changed order while it is open."""
    if isinstance(change, c.OrderCompleted):
        kept = tuple(KeptLineV1(line_no=line_no, quantity=quantity) for line_no, quantity in change.kept)
        return [OrderCompletedV1(order=state, kept=kept, at=change.at)]
    told = isinstance(order, Open) or (isinstance(order, Completed) and type(change) is c.CollectingOverdue)
    if not told or type(change) in SILENT:
        return []
    return [OrderChangedV1(order=state, what=(CHANGED[type(change)],))]
