"""What logistics does when orders speaks. Told twice, late or out of order, it ends the same."""

from typing import Annotated

from chassis.reactions import Reactions, ThisOccasion
from contracts.orders import OrderCancelledV1, OrderConfirmedV1
from faststream import Context

from logistics.application.reserving import Reserving

reactions = Reactions("logistics")

Reserves = Annotated[Reserving, Context()]


@reactions.told(OrderConfirmedV1)
async def firm_the_place(told: OrderConfirmedV1, occasion: ThisOccasion, reserving: Reserves) -> None:
    promise = told.order.promise
    if promise is not None:
        await reserving.confirm(told.order.order_id, promise.reservation_id, occasion)


@reactions.told(OrderCancelledV1)
async def free_the_places(told: OrderCancelledV1, occasion: ThisOccasion, reserving: Reserves) -> None:
    await reserving.cancel(told.order.order_id, occasion)
