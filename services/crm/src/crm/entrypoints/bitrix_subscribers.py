"""What the bridge hears: crm's own facts of customers. By way of the topic a crash in between loses nothing."""

from typing import Annotated

from chassis.reactions import Reactions, ThisOccasion
from contracts.crm import CustomerErasedV1, CustomerMergedV1, CustomerOwnerChangedV1, CustomerUnmergedV1
from faststream import Context

from crm.application.bitrix_following import Following
from crm.entrypoints.subscribers import listening

Follow = Annotated[Following, Context("bitrix24_following")]


def reactions() -> Reactions:
    """Entered only where there is a portal, into a table of its own that hears all the rest, too."""
    table = listening()

    @table.told(CustomerOwnerChangedV1)
    async def tell_portal(told: CustomerOwnerChangedV1, occasion: ThisOccasion, follow: Follow) -> None:
        await follow.want(told.customer.customer_id, occasion)

    @table.told(CustomerMergedV1)
    async def merge_cards(told: CustomerMergedV1, occasion: ThisOccasion, follow: Follow) -> None:
        await follow.merge(told.customer.customer_id, told.merged_id, occasion)

    @table.told(CustomerUnmergedV1)
    async def unmerge_cards(told: CustomerUnmergedV1, occasion: ThisOccasion, follow: Follow) -> None:
        await follow.unmerge(told.customer.customer_id, told.merged_id, occasion)

    @table.told(CustomerErasedV1)
    async def forget_cards(told: CustomerErasedV1, occasion: ThisOccasion, follow: Follow) -> None:
        await follow.forget(told.customer.customer_id, occasion)

    return table
