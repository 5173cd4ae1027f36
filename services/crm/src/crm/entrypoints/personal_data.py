"""What the law gives a person over his data: to see all that is kept, and to be forgotten (152-FZ art. 14, 21)."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from chassis.http.asking import Asking, asked_by
from chassis.http.fields import Line
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import EntryOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty
from pydantic import AwareDatetime, BaseModel, Field

from crm.domain import erasure as e
from crm.domain.customer import Customer
from crm.domain.lead import Lead
from crm.domain.refusals import CustomerErased, CustomerMerged, UnknownCustomer
from crm.entrypoints.customer_models import Asked, CustomerId, Customers, Knows, UnmaskedOut, whole
from crm.entrypoints.doubles import Merges
from crm.entrypoints.lead_models import Followed, WholeLeadOut
from crm.entrypoints.lead_models import whole as whole_lead
from crm.entrypoints.note_models import NoteOut, noted

router = APIRouter(tags=["personal data"])
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
Exporter = Annotated[Actor, Depends(asked_by(*DUTIES[Action.EXPORT_PERSON].roles))]
Eraser = Annotated[Actor, Depends(asked_by(*DUTIES[Action.ERASE_PERSON].roles))]


class ErasureIn(Asked):
    reason: Literal["asked", "age", "withdrawn_consent"]


class ExportIn(Asked):
    """`reason` is kept, sealed, with who took it out and when."""

    reason: Line


class LookOut(BaseModel):
    """Who looked at his data."""

    at: datetime
    by: str
    reason: str


class LooksOut(BaseModel):
    items: list[LookOut] = Field(
        description="The newest, oldest first; the timeline has all, without reasons."
    )


class PersonOut(UnmaskedOut):
    """All that crm keeps of him."""

    heard_at: datetime | None = Field(description="When he was last in touch, to the month.")
    looks: list[LookOut] = Field(
        description="The newest; all of them stand in the history, without their reasons."
    )
    history: list[EntryOut]
    noted: list[NoteOut] = Field(description="His type and what was noted of his needs, with who wrote it.")
    leads: list[WholeLeadOut] = Field(description="What he wanted, with what was written down of it.")


class ErasureOut(BaseModel):
    """A line of the act of destruction (order of Roskomnadzor 179)."""

    customer_id: str
    at: datetime
    reason: str
    by: str
    settled: bool = Field(description="Nothing by which he was found is left, either.")


@router.post("/customers/{customer_id}/erasure", responses=refusals(UnknownCustomer, NotYourDuty))
async def erase_customer(
    customer_id: CustomerId, body: ErasureIn, asked: Asking, merges: Merges
) -> ReceiptOut:
    """The person is gone, here and, by `customer.erased`, everywhere, with all cards that were merged; orders keep his id. Asked
    again, nothing happens.
    """
    return receipt(await merges.erase(customer_id, body.reason, asked.occasion(body)))


@router.post(
    "/customers/{customer_id}/export",
    responses=refusals(UnknownCustomer, CustomerErased, CustomerMerged, NotYourDuty),
)
async def export_customer(
    *,
    customer_id: CustomerId,
    body: ExportIn,
    asked: Asking,
    knows: Knows,
    customers: Customers,
    leads: Followed,
) -> PersonOut:
    """All that crm keeps of him, when he asks; that it was taken out is written down, too."""
    command = e.Export(customer_id, Personal(body.reason), asked.actor, asked.at)
    done = await knows.handle(command, asked.occasion(body))
    assert done.state is not None
    history = timeline(customer_id, await customers.history(customer_id)).entries
    return person(done.state, history, [lead async for lead in leads.leads_of(customer_id)])


@router.get("/customers/{customer_id}/looks", responses=refusals(UnknownCustomer))
async def list_looks(customer_id: CustomerId, actor: Exporter, customers: Customers) -> LooksOut:
    """Who looked at his data, and why (market-facts 3)."""
    del actor
    found = (await customers.load(customer_id)).state
    if found is None:
        raise UnknownCustomer("There is no such customer.")
    return LooksOut(items=looks_of(found))


@router.get("/erasures")
async def list_erasures(
    actor: Eraser, page: Paging, customers: Customers, since: AwareDatetime = BEGINNING
) -> PageOut[ErasureOut]:
    """Who was erased since then, by whom and why: the extract of the journal that an act of destruction needs."""
    del actor
    wanted = Wanted(at_least={"erased_at": since}, order="erased_at")
    found = await customers.page(wanted, page.limit, page.cursor)
    gone = [(held.key, held.state.erased) for held in found.items if held.state]
    return PageOut(
        items=[
            ErasureOut(customer_id=key, at=one.at, reason=one.reason, by=one.by, settled=one.settled)
            for key, one in gone
            if one is not None
        ],
        next=found.next,
    )


def person(customer: Customer, history: list[EntryOut], leads: list[Lead]) -> PersonOut:
    """All of him, as answered."""
    return PersonOut(
        **whole(customer).model_dump(),
        heard_at=customer.heard_at,
        looks=looks_of(customer),
        history=history,
        noted=noted(customer),
        leads=[whole_lead(each) for each in leads],
    )


def looks_of(customer: Customer) -> list[LookOut]:
    """As answered."""
    return [LookOut(at=look.at, by=look.by, reason=look.reason.value) for look in customer.looks]
