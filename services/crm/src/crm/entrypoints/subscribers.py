"""What crm hears: that a shop's rush locks hours and duties (R116), that an order was completed (R98), and its own facts of customers,
whom leads and the cards of a portal follow. By way of the topic a crash in between loses nothing.
"""

from typing import Annotated, Protocol

from chassis.freezing_told import follow_rush
from chassis.handling import Occasion
from chassis.reactions import Reactions, ThisOccasion
from contracts.crm import CustomerErasedV1, CustomerMergedV1, CustomerOwnerChangedV1, CustomerUnmergedV1
from contracts.orders import OrderCompletedV1
from faststream import Context

from crm.application.first_orders import FirstOrders


class Follower(Protocol):
    """Something of a customer that goes where he goes."""

    async def want(self, customer_id: str, why: Occasion) -> None:
        """Somebody else answers for him."""

    async def merge(self, into: str, merged_id: str, why: Occasion) -> None:
        """Two cards were one person."""

    async def unmerge(self, from_: str, merged_id: str, why: Occasion) -> None:
        """They were two after all."""

    async def forget(self, customer_id: str, why: Occasion) -> None:
        """He is gone."""


Followers = Annotated[tuple[Follower, ...], Context("customer_followers")]
reactions = Reactions("crm")
follow_rush(reactions)


@reactions.told(OrderCompletedV1, even_if_stale=True)
async def pass_him_on_after_his_first_order(
    told: OrderCompletedV1, occasion: ThisOccasion, first_orders: Annotated[FirstOrders, Context()]
) -> None:
    """After the sale an account manager answers for him (R98). What was tried, or sent back whole, was no sale."""
    order = told.order
    sold = told.kept and not order.is_test
    if order.customer_id is not None and sold:
        await first_orders.completed(order.customer_id, order.order_id, occasion)


@reactions.told(CustomerOwnerChangedV1)
async def go_to_the_new_owner(
    told: CustomerOwnerChangedV1, occasion: ThisOccasion, followers: Followers
) -> None:
    """Leads and the portal's cards are whose the customer is (R98)."""
    for each in followers:
        await each.want(told.customer.customer_id, occasion)


@reactions.told(CustomerMergedV1)
async def go_together(told: CustomerMergedV1, occasion: ThisOccasion, followers: Followers) -> None:
    """What was of two is of one."""
    for each in followers:
        await each.merge(told.customer.customer_id, told.merged_id, occasion)


@reactions.told(CustomerUnmergedV1)
async def go_apart(told: CustomerUnmergedV1, occasion: ThisOccasion, followers: Followers) -> None:
    """Each has what was his."""
    for each in followers:
        await each.unmerge(told.customer.customer_id, told.merged_id, occasion)


@reactions.told(CustomerErasedV1)
async def go_for_good(told: CustomerErasedV1, occasion: ThisOccasion, followers: Followers) -> None:
    """Nothing of him stays (152-FZ art. 21)."""
    for each in followers:
        await each.forget(told.customer.customer_id, occasion)
