"""Cards and people over HTTP: several cards of one person, several people of one number."""

from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Request
from kernel.phone import Phone
from kernel.refused_duty import NotYourDuty

from crm.application.merging import Merging
from crm.domain.refusals import (
    CustomerErased,
    CustomerMerged,
    NoRoomOnCard,
    NotMerged,
    SameCustomer,
    UnknownCustomer,
)
from crm.entrypoints.customer_models import Asked, CustomerId, Knows, PhoneAsked

router = APIRouter(prefix="/customers/{customer_id}", tags=["customers"])
ALWAYS = (UnknownCustomer, CustomerErased, CustomerMerged, NotYourDuty)


async def merging(request: Request) -> Merging:
    """The wired use cases."""
    return request.app.state.merging


Merges = Annotated[Merging, Depends(merging)]


class MergeIn(Asked):
    merged_id: Id


@router.post("/merges", responses=refusals(*ALWAYS, SameCustomer, NoRoomOnCard))
async def merge_customers(
    customer_id: CustomerId, body: MergeIn, asked: Asking, merges: Merges
) -> ReceiptOut:
    """`merged_id` is this customer: who asks by its phones finds him. What is known of him stays, what is not is gained; the other
    card keeps all it says, for the undo. The receipt is the merged card's.
    """
    return receipt(await merges.merge(customer_id, body.merged_id, asked.occasion(body)))


@router.delete("/merges/{merged_id}", responses=refusals(*ALWAYS, NotMerged))
async def unmerge_customers(
    customer_id: CustomerId, merged_id: CustomerId, asked: Asking, merges: Merges
) -> ReceiptOut:
    """They were two after all: what the card brought goes back with it."""
    return receipt(await merges.unmerge(customer_id, merged_id, asked.occasion()))


@router.post("/shared-phones", responses=refusals(*ALWAYS, NoRoomOnCard))
async def share_phone(customer_id: CustomerId, body: PhoneAsked, asked: Asking, knows: Knows) -> ReceiptOut:
    """He is reached by a phone that another customer is known by, too: a family, an office. Who resolves by it still gets who was
    known by it first; who looks finds all.
    """
    return receipt(await knows.share_phone(customer_id, Phone.parse(body.phone), asked.occasion(body)))
