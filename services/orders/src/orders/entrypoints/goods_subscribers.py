"""What orders does when it hears what became of a message to a customer, and what may not be sold."""

from typing import Annotated

from chassis.following import Hear, Heard
from chassis.handling import Handler
from chassis.reactions import ThisOccasion
from contracts.notifications import MessageFailedV1, MessageSentV1
from contracts.procurement import ItemSaleClosedV1, ItemSaleReopenedV1
from faststream import Context

from orders.application.agreeing import Agreeing
from orders.application.following import Sale
from orders.application.ordering import Ordering
from orders.domain.goods import Unreached
from orders.domain.goods_commands import HearApologySent, HearUnreached
from orders.domain.words import Channel
from orders.entrypoints.subscribers import Orders, reactions

__all__ = ["reactions"]

OF_OTHERS = frozenset({"claim_letter", "quality_survey"})
"""Who issued the letter, or asks after the delivery, sees to what did not arrive: not who sells (R6, R8)."""
APOLOGY, AGREED = "apology_and_offer", "delivery_agreed"
HearSale = Annotated[Handler[Hear[Sale], Sale, Heard[Sale]], Context("hear_sale")]


@reactions.told(MessageSentV1)
async def note_what_was_written(
    told: MessageSentV1, occasion: ThisOccasion, ordering: Orders, agreeing: Annotated[Agreeing, Context()]
) -> None:
    if told.order_id is None or not await _is_here(told.order_id, ordering):
        return
    channel = Channel(told.channel) if told.channel in set(Channel) else Channel.MESSENGER
    if told.template == AGREED:
        await agreeing.hear_told(told.order_id, channel, told.cause_id, told.sent_at, occasion)
    if told.template == APOLOGY:
        command = HearApologySent(told.order_id, channel, "notifications", told.sent_at, occasion.at)
        await ordering.handle(command, occasion)


@reactions.told(MessageFailedV1)
async def ask_a_person_to_reach_him(told: MessageFailedV1, occasion: ThisOccasion, ordering: Orders) -> None:
    if told.order_id and told.template not in OF_OTHERS and await _is_here(told.order_id, ordering):
        clocks = (await ordering.situation(told.order_id)).clocks
        missed = Unreached(told.message_id, told.template, told.channel, told.reason, occasion.at)
        await ordering.handle(HearUnreached(told.order_id, missed, occasion.at, clocks), occasion)


@reactions.told(ItemSaleClosedV1)
async def stop_offering(told: ItemSaleClosedV1, occasion: ThisOccasion, hear_sale: HearSale) -> None:
    await hear_sale(Hear(told.product_id, Sale(told.product_id, closed=True)), occasion)


@reactions.told(ItemSaleReopenedV1)
async def offer_again(told: ItemSaleReopenedV1, occasion: ThisOccasion, hear_sale: HearSale) -> None:
    await hear_sale(Hear(told.product_id, Sale(told.product_id, closed=False)), occasion)


async def _is_here(order_id: str, ordering: Ordering) -> bool:
    """An order is saved before it is told of, so a message about one that is not here opens nothing."""
    return (await ordering.orders.load(order_id)).state is not None
