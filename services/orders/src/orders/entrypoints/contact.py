"""How to reach the customer of an order, for the services that write to him; and messages that did not reach him (R31, R97)."""

from typing import Annotated

from chassis.handling import Occasion
from chassis.http.asking import Asking, Now, Who
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends
from kernel.refused_duty import NotYourDuty
from uuid_utils.compat import uuid7

from orders.application.substituting import Substituting
from orders.domain.goods_commands import AcknowledgeUnreached, ReadContact
from orders.domain.refusals import PersonErased, UnknownOrder
from orders.entrypoints.commands import OrderId, Orders
from orders.entrypoints.contact_models import ContactOut, contact_out
from orders.entrypoints.offers import substituting_of

router = APIRouter(prefix="/orders", tags=["contact"])
Substitutes = Annotated[Substituting, Depends(substituting_of)]


@router.get("/{order_id}/contact", responses=refusals(UnknownOrder, PersonErased, NotYourDuty))
async def read_contact(
    order_id: OrderId, actor: Who, at: Now, orders: Orders, substitutes: Substitutes
) -> ContactOut:
    """Name, phone and what a message needs besides. Each look is written into the order's history (R97)."""
    look = Occasion(f"command:{uuid7()}", at, actor)
    done = await orders.handle(ReadContact(order_id, actor, at), look)
    assert done.state
    return contact_out(done.state, substitutes, at)


@router.post("/{order_id}/unreached:settle", responses=refusals(UnknownOrder, NotYourDuty))
async def settle_unreached(order_id: OrderId, asked: Asking, orders: Orders) -> ReceiptOut:
    """The messages that did not reach him are seen to. Reaching him, or writing otherwise, does the same by itself."""
    command = AcknowledgeUnreached(order_id, asked.actor, asked.at)
    return receipt(await orders.handle(command, asked.occasion()))
