"""Who answers for a customer over HTTP: handing him over, accepting him, sending him back; who did before (R98)."""

from datetime import datetime
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.paging import PageOut
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Request
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from crm.application.handing_over import HandingOver
from crm.domain.handing_over import Period, periods
from crm.domain.refusals import (
    CustomerErased,
    CustomerMerged,
    NobodyToOwn,
    NotHandedToYou,
    NothingToAccept,
    UnknownCustomer,
)
from crm.entrypoints.customer_models import Asked, Code, CustomerId, Customers, Reader

router = APIRouter(prefix="/customers/{customer_id}", tags=["who answers for a customer"])
ALWAYS = (UnknownCustomer, CustomerErased, CustomerMerged)


class OwnerIn(Asked):
    to_id: Id
    reason: Code = "handed_over"


class DecliningIn(Asked):
    reason: Code = Field(examples=["no_capacity", "not_my_line"])


class PeriodOut(BaseModel):
    """`since` is null of who was the first; `until` null: he does now."""

    owner_id: str | None
    since: datetime | None
    until: datetime | None
    by: str | None
    reason: str | None


async def handing(request: Request) -> HandingOver:
    """The wired use case."""
    return request.app.state.handing


Hands = Annotated[HandingOver, Depends(handing)]


@router.post("/owner", responses=refusals(*ALWAYS, NobodyToOwn, NotYourDuty))
async def hand_over(customer_id: CustomerId, body: OwnerIn, asked: Asking, hands: Hands) -> ReceiptOut:
    """Somebody else answers for him from now on. An account manager is to accept him by `accept_by` (R98)."""
    return receipt(await hands.hand_over(customer_id, body.to_id, body.reason, asked.occasion(body)))


@router.post("/owner/acceptance", responses=refusals(*ALWAYS, NotHandedToYou))
async def accept_handover(customer_id: CustomerId, asked: Asking, hands: Hands) -> ReceiptOut:
    """Who answers for him now knows of him (R98); his deputy says it while he is away."""
    return receipt(await hands.accept(customer_id, asked.occasion()))


@router.post("/owner/declining", responses=refusals(*ALWAYS, NotHandedToYou, NothingToAccept, NobodyToOwn))
async def decline_handover(
    customer_id: CustomerId, body: DecliningIn, asked: Asking, hands: Hands
) -> ReceiptOut:
    """He goes back to who had him before, and where that one is away to the owner of the shop (R98)."""
    return receipt(await hands.decline(customer_id, body.reason, asked.occasion(body)))


@router.get("/owners", responses=refusals(UnknownCustomer))
async def list_owners(customer_id: CustomerId, actor: Reader, customers: Customers) -> PageOut[PeriodOut]:
    """Who answered for him from when to when, the newest first; the last hundred."""
    del actor
    found = (await customers.load(customer_id)).state
    if found is None:
        raise UnknownCustomer("There is no such customer.")
    return PageOut(items=[_shown(each) for each in periods(found)], next=None)


def _shown(it: Period) -> PeriodOut:
    return PeriodOut(owner_id=it.owner_id, since=it.since, until=it.until, by=it.by, reason=it.reason)
