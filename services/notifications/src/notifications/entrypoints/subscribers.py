"""What notifications does when others speak.

`even_if_stale`: an older fact of an order still tells of an offer or a refund that no newer one repeats; what is older
about the order itself never undoes what is newer (`domain.correspondence`).
"""

from functools import partial
from typing import Annotated

from chassis.handling import Handler, Occasion
from chassis.reactions import Reactions, ThisOccasion
from contracts.claims import ClaimLetterIssuedV1
from contracts.crm import CustomerErasedV1, ShopChangedV1
from contracts.orders import (
    OrderCancelledV1,
    OrderConfirmedV1,
    OrderCreatedV1,
    OrderRefundDueV1,
    OrderRefundedV1,
    OrderSubstituteOfferedV1,
)
from contracts.quality import QualityCallDueV1
from faststream import Context
from kernel.zone import zone_named

from notifications.application.corresponding import Corresponding
from notifications.application.forgetting import Forgetting
from notifications.application.zones import ShopZone, ZoneHeard
from notifications.domain.correspondence import HearOrder
from notifications.domain.message import Refund
from notifications.domain.planning import on_agreed, on_letter, on_offer, on_refund, on_survey, on_taken
from notifications.entrypoints.from_orders import money_of, order_of
from notifications.entrypoints.from_others import BY_LINK, EMAIL, asked_about, claimant, letter_of

reactions = Reactions("notifications")
GOODWILL = "goodwill"

Writing = Annotated[Corresponding, Context("corresponding")]


def sequence_of(occasion: Occasion) -> int:
    """How new the fact is among those of its order."""
    return occasion.heard[1] if occasion.heard else 0


@reactions.told(OrderCreatedV1, even_if_stale=True)
async def confirm_receipt(told: OrderCreatedV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    order = order_of(told.order)
    plans = on_taken(order, occasion.at, corresponding.policy)
    await corresponding.news(HearOrder(order, sequence_of(occasion)), plans, occasion)


@reactions.told(OrderSubstituteOfferedV1, even_if_stale=True)
async def apologise_and_offer(
    told: OrderSubstituteOfferedV1, occasion: ThisOccasion, corresponding: Writing
) -> None:
    order, sequence = order_of(told.order), sequence_of(occasion)
    plans = on_offer(
        told.product_ids, told.expires_at, sequence=sequence, at=occasion.at, policy=corresponding.policy
    )
    await corresponding.news(HearOrder(order, sequence, offered=True), plans, occasion)


@reactions.told(OrderConfirmedV1, even_if_stale=True)
async def tell_the_delivery(told: OrderConfirmedV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    order = order_of(told.order)
    plans = on_agreed(order.promise, occasion.at, corresponding.policy) if order.promise else []
    await corresponding.news(HearOrder(order, sequence_of(occasion)), plans, occasion)


@reactions.told(OrderRefundDueV1, even_if_stale=True)
async def promise_the_refund(told: OrderRefundDueV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    refund = Refund(told.refund_id, money_of(told.amount), told.due_on)
    only_asked = (
        told.needs_approval and told.reason == GOODWILL
    )  # it may be refused: nobody is told of it yet (R80)
    plans = [] if only_asked else on_refund(refund, occasion.at, corresponding.policy)
    await corresponding.news(HearOrder(order_of(told.order), sequence_of(occasion)), plans, occasion)


@reactions.told(OrderRefundedV1, even_if_stale=True)
async def tell_the_refund(told: OrderRefundedV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    refund = Refund(told.refund_id, money_of(told.amount))
    heard = HearOrder(order_of(told.order), sequence_of(occasion), refunded=told.refund_id)
    await corresponding.news(heard, on_refund(refund, occasion.at, corresponding.policy), occasion)


@reactions.told(OrderCancelledV1, even_if_stale=True)
async def stop_writing(told: OrderCancelledV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    await corresponding.news(HearOrder(order_of(told.order), sequence_of(occasion)), (), occasion)


@reactions.told(QualityCallDueV1)
async def send_the_survey(told: QualityCallDueV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    call = told.call
    if told.channel in BY_LINK:
        plan_in = partial(on_survey, call.call_id, call.due_at, policy=corresponding.policy)
        await corresponding.asked(asked_about(call), plan_in, occasion)


@reactions.told(ClaimLetterIssuedV1, even_if_stale=True)
async def send_the_letter(told: ClaimLetterIssuedV1, occasion: ThisOccasion, corresponding: Writing) -> None:
    if told.channel == EMAIL:
        plan = on_letter(letter_of(told), occasion.at, corresponding.policy)
        await corresponding.asked(claimant(told), lambda _: plan, occasion)


@reactions.told(CustomerErasedV1)
async def forget_the_customer(
    told: CustomerErasedV1, occasion: ThisOccasion, forgetting: Annotated[Forgetting, Context()]
) -> None:
    await forgetting(told.customer.customer_id, occasion)


@reactions.told(ShopChangedV1)
async def learn_the_zone(
    told: ShopChangedV1,
    occasion: ThisOccasion,
    hear_zone: Annotated[Handler[ShopZone, ShopZone, ZoneHeard], Context()],
) -> None:
    zone_named(told.time_zone)
    await hear_zone(ShopZone(told.shop_id, told.time_zone), occasion)
