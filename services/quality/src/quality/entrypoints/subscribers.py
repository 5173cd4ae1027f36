"""What quality does when others speak.

`even_if_stale`: an older fact still tells who touched the order; what is older about the order itself never undoes what is
newer (`domain.story`).
"""

from datetime import datetime
from typing import Annotated

from chassis.handling import Occasion
from chassis.reactions import Reactions, ThisOccasion
from contracts.claims import ClaimClosedV1, ClaimDecidedV1, ClaimOpenedV1
from contracts.deliveries import DeliveryDeliveredV1, DeliveryHandledV1
from contracts.incidents import IncidentClosedV1, IncidentOpenedV1
from contracts.order_state import OrderV1
from contracts.orders import (
    OrderApologySentV1,
    OrderCancelledV1,
    OrderChangedV1,
    OrderConfirmedV1,
    OrderContactedV1,
    OrderCreatedV1,
    OrderItemUnavailableV1,
    OrderReassignedV1,
    OrderRefundedV1,
    OrderSubstituteOfferedV1,
)
from contracts.procurement import SupplyAllocatedV1
from faststream import Context

from quality.application.clocks import Clocks
from quality.application.learning import Learning
from quality.domain.sla import Milestone
from quality.domain.story import News
from quality.entrypoints.from_facts import delivery_news, order_news, staff_among, supply_news

reactions = Reactions("quality")

Learns = Annotated[Learning, Context("learning")]
Times = Annotated[Clocks, Context("clocks")]


async def reach(
    clocks: Clocks, order: OrderV1, milestone: Milestone, at: datetime, occasion: Occasion
) -> None:
    """Nobody's clock runs for a test order (R14)."""
    if not order.is_test:
        await clocks.reached(milestone, order.order_id, order.shop_id, at, occasion)


def news_of(order: OrderV1, occasion: Occasion, *people: str | None) -> News:
    """The order as this fact told it."""
    return order_news(order, occasion.heard[1] if occasion.heard else 0, *people)


@reactions.told(OrderCreatedV1, even_if_stale=True)
async def know_the_order(
    told: OrderCreatedV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(news_of(told.order, occasion), occasion)
    await reach(clocks, told.order, Milestone.ORDER_PLACED, told.order.placed_at, occasion)


@reactions.told(OrderChangedV1, even_if_stale=True)
async def know_the_change(told: OrderChangedV1, occasion: ThisOccasion, learning: Learns) -> None:
    await learning.news(news_of(told.order, occasion), occasion)


@reactions.told(OrderReassignedV1, even_if_stale=True)
async def know_the_new_hand(told: OrderReassignedV1, occasion: ThisOccasion, learning: Learns) -> None:
    await learning.news(news_of(told.order, occasion, told.from_id, told.to_id), occasion)


@reactions.told(OrderContactedV1, even_if_stale=True)
async def know_the_contact(
    told: OrderContactedV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(news_of(told.order, occasion, told.by), occasion)
    await reach(
        clocks, told.order, Milestone.CONTACTED, told.order.contacted_at or occasion.came_about, occasion
    )


@reactions.told(OrderItemUnavailableV1, even_if_stale=True)
async def know_the_shortage(
    told: OrderItemUnavailableV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(news_of(told.order, occasion), occasion)
    await reach(clocks, told.order, Milestone.SUPPLY_SHORT, occasion.came_about, occasion)


@reactions.told(OrderApologySentV1, even_if_stale=True)
async def know_the_apology(
    told: OrderApologySentV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(news_of(told.order, occasion, told.by), occasion)
    await reach(clocks, told.order, Milestone.APOLOGY_SENT, occasion.came_about, occasion)


@reactions.told(OrderSubstituteOfferedV1, even_if_stale=True)
async def know_the_offer(told: OrderSubstituteOfferedV1, occasion: ThisOccasion, learning: Learns) -> None:
    await learning.news(news_of(told.order, occasion, told.by), occasion)


@reactions.told(OrderRefundedV1, even_if_stale=True)
async def know_who_paid_back(told: OrderRefundedV1, occasion: ThisOccasion, learning: Learns) -> None:
    await learning.news(news_of(told.order, occasion, told.by, told.approved_by), occasion)


@reactions.told(IncidentOpenedV1, even_if_stale=True)
async def know_whose_incident(told: IncidentOpenedV1, occasion: ThisOccasion, learning: Learns) -> None:
    if told.incident.order_id is not None:
        await learning.news(News(told.incident.order_id, staff_among(told.incident.owner_id)), occasion)


@reactions.told(IncidentClosedV1, even_if_stale=True)
async def know_who_closed_it(told: IncidentClosedV1, occasion: ThisOccasion, learning: Learns) -> None:
    if told.incident.order_id is not None:
        hands = staff_among(told.incident.owner_id, told.by)
        await learning.news(News(told.incident.order_id, hands), occasion)


@reactions.told(OrderConfirmedV1, even_if_stale=True)
async def know_the_promise(
    told: OrderConfirmedV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(news_of(told.order, occasion, told.by), occasion)
    promise = told.order.promise
    at = promise.promised_at if promise else occasion.came_about
    await reach(clocks, told.order, Milestone.PROMISED, at, occasion)


@reactions.told(OrderCancelledV1, even_if_stale=True)
async def stop_all_clocks(
    told: OrderCancelledV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(news_of(told.order, occasion, told.by), occasion)
    await reach(clocks, told.order, Milestone.ORDER_CANCELLED, occasion.came_about, occasion)


@reactions.told(DeliveryDeliveredV1, even_if_stale=True)
async def ask_the_customer(
    told: DeliveryDeliveredV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    await learning.news(delivery_news(told, occasion.at), occasion)
    shipment = told.shipment
    await clocks.reached(Milestone.DELIVERED, shipment.order_id, shipment.shop_id, told.at, occasion)


@reactions.told(DeliveryHandledV1, even_if_stale=True)
async def know_who_had_it_in_hand(told: DeliveryHandledV1, occasion: ThisOccasion, learning: Learns) -> None:
    await learning.news(News(told.shipment.order_id, staff_among(told.by)), occasion)


@reactions.told(SupplyAllocatedV1, even_if_stale=True)
async def know_whose_goods(told: SupplyAllocatedV1, occasion: ThisOccasion, learning: Learns) -> None:
    await learning.news(supply_news(told, occasion.heard[1] if occasion.heard else 0), occasion)


@reactions.told(ClaimOpenedV1, even_if_stale=True)
async def look_for_a_contradiction(
    told: ClaimOpenedV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    claim = told.claim
    if claim.order_id is None:
        return
    await learning.news(News(claim.order_id, claimed=True), occasion)
    await learning.claimed(claim.order_id, occasion)
    await clocks.reached(Milestone.CLAIM_OPENED, claim.order_id, claim.shop_id, occasion.came_about, occasion)


@reactions.told(ClaimClosedV1, even_if_stale=True)
async def know_who_settled_it(told: ClaimClosedV1, occasion: ThisOccasion, learning: Learns) -> None:
    if told.claim.order_id is not None:
        await learning.news(News(told.claim.order_id, staff_among(told.claim.owner_id, told.by)), occasion)


@reactions.told(ClaimDecidedV1, even_if_stale=True)
async def know_the_decision(
    told: ClaimDecidedV1, occasion: ThisOccasion, learning: Learns, clocks: Times
) -> None:
    claim = told.claim
    if claim.order_id is None:
        return
    hands = staff_among(claim.owner_id, told.by, told.approved_by)
    await learning.news(News(claim.order_id, hands), occasion)
    await clocks.reached(
        Milestone.CLAIM_DECIDED, claim.order_id, claim.shop_id, occasion.came_about, occasion
    )
