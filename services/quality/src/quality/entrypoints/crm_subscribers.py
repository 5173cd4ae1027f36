"""What quality does when crm speaks: who works there, when, and who is no customer any more."""

from typing import Annotated

from chassis.handling import Handler
from chassis.reactions import ThisOccasion
from chassis.shop_told import shop_of
from contracts.crm import CustomerErasedV1, ShopChangedV1, StaffChangedV1
from faststream import Context
from kernel.shop import Shop

from quality.application.forgetting import Forgetting
from quality.application.knowing import Told
from quality.domain.people import Member
from quality.entrypoints.from_facts import member_of
from quality.entrypoints.subscribers import reactions

__all__ = ["reactions"]


@reactions.told(CustomerErasedV1)
async def forget_the_customer(
    told: CustomerErasedV1, occasion: ThisOccasion, forgetting: Annotated[Forgetting, Context()]
) -> None:
    await forgetting(told.customer.customer_id, occasion)


@reactions.told(ShopChangedV1)
async def learn_the_shop(
    told: ShopChangedV1,
    occasion: ThisOccasion,
    hear_shop: Annotated[Handler[Shop, Shop, Told[Shop]], Context()],
) -> None:
    await hear_shop(shop_of(told), occasion)


@reactions.told(StaffChangedV1)
async def learn_the_staff(
    told: StaffChangedV1,
    occasion: ThisOccasion,
    hear_staff: Annotated[Handler[Member, Member, Told[Member]], Context()],
) -> None:
    await hear_staff(member_of(told), occasion)
