"""What the bridge hears: crm's own fact that somebody else answers for a customer. By way of the topic a crash in between loses nothing."""

from typing import Annotated

from chassis.reactions import Reactions, ThisOccasion
from contracts.crm import CustomerOwnerChangedV1
from faststream import Context

from crm.application.bitrix_following import Following
from crm.entrypoints.subscribers import listening


def reactions() -> Reactions:
    """Entered only where there is a portal, into a table of its own that hears all the rest, too."""
    table = listening()

    @table.told(CustomerOwnerChangedV1)
    async def tell_portal(
        told: CustomerOwnerChangedV1,
        occasion: ThisOccasion,
        bitrix24_following: Annotated[Following, Context()],
    ) -> None:
        await bitrix24_following.want(told.customer.customer_id, occasion)

    return table
