"""What a change of the delivery makes of an order."""

from dataclasses import replace

from orders.domain import delivery_changes as d
from orders.domain.order import Open


def evolve_delivery(order: Open, change: d.DeliveryChange) -> Open:
    """The order after it."""
    delivery = order.delivery
    match change:
        case d.DeliveryAgreed():
            now = replace(
                delivery,
                promise=change.promise,
                leaving=change.leaving,
                agreed=delivery.agreed + 1,
                void=None,
            )
            return replace(order, delivery=now, shipping=replace(order.shipping, task=None))
        case d.LeavingChanged():
            return replace(order, delivery=replace(delivery, leaving=change.leaving))
        case d.PromiseTold():
            assert delivery.promise
            told = replace(delivery.promise, told_by=change.channel, told_at=change.at)
            return replace(order, delivery=replace(delivery, promise=told, overdue_at=None))
        case d.PromiseVoided():
            return replace(
                order, delivery=replace(delivery, void=change.reason, due_at=change.due_at, overdue_at=None)
            )
        case d.PromiseOverdue():
            since = delivery.overdue_at or change.at
            return replace(order, delivery=replace(delivery, overdue_at=since, due_at=change.due_at))
