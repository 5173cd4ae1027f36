"""What procurement does when logistics tells that goods left our warehouse, arrived, are lost, or came back (R28).

An older fact counts, too: each kind of news of a shipment is kept for itself.
"""

from typing import Annotated

from chassis.reactions import ThisOccasion
from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryDispatchedV1,
    DeliveryFailedV1,
    DeliveryReturnedV1,
    ShipmentV1,
)
from faststream import Context

from procurement.application.sending import Sending
from procurement.domain.sending_parts import GoodsCameBack, GoodsKept, GoodsLeft, GoodsSpoiled, Parcel
from procurement.entrypoints.subscribers import reactions

__all__ = ["reactions"]

SPOILED = frozenset({"damage", "loss"})
Sends = Annotated[Sending, Context()]


@reactions.told(DeliveryDispatchedV1, even_if_stale=True)
async def take_out_of_stock(told: DeliveryDispatchedV1, occasion: ThisOccasion, sending: Sends) -> None:
    shipment = told.shipment
    left = tuple(Parcel(each.line_no, each.product_id, each.quantity) for each in shipment.lines)
    await sending.hear(shipment.order_id, GoodsLeft(shipment.shipment_id, left, occasion.at), occasion)


@reactions.told(DeliveryDeliveredV1, even_if_stale=True)
async def give_back_what_is_not_wanted(
    told: DeliveryDeliveredV1, occasion: ThisOccasion, sending: Sends
) -> None:
    shipment = told.shipment
    if _kept(shipment):
        await sending.hear(shipment.order_id, GoodsKept(shipment.shipment_id, occasion.at), occasion)


@reactions.told(DeliveryFailedV1, even_if_stale=True)
async def count_what_is_lost(told: DeliveryFailedV1, occasion: ThisOccasion, sending: Sends) -> None:
    shipment = told.shipment
    if told.final and told.reason in SPOILED:
        await sending.hear(shipment.order_id, GoodsSpoiled(shipment.shipment_id, occasion.at), occasion)


@reactions.told(DeliveryReturnedV1, even_if_stale=True)
async def put_back_into_stock(told: DeliveryReturnedV1, occasion: ThisOccasion, sending: Sends) -> None:
    """`quantity` are the sound pieces, `delivered` those of them that the customer kept."""
    shipment = told.shipment
    rest = ((each, each.quantity - each.delivered) for each in shipment.lines)
    back = tuple(Parcel(each.line_no, each.product_id, pieces) for each, pieces in rest if pieces > 0)
    news = GoodsCameBack(shipment.shipment_id, back, _kept(shipment), occasion.at)
    await sending.hear_back(shipment.order_id, news, occasion)


def _kept(shipment: ShipmentV1) -> bool:
    return any(each.delivered for each in shipment.lines)
