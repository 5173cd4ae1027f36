"""What logistics hears of who is erased in the whole house."""

from typing import Annotated

from chassis.reactions import ThisOccasion
from contracts.crm import CustomerErasedV1
from faststream import Context

from logistics.application.forgetting import Forgetting
from logistics.entrypoints.incident_subscribers import TABLE

HEARD = TABLE
"""Logistics' one table of reactions, with this one entered."""


@TABLE.told(CustomerErasedV1, even_if_stale=True)
async def forget_who_is_erased(
    told: CustomerErasedV1, occasion: ThisOccasion, forgetting: Annotated[Forgetting, Context()]
) -> None:
    await forgetting.forget(told.customer.customer_id, occasion)
