"""What orders does when logistics tells of a shipment. Each kind of news is kept for itself, so an older one counts, too."""

from chassis.handling import Occasion
from chassis.reactions import ThisOccasion
from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryDispatchedV1,
    DeliveryFact,
    DeliveryFailedV1,
    DeliveryReturnedV1,
    DeliveryScheduledV1,
    DeliveryWindowMissedV1,
)
from kernel.money import Money

from orders.application.ordering import UNKNOWN, Ordering
from orders.domain import journey_commands as k
from orders.entrypoints.subscribers import Orders, reactions

__all__ = ["reactions"]


@reactions.told(DeliveryScheduledV1, even_if_stale=True)
async def note_the_schedule(told: DeliveryScheduledV1, occasion: ThisOccasion, ordering: Orders) -> None:
    await _hear(told, k.Scheduled(), occasion, ordering)


@reactions.told(DeliveryDispatchedV1, even_if_stale=True)
async def lock_what_has_left(told: DeliveryDispatchedV1, occasion: ThisOccasion, ordering: Orders) -> None:
    await _hear(told, k.Dispatched(told.at), occasion, ordering)


@reactions.told(DeliveryDeliveredV1, even_if_stale=True)
async def complete(told: DeliveryDeliveredV1, occasion: ThisOccasion, ordering: Orders) -> None:
    kept = tuple((line.line_no, line.delivered) for line in told.shipment.lines if line.delivered)
    collected = Money(told.collected.minor, told.collected.currency) if told.collected else None
    await _hear(told, k.Delivered(told.at, kept, collected), occasion, ordering)


@reactions.told(DeliveryFailedV1, even_if_stale=True)
async def bring_it_back(told: DeliveryFailedV1, occasion: ThisOccasion, ordering: Orders) -> None:
    newness = occasion.heard[1] if occasion.heard else 0
    failed = k.Failed(told.at, told.reason, told.source, told.final, newness)
    await _hear(told, failed, occasion, ordering)


@reactions.told(DeliveryWindowMissedV1, even_if_stale=True)
async def note_the_missed_window(
    told: DeliveryWindowMissedV1, occasion: ThisOccasion, ordering: Orders
) -> None:
    await _hear(told, k.Missed(told.at), occasion, ordering)


@reactions.told(DeliveryReturnedV1, even_if_stale=True)
async def note_the_return(told: DeliveryReturnedV1, occasion: ThisOccasion, ordering: Orders) -> None:
    await _hear(told, k.Returned(told.at), occasion, ordering)


async def _hear(told: DeliveryFact, news: k.News, occasion: Occasion, ordering: Ordering) -> None:
    """An order is saved before it is told of, so a shipment of one that is not here opens nothing; it is counted."""
    order = (await ordering.orders.load(told.shipment.order_id)).state
    if order is None:
        UNKNOWN.add(1, {"noun": "delivery"})
        return
    clocks = (await ordering.situations.of_order(order)).clocks
    order_id, shipment_id = told.shipment.order_id, told.shipment.shipment_id
    await ordering.handle(k.HearShipment(order_id, shipment_id, news, occasion.at, clocks), occasion)
