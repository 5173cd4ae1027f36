"""Supplier cases over HTTP: opened, talked over, handed on, settled and closed with their money (R44, R45, R80)."""

from http import HTTPStatus
from typing import Annotated, Literal

from chassis.chassis import Listing
from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter, Depends
from kernel.action import Action
from kernel.money import Money
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel

from procurement.application.casing import Casing, Raised
from procurement.domain import case_commands as asks
from procurement.domain.case_refusals import (
    CaseIsClosed,
    NothingToApprove,
    OwnClosingApproved,
    OwnerMayNotBuy,
    ThreadIsFull,
    UnknownCase,
)
from procurement.domain.refusals import UnknownSupplier
from procurement.domain.supplier_case import Entry, Level, Stage, SupplierCase
from procurement.entrypoints.case_models import (
    CaseIn,
    CaseOut,
    CaseWithThreadOut,
    EntryIn,
    SettlementIn,
    case_out,
    with_thread,
)
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import duty, reached

router = APIRouter(prefix="/supplier-cases", tags=["supplier cases"])

Cases = Annotated[Casing, reached("casing")]
CasesKept = Annotated[Listing[SupplierCase], reached("cases")]
MostLost = Annotated[Money, reached("most_lost")]
RUNS = duty(Action.RUN_SUPPLIER_CASE)
READS = duty(Action.RUN_SUPPLIER_CASE, Action.APPROVE_PURCHASE)
"""Who approves closings, and whom late cases go up to, sees them, too."""
STEP = refusals(UnknownCase, CaseIsClosed, NotYourDuty)


class OwnerIn(BaseModel):
    """Who answers for it from now on."""

    owner_id: Id


class EscalationIn(BaseModel):
    """How high it is to go."""

    to: Literal["service_owner", "shop_owner"]

    def level(self) -> Level:
        return Level[self.to.upper()]


class DecisionIn(BaseModel):
    """The second person's yes or no."""

    agrees: bool


class Sought(BaseModel):
    """Which cases are asked for; `linked` is a purchase, an order or a claim."""

    owner_id: Id | None = None
    supplier_id: SupplierId | None = None
    stage: Stage | None = None
    escalated: bool | None = None
    linked: Id | None = None


@router.post(
    "", status_code=HTTPStatus.CREATED, dependencies=[RUNS], responses=refusals(UnknownSupplier, NotYourDuty)
)
async def open_case(body: CaseIn, asked: Opening, cases: Cases) -> ReceiptOut:
    """Open a case with a supplier."""
    case_id, entries = asked.derived_id("supplier-case"), body.entries(asked.actor.id, asked.at)
    raised = Raised(body.supplier_id, body.trouble, body.at_stake.money(), case_id, body.linked(), entries)
    return receipt(await cases.open(case_id, raised, asked.actor, asked.occasion(body)))


@router.get("", dependencies=[READS])
async def list_cases(kept: CasesKept, page: Paging, sought: Annotated[Sought, Depends()]) -> PageOut[CaseOut]:
    """Cases, the most urgent first; the closed ones, which have no deadline, before them."""
    equal = sought.model_dump(mode="json", exclude_none=True)
    found = await kept.page(Query(equal, order="due_at"), page.limit, page.cursor)
    return PageOut(items=[case_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{case_id}", dependencies=[READS], responses=refusals(UnknownCase))
async def show_case(case_id: Id, kept: CasesKept) -> CaseWithThreadOut:
    """One case with its thread."""
    state = (await kept.load(case_id)).state
    if state is None:
        raise UnknownCase("There is no such case.")
    return with_thread(state)


@router.post("/{case_id}/entries", responses=refusals(UnknownCase, CaseIsClosed, ThreadIsFull, NotYourDuty))
async def add_entry(case_id: Id, body: EntryIn, asked: Asking, cases: Cases) -> ReceiptOut:
    """Write down what was said, or where we failed ourselves (R45)."""
    entry = Entry(asked.at, asked.actor.id, body.kind, body.words)
    return receipt(await cases.act(asks.AddEntry(case_id, entry, asked.actor), asked.occasion(body)))


@router.put("/{case_id}/owner", responses=refusals(UnknownCase, CaseIsClosed, OwnerMayNotBuy, NotYourDuty))
async def hand_over(case_id: Id, body: OwnerIn, asked: Asking, cases: Cases) -> ReceiptOut:
    """Give the case to another senior buyer (R4)."""
    occasion = asked.occasion(body)
    fits = await cases.owning.fits(body.owner_id, asked.actor)
    clock = await cases.owning.clock(occasion)
    command = asks.HandOver(case_id, body.owner_id, fits, clock, asked.actor, asked.at)
    return receipt(await cases.act(command, occasion))


@router.post("/{case_id}/escalation", responses=STEP)
async def escalate_case(case_id: Id, body: EscalationIn, asked: Asking, cases: Cases) -> ReceiptOut:
    """Give the case up the ladder; where it is as high already, nothing changes (R44)."""
    return receipt(await cases.escalate(case_id, body.level(), asked.actor, asked.occasion(body)))


@router.put("/{case_id}/settlement", responses=STEP)
async def propose_settlement(case_id: Id, body: SettlementIn, asked: Asking, cases: Cases) -> ReceiptOut:
    """Say how it might end; a closing that waits for a second person is taken back by it."""
    command = asks.ProposeSettlement(case_id, body.outcome, body.sum(), asked.actor, asked.at)
    return receipt(await cases.act(command, asked.occasion(body)))


@router.post("/{case_id}/closing", responses=STEP)
async def close_case(
    case_id: Id, body: SettlementIn, asked: Asking, cases: Cases, most_lost: MostLost
) -> ReceiptOut:
    """Close the case; where more is given up than the limit it waits for a second person (R80)."""
    command = asks.CloseCase(case_id, body.outcome, body.sum(), most_lost, asked.actor, asked.at)
    return receipt(await cases.act(command, asked.occasion(body)))


@router.post(
    "/{case_id}/closing/decision",
    responses=refusals(UnknownCase, NothingToApprove, OwnClosingApproved, NotYourDuty),
)
async def decide_closing(case_id: Id, body: DecisionIn, asked: Asking, cases: Cases) -> ReceiptOut:
    """The second person's yes, which closes the case, or no, which gives it back to its owner (R80)."""
    occasion = asked.occasion(body)
    clock = await cases.owning.clock(occasion)
    command = asks.DecideClosing(case_id, body.agrees, clock, asked.actor, asked.at)
    return receipt(await cases.act(command, occasion))


@router.post("/{case_id}/reopening", responses=refusals(UnknownCase, NotYourDuty))
async def reopen_case(case_id: Id, asked: Asking, cases: Cases) -> ReceiptOut:
    """It was not settled after all."""
    return receipt(await cases.reopen(case_id, asked.actor, asked.occasion()))


@router.get("/{case_id}/timeline", dependencies=[READS], responses=refusals(UnknownCase))
async def show_case_timeline(case_id: Id, kept: CasesKept) -> TimelineOut:
    """What happened to a case."""
    entries = await kept.history(case_id)
    if not entries:
        raise UnknownCase("There is no such case.")
    return timeline(case_id, entries)
