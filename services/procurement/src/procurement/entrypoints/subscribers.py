"""What procurement does when others speak."""

from typing import Annotated

from chassis.handling import Handler
from chassis.reactions import Reactions, ThisOccasion
from contracts.crm import ShopChangedV1, StaffChangedV1
from contracts.order_state import OrderV1
from contracts.orders import OrderCancelledV1, OrderCreatedV1
from faststream import Context

from procurement.application.allocating import Allocating
from procurement.application.following import Hear, Heard
from procurement.application.shops import Shops
from procurement.domain.allocation import Want
from procurement.domain.member import Member
from procurement.domain.shop import Shop
from procurement.entrypoints.from_crm import member_of, shop_of

reactions = Reactions("procurement")

Allocates = Annotated[Allocating, Context()]


@reactions.told(OrderCreatedV1)
async def allocate_supply(created: OrderCreatedV1, occasion: ThisOccasion, allocating: Allocates) -> None:
    order = created.order
    await allocating.seek(
        order.order_id, _wanted(order), occasion, placed_at=order.placed_at, shop_id=order.shop_id
    )


@reactions.told(OrderCancelledV1)
async def release_supply(cancelled: OrderCancelledV1, occasion: ThisOccasion, allocating: Allocates) -> None:
    await allocating.release(cancelled.order.order_id, _wanted(cancelled.order), cancelled.reason, occasion)


@reactions.told(ShopChangedV1)
async def learn_working_time(
    told: ShopChangedV1,
    occasion: ThisOccasion,
    shops: Annotated[Shops, Context()],
    hear_shop: Annotated[Handler[Hear[Shop], Shop, Heard[Shop]], Context()],
) -> None:
    await hear_shop(Hear(told.shop_id, shop_of(told)), occasion)
    shops.forget()


@reactions.told(StaffChangedV1)
async def learn_who_buys(
    told: StaffChangedV1,
    occasion: ThisOccasion,
    hear_member: Annotated[Handler[Hear[Member], Member, Heard[Member]], Context()],
) -> None:
    await hear_member(Hear(told.staff_id, member_of(told)), occasion)


def _wanted(order: OrderV1) -> list[Want]:
    return [Want(line.line_no, line.product_id, line.quantity) for line in order.lines]
