"""Leads over HTTP: opened, listed by who is to see to them, moved on, won, lost (R98)."""

from http import HTTPStatus
from typing import Annotated, Literal

from chassis.http.asking import Asking, Opening
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Query
from kernel.refused_duty import NotYourDuty

from crm.domain.lead import Lead
from crm.domain.refusals import (
    CustomerErased,
    CustomerMerged,
    LeadClosed,
    NobodyToOwn,
    NotYourLead,
    StepMakesNoSense,
    UnknownCustomer,
    UnknownLead,
    UnknownStage,
)
from crm.entrypoints.lead_models import (
    Kept,
    LeadId,
    LeadIn,
    LeadOut,
    Leads,
    LossIn,
    Opener,
    StepIn,
    WholeLeadOut,
    WinIn,
    Worker,
    shown,
    whole,
)
from crm.entrypoints.phones import personal

router = APIRouter(prefix="/leads", tags=["leads"])
Equal = Annotated[str | None, Query(max_length=120)]
WORKING = (UnknownLead, NotYourDuty, NotYourLead, LeadClosed)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    responses=refusals(UnknownCustomer, CustomerErased, CustomerMerged, NobodyToOwn),
)
async def open_lead(body: LeadIn, opener: Opener, asked: Opening, leads: Leads) -> ReceiptOut:
    """Somebody wants something. Who answers for the customer answers for it; a new one gets a sales manager."""
    del opener
    return receipt(await leads.open(body.wish(asked.derived_id("lead")), asked.occasion(body)))


@router.get("")
async def list_leads(  # noqa: PLR0917 - what FastAPI fills in
    actor: Worker,
    page: Paging,
    leads: Kept,
    shop_id: Equal = None,
    owner_id: Equal = None,
    customer_id: Equal = None,
    turned_to: Equal = None,
    stage: Equal = None,
    course: Literal["open", "won", "lost", "all"] = "open",
    overdue: Annotated[bool | None, Query()] = None,
) -> PageOut[LeadOut]:
    """What is due first comes first. `turned_to`: overdue ones that somebody is to see to."""
    del actor
    given = {
        "shop_id": shop_id,
        "owner_id": owner_id,
        "customer_id": customer_id,
        "turned_to": turned_to,
        "stage": stage,
        "course": None if course == "all" else course,
        "overdue": overdue,
    }
    equal = {name: value for name, value in given.items() if value is not None}
    found = await leads.page(Wanted(equal=equal, order="due_at"), page.limit, page.cursor)
    return PageOut(items=[shown(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{lead_id}", responses=refusals(UnknownLead))
async def read_lead(lead_id: LeadId, actor: Worker, leads: Kept) -> WholeLeadOut:
    """One lead, with what he wants."""
    del actor
    return whole(await _found(lead_id, leads))


@router.get("/{lead_id}/timeline", responses=refusals(UnknownLead))
async def read_timeline(lead_id: LeadId, actor: Worker, leads: Kept) -> TimelineOut:
    """What happened to it, when and by whom."""
    del actor
    await _found(lead_id, leads)
    return timeline(lead_id, await leads.history(lead_id))


@router.post("/{lead_id}/step", responses=refusals(*WORKING, UnknownStage, StepMakesNoSense))
async def plan_step(lead_id: LeadId, body: StepIn, asked: Asking, leads: Leads) -> ReceiptOut:
    """What is done next and by when, and in which stage it is from now on."""
    done = await leads.step(
        lead_id,
        stage=body.stage,
        step=body.step,
        due_at=body.due_at,
        wants=personal(body.wants),
        why=asked.occasion(body),
    )
    return receipt(done)


@router.post("/{lead_id}/win", responses=refusals(*WORKING))
async def win_lead(lead_id: LeadId, body: WinIn, asked: Asking, leads: Leads) -> ReceiptOut:
    """He ordered; an account manager answers for him from now on, where the shop has one there (R98)."""
    return receipt(await leads.win(lead_id, body.order_id, asked.occasion(body)))


@router.post("/{lead_id}/loss", responses=refusals(*WORKING))
async def lose_lead(lead_id: LeadId, body: LossIn, asked: Asking, leads: Leads) -> ReceiptOut:
    """He will not order, and this is why."""
    return receipt(await leads.lose(lead_id, body.reason, asked.occasion(body)))


async def _found(lead_id: str, leads: Kept) -> Lead:
    found = (await leads.load(lead_id)).state
    if found is None:
        raise UnknownLead("There is no such lead.")
    return found
