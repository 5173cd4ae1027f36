"""What logistics does when orders speaks. Told twice, late or out of order, it ends the same."""

from typing import Annotated

from chassis.freezing_told import follow_rush
from chassis.reactions import Reactions, ThisOccasion
from contracts.orders import OrderCancelledV1, OrderChangedV1, OrderConfirmedV1, OrderPaidV1
from faststream import Context

from logistics.application.reserving import Reserving
from logistics.application.shipping import ShippingOut
from logistics.entrypoints.known_order import known_order

reactions = Reactions("logistics")
follow_rush(reactions)

Reserves = Annotated[Reserving, Context()]
Ships = Annotated[ShippingOut, Context()]


@reactions.told(OrderConfirmedV1)
async def firm_the_place(
    told: OrderConfirmedV1, occasion: ThisOccasion, reserving: Reserves, shipping: Ships
) -> None:
    promise = told.order.promise
    if promise is not None:
        await reserving.confirm(told.order.order_id, promise.reservation_id, occasion)
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)


@reactions.told(OrderCancelledV1)
async def free_the_places(
    told: OrderCancelledV1, occasion: ThisOccasion, reserving: Reserves, shipping: Ships
) -> None:
    await reserving.cancel(told.order.order_id, occasion)
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)


@reactions.told(OrderChangedV1)
async def keep_up_with_the_order(told: OrderChangedV1, occasion: ThisOccasion, shipping: Ships) -> None:
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)


@reactions.told(OrderPaidV1)
async def keep_up_with_its_money(told: OrderPaidV1, occasion: ThisOccasion, shipping: Ships) -> None:
    await shipping.hear(told.order.order_id, known_order(told.order), occasion)
