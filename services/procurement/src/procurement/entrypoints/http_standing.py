"""How suppliers stand with us over HTTP: checklist, trial, reviews, owner, tasks (R4, R45, R48)."""

from datetime import UTC, date, datetime
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.listing import Query
from fastapi import APIRouter
from kernel.action import Action
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from procurement.domain.case_refusals import ChecklistIncomplete, OwnerMayNotBuy, TrialNeedsAnEnd
from procurement.domain.refusals import UnknownSupplier
from procurement.domain.standing import Item, ReviewSupplier, Task, TickItem, Verdict
from procurement.domain.supplier import Supplier
from procurement.entrypoints.http_cases import OwnerIn
from procurement.entrypoints.http_suppliers import Partners, known_supplier
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import SuppliersKept, duty, reached

router = APIRouter(tags=["suppliers"])

CheckAgainDays = Annotated[int, reached("check_again_days")]
RUNS = duty(Action.RUN_SUPPLIER_CASE)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any task; suppliers without one have no such moment."""


class TickIn(BaseModel):
    done: bool = True


class ReviewIn(BaseModel):
    """What the look at the supplier comes to."""

    verdict: Verdict
    until: date | None = Field(None, description="Until when his trial goes on, for `extend`.")


class TaskOut(BaseModel):
    """What somebody has to do about a supplier."""

    supplier_id: str
    task: str
    owner_id: str
    opened_at: datetime
    due_at: datetime
    overdue: int


class StandingOut(BaseModel):
    """Where a supplier stands."""

    supplier_id: str
    owner_id: str | None
    phase: str = Field(description="trial, kept or parted.")
    trial_until: datetime | None
    check_at: datetime | None
    done: list[str]
    missing: list[str] = Field(description="What of the checklist is not done yet.")
    tasks: list[TaskOut]


@router.get("/suppliers/{supplier_id}/standing", dependencies=[RUNS], responses=refusals(UnknownSupplier))
async def show_standing(supplier_id: SupplierId, suppliers: SuppliersKept) -> StandingOut:
    """Trial, checklist and tasks of a supplier."""
    return _standing(await known_supplier(supplier_id, suppliers))


@router.put("/suppliers/{supplier_id}/checklist/{item}", responses=refusals(UnknownSupplier, NotYourDuty))
async def tick_item(
    supplier_id: SupplierId, item: Item, body: TickIn, asked: Asking, partners: Partners
) -> ReceiptOut:
    """Something that is asked of a new supplier is done, or is not after all."""
    command = TickItem(supplier_id, item, body.done, asked.actor, asked.at)
    return receipt(await partners.act(command, asked.occasion(body)))


@router.post(
    "/suppliers/{supplier_id}/reviews",
    responses=refusals(UnknownSupplier, ChecklistIncomplete, TrialNeedsAnEnd, NotYourDuty),
)
async def review_supplier(
    supplier_id: SupplierId, body: ReviewIn, asked: Asking, partners: Partners, days: CheckAgainDays
) -> ReceiptOut:
    """Keep him, give him longer, or part: then nothing is allocated from him any more."""
    shop = await partners.owning.shops.of()
    until = body.until and shop.begins(body.until)
    check_at = shop.in_working_days(asked.at, days)
    command = ReviewSupplier(supplier_id, body.verdict, until, check_at, asked.actor, asked.at)
    return receipt(await partners.act(command, asked.occasion(body)))


@router.put(
    "/suppliers/{supplier_id}/owner", responses=refusals(UnknownSupplier, OwnerMayNotBuy, NotYourDuty)
)
async def name_owner(supplier_id: SupplierId, body: OwnerIn, asked: Asking, partners: Partners) -> ReceiptOut:
    """Who answers for the supplier: an active senior buyer, or the shop's owner (R4, R45)."""
    return receipt(await partners.name_owner(supplier_id, body.owner_id, asked.actor, asked.occasion(body)))


@router.get("/supplier-tasks", dependencies=[RUNS])
async def list_tasks(suppliers: SuppliersKept, page: Paging, owner_id: Id | None = None) -> PageOut[TaskOut]:
    """Tasks about suppliers, the most urgent supplier first."""
    equal = {"tasks_of": owner_id} if owner_id else {}
    query = Query(equal, at_least={"task_due_at": LONG_AGO}, order="task_due_at")
    found = await suppliers.page(query, page.limit, page.cursor)
    tasks = [task for held in found.items if held.state for task in _tasks(held.state)]
    return PageOut(items=[each for each in tasks if owner_id in (None, each.owner_id)], next=found.next)


def _standing(supplier: Supplier) -> StandingOut:
    standing = supplier.standing
    return StandingOut(
        supplier_id=supplier.supplier_id,
        owner_id=supplier.conditions.owner_id,
        phase=standing.phase.value,
        trial_until=standing.trial_until,
        check_at=standing.check_at,
        done=[item.value for item in Item if item in standing.checklist],
        missing=[item.value for item in standing.missing],
        tasks=_tasks(supplier),
    )


def _tasks(supplier: Supplier) -> list[TaskOut]:
    return [
        TaskOut(
            supplier_id=supplier.supplier_id,
            task=Task(task).value,
            owner_id=owed.owner_id,
            opened_at=owed.opened_at,
            due_at=owed.due_at,
            overdue=owed.overdue,
        )
        for task, owed in supplier.standing.tasks.items()
    ]
