"""Supply of orders over HTTP: what is held for whom, and the suppliers' yes (R22, R28, R41)."""

from datetime import date, datetime
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Count, Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.action import Action
from pydantic import BaseModel, Field

from procurement.domain.allocation import Allocation, AnswerForSupplier, Stage
from procurement.domain.refusals import NoAnswerAwaited, UnknownAllocation
from procurement.entrypoints.http_offers import OfferId
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import Allocates, AllocationsKept, Reader, duty

router = APIRouter(prefix="/allocations", tags=["allocations"])


class PartOut(BaseModel):
    """A piece of a line at one offer."""

    line_no: int
    offer_id: str
    supplier_id: str
    quantity: int
    grip: str = Field(
        description="planned, held, asked (a supplier's yes is awaited), bought, leaving or going (it left our warehouse)."
    )
    answer_by: datetime | None
    expected_on: date
    reason: str = Field(description="Why this offer.")


class LineOut(BaseModel):
    """What the order wants, what stands for it, and what is not to be had."""

    line_no: int
    product_id: str
    quantity: int
    missing: int


class SentOut(BaseModel):
    """Pieces of a line that left with a shipment, what of them was taken out of stock, and what was put back."""

    shipment_id: str
    line_no: int
    left: int
    gone: int
    put_back: int


class AllocationOut(BaseModel):
    order_id: str
    stage: str = Field(description="sought, holding, asking, freeing, allocated, short or released.")
    lines: list[LineOut]
    parts: list[PartOut]
    sent: list[SentOut]
    expected_on: date | None
    excluded: list[str] = Field(description="Offers whose supplier said no, or nothing in time.")


class AnswerIn(BaseModel):
    """What the supplier said: how many of the pieces asked for he has."""

    offer_id: OfferId
    quantity: Annotated[Count, Field(description="0 is his no.")] = 0


@router.get("")
async def list_allocations(
    _: Reader,
    allocations: AllocationsKept,
    page: Paging,
    stage: Stage | None = None,
    asked_supplier_id: SupplierId | None = None,
) -> PageOut[AllocationOut]:
    """Allocations by stage; `asking` are those that wait for a supplier's yes, the most urgent first."""
    asked = {"stage": stage.value if stage else None, "asked": asked_supplier_id}
    equal = {name: value for name, value in asked.items() if value is not None}
    order = "answer_by" if stage is Stage.ASKING or asked_supplier_id else "_id"
    found = await allocations.page(Query(equal, order=order), page.limit, page.cursor)
    return PageOut(items=[_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{order_id}", responses=refusals(UnknownAllocation))
async def show_allocation(_: Reader, order_id: Id, allocations: AllocationsKept) -> AllocationOut:
    """The supply of one order."""
    state = (await allocations.load(order_id)).state
    if state is None:
        raise UnknownAllocation(f"No supply was sought for order {order_id}.")
    return _out(state)


@router.post(
    "/{order_id}/confirmations",
    dependencies=[duty(Action.CONFIRM_SUPPLY)],
    responses=refusals(UnknownAllocation, NoAnswerAwaited),
)
async def record_answer(order_id: Id, body: AnswerIn, asked: Asking, allocates: Allocates) -> ReceiptOut:
    """Record what the supplier said about an uncounted offer."""
    command = AnswerForSupplier(order_id, body.offer_id, body.quantity, asked.actor.id, asked.at)
    return receipt(await allocates.answer(command, asked.occasion(body, story=order_id)))


@router.get("/{order_id}/timeline", responses=refusals(UnknownAllocation))
async def show_allocation_timeline(_: Reader, order_id: Id, allocations: AllocationsKept) -> TimelineOut:
    """What happened to the supply of an order."""
    entries = await allocations.history(order_id)
    if not entries:
        raise UnknownAllocation(f"No supply was sought for order {order_id}.")
    return timeline(order_id, entries)


def _out(now: Allocation) -> AllocationOut:
    missing = {lack.line_no: lack.missing for lack in now.lacking}
    return AllocationOut(
        order_id=now.order_id,
        stage=now.stage.value,
        lines=[
            LineOut(
                line_no=want.line_no,
                product_id=want.product_id,
                quantity=want.quantity,
                missing=missing.get(want.line_no, 0),
            )
            for want in now.wanted
        ],
        parts=[
            PartOut(
                line_no=part.line_no,
                offer_id=part.offer_id,
                supplier_id=part.supplier_id,
                quantity=part.quantity,
                grip=part.grip.value,
                answer_by=part.answer_by,
                expected_on=part.expected_on,
                reason=part.reason,
            )
            for part in now.parts
        ],
        sent=[
            SentOut(
                shipment_id=each.shipment_id,
                line_no=line_no,
                left=left,
                gone=each.gone.get(line_no, 0),
                put_back=each.put.get(line_no, 0),
            )
            for each in now.sent.values()
            for line_no, left in each.left.items()
        ],
        expected_on=now.expected_on,
        excluded=sorted(now.excluded),
    )
