"""What procurement does when others speak."""

from typing import Annotated

from chassis.reactions import Reactions, ThisOccasion
from contracts.order_state import OrderV1
from contracts.orders import OrderCancelledV1, OrderCreatedV1
from faststream import Context

from procurement.application.allocating import Allocating
from procurement.domain.allocation import Want

reactions = Reactions("procurement")

Allocates = Annotated[Allocating, Context()]


@reactions.told(OrderCreatedV1)
async def allocate_supply(created: OrderCreatedV1, occasion: ThisOccasion, allocating: Allocates) -> None:
    await allocating.seek(created.order.order_id, _wanted(created.order), occasion)


@reactions.told(OrderCancelledV1)
async def release_supply(cancelled: OrderCancelledV1, occasion: ThisOccasion, allocating: Allocates) -> None:
    await allocating.release(cancelled.order.order_id, _wanted(cancelled.order), cancelled.reason, occasion)


def _wanted(order: OrderV1) -> list[Want]:
    return [Want(line.line_no, line.product_id, line.quantity) for line in order.lines]
