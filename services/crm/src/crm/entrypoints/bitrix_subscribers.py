"""What the bridge hears: crm's own fact that somebody else answers for a customer. By way of the topic a crash in between loses nothing."""

from typing import Annotated

from chassis.reactions import Reactions, ThisOccasion
from contracts.crm import CustomerOwnerChangedV1
from faststream import Context

from crm.application.bitrix_following import Following


def reactions() -> Reactions:
    """Told only where there is a portal: without one crm listens to nothing."""
    table = Reactions("crm")

    @table.told(CustomerOwnerChangedV1)
    async def tell_portal(
        told: CustomerOwnerChangedV1,
        occasion: ThisOccasion,
        bitrix24_following: Annotated[Following, Context()],
    ) -> None:
        await bitrix24_following.want(told.customer.customer_id, occasion)

    return table
