"""What logistics does when orders speaks. Told twice, late or out of order, it ends the same."""

from typing import Annotated

from chassis.freezing_told import follow_rush
from chassis.reactions import Reactions, ThisOccasion
from contracts.orders import OrderCancelledV1, OrderChangedV1, OrderConfirmedV1, OrderPaidV1, OrderRefundDueV1
from faststream import Context

from logistics.application.incident_weighing import Weighing
from logistics.application.reserving import Reserving
from logistics.application.shipping import ShippingOut
from logistics.entrypoints.known_order import known_order
from logistics.entrypoints.order_sums import worth_of

reactions = Reactions("logistics")
follow_rush(reactions)

Reserves = Annotated[Reserving, Context()]
Ships = Annotated[ShippingOut, Context()]
Weighs = Annotated[Weighing, Context()]


@reactions.told(OrderConfirmedV1)
async def firm_the_place(
    told: OrderConfirmedV1, occasion: ThisOccasion, reserving: Reserves, shipping: Ships, weighing: Weighs
) -> None:
    promise = told.order.promise
    if promise is not None:
        await reserving.confirm(told.order.order_id, promise.reservation_id, occasion)
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)
    await weighing.hear(worth_of(told.order, occasion.at), occasion)


@reactions.told(OrderCancelledV1)
async def free_the_places(
    told: OrderCancelledV1, occasion: ThisOccasion, reserving: Reserves, shipping: Ships, weighing: Weighs
) -> None:
    await reserving.cancel(told.order.order_id, occasion)
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)
    await weighing.hear(worth_of(told.order, occasion.at), occasion)


@reactions.told(OrderChangedV1)
async def keep_up_with_the_order(
    told: OrderChangedV1, occasion: ThisOccasion, shipping: Ships, weighing: Weighs
) -> None:
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)
    await weighing.hear(worth_of(told.order, occasion.at, told.what), occasion)


@reactions.told(OrderPaidV1)
async def keep_up_with_its_money(
    told: OrderPaidV1, occasion: ThisOccasion, shipping: Ships, weighing: Weighs
) -> None:
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)
    await weighing.hear(worth_of(told.order, occasion.at), occasion)


@reactions.told(OrderRefundDueV1)
async def weigh_a_refund(told: OrderRefundDueV1, occasion: ThisOccasion, weighing: Weighs) -> None:
    await weighing.hear(worth_of(told.order, occasion.at), occasion)
