"""What orders does when others speak."""

from typing import Annotated

from chassis.following import Hear, Heard
from chassis.handling import Handler
from chassis.reactions import Reactions, ThisOccasion
from chassis.shop_told import shop_of
from contracts.crm import CustomerErasedV1, CustomerOwnerChangedV1, ShopChangedV1, StaffChangedV1
from contracts.procurement import SupplyAllocatedV1, SupplyReleasedV1, SupplyShortV1
from faststream import Context
from kernel.shop import Shop

from orders.application.following import CustomerOwner
from orders.application.ordering import Ordering
from orders.application.working_time import Situations
from orders.domain.team import Member
from orders.domain.words import Supply
from orders.entrypoints.from_crm import member_of
from orders.entrypoints.from_procurement import lines_of, missing_of

reactions = Reactions("orders")

Orders = Annotated[Ordering, Context("ordering")]
Kept = Annotated[Situations, Context("situations")]
HearOwner = Annotated[
    Handler[Hear[CustomerOwner], CustomerOwner, Heard[CustomerOwner]], Context("hear_owner")
]


@reactions.told(SupplyAllocatedV1)
async def note_allocation(told: SupplyAllocatedV1, occasion: ThisOccasion, ordering: Orders) -> None:
    await ordering.hear_supply(
        told.order_id, Supply.ALLOCATED, (), occasion, lines_of(told), ready_on=told.expected_on
    )


@reactions.told(SupplyShortV1)
async def owe_an_apology(told: SupplyShortV1, occasion: ThisOccasion, ordering: Orders) -> None:
    missing = missing_of(told)
    await ordering.hear_supply(told.order_id, Supply.SHORT, missing, occasion, lines_of(told))


@reactions.told(SupplyReleasedV1)
async def note_release(told: SupplyReleasedV1, occasion: ThisOccasion, ordering: Orders) -> None:
    await ordering.hear_supply(told.order_id, Supply.RELEASED, (), occasion)


@reactions.told(CustomerOwnerChangedV1)
async def follow_the_owner(
    told: CustomerOwnerChangedV1,
    occasion: ThisOccasion,
    ordering: Orders,
    hear_owner: HearOwner,
) -> None:
    customer_id, owner_id = told.customer.customer_id, told.customer.owner_id
    if owner_id:
        kept = await hear_owner(Hear(customer_id, CustomerOwner(customer_id, owner_id)), occasion)
        assert kept.state is not None
        newest = kept.state.owner_id  # not who is told of, if this is old news
        if newest is not None:
            await ordering.follow_owner(customer_id, newest, occasion)


@reactions.told(CustomerErasedV1, even_if_stale=True)
async def forget_who_is_erased(
    told: CustomerErasedV1, occasion: ThisOccasion, ordering: Orders, hear_owner: HearOwner
) -> None:
    customer_id = told.customer.customer_id
    await hear_owner(Hear(customer_id, CustomerOwner(customer_id, None, erased=True)), occasion)
    await ordering.forget(customer_id, occasion)


@reactions.told(ShopChangedV1)
async def learn_working_time(
    told: ShopChangedV1,
    occasion: ThisOccasion,
    situations: Kept,
    hear_shop: Annotated[Handler[Hear[Shop], Shop, Heard[Shop]], Context()],
) -> None:
    await hear_shop(Hear(told.shop_id, shop_of(told)), occasion)
    situations.forget()


@reactions.told(StaffChangedV1)
async def learn_who_is_there(
    told: StaffChangedV1,
    occasion: ThisOccasion,
    situations: Kept,
    hear_member: Annotated[Handler[Hear[Member], Member, Heard[Member]], Context()],
) -> None:
    await hear_member(Hear(told.staff_id, member_of(told)), occasion)
    situations.forget()
