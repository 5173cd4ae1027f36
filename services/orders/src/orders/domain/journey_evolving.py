"""What a change of its shipments makes of an order."""

from dataclasses import replace

from orders.domain import journey_changes as c
from orders.domain.journeys import Shipping
from orders.domain.order import Cancelled, Completed, Order


def evolve_journeys(order: Order, change: c.JourneyChange) -> Order:
    """The order after it. Goods that are sent out anew, or promised anew, end the task that the last ones left."""
    match change, order:
        case c.OrderCompleted(), _:
            return _completed(order, change)
        case c.CollectingOverdue(), Completed():
            return replace(order, collect_at=change.collect_at)
        case _:
            return replace(order, shipping=_shipping(order.shipping, change))


def _shipping(now: Shipping, change: c.JourneyChange) -> Shipping:
    match change:
        case c.OrderCameBack():
            return replace(now, task=change.task)
        case c.DeliverySeenTo():
            return replace(now, task=None)
        case c.ComingBackOverdue():
            return (
                replace(now, task=replace(now.task, due_at=change.due_at, overdue=True)) if now.task else now
            )
        case c.OrderCompleted() | c.CollectingOverdue():
            return now
        case _:
            sent = isinstance(change, c.ShipmentDispatched) and change.journey.is_away
            task = None if sent else now.task
            return replace(now, journeys=now.with_journey(change.journey), task=task)


def _completed(order: Order, change: c.OrderCompleted) -> Completed:
    return Completed(
        placing=order.placing,
        responsible_id=order.responsible_id,
        customer_id=order.customer_id,
        kept=change.kept,
        completed_at=change.at,
        collect_at=change.collect_at,
        wants_no_calls=order.wants_no_calls,
        attempts=order.attempts,
        contacted_at=order.contacted_at,
        supply=order.supply,
        missing=order.missing,
        goods=order.goods,
        delivery=order.delivery,
        money=order.money,
        shipping=replace(order.shipping, task=None),
        erasure=order.erasure,
        cancelled_for=_cancelled_for(order),
    )


def _cancelled_for(order: Order) -> str | None:
    match order:
        case Cancelled():
            return order.reason
        case Completed():
            return order.cancelled_for
        case _:
            return None
