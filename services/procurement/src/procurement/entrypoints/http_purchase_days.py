"""The day list: from which suppliers to order today, until when, what is in it, and what is missing to the minimum (R42)."""

from datetime import date
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.paging import PageOut, Paging
from chassis.listing import Query
from fastapi import APIRouter
from pydantic import Field

from procurement.domain.budget import Budget, key_of
from procurement.entrypoints.http_purchases import Purchases, PurchasesKept
from procurement.entrypoints.models import MoneyIO
from procurement.entrypoints.purchase_models import PurchaseOut, purchase_out, sees_costs
from procurement.entrypoints.wired import Reader, reached

router = APIRouter(prefix="/purchase-days", tags=["purchases"])

BudgetsKept = Annotated[Listing[Budget], reached("budgets")]
DayLimit = Annotated[int | None, reached("day_limit")]


class DayOut(PageOut[PurchaseOut]):
    """The suppliers to order from, by name. Money is told to who buys or approves alone."""

    day: date
    spent: MoneyIO | None = Field(description="By what was placed on this day, fees included.")
    limit: MoneyIO | None = Field(
        description="What may be spent on the day; none: no limit, or not yours to see."
    )


@router.get("/{day}")
async def show_purchase_day(  # noqa: PLR0917 - what the list is made of
    who: Reader,
    day: date,
    page: Paging,
    kept: PurchasesKept,
    purchases: Purchases,
    budgets: BudgetsKept,
    limit: DayLimit,
) -> DayOut:
    """The day list of purchases, drafts as they would be if they were placed now."""
    query = Query(equal={"day": day.isoformat()}, order="supplier_id")
    found = await kept.page(query, page.limit, page.cursor)
    states = [each.state for each in found.items if each.state]
    budget, costs = (await budgets.load(key_of(day))).state, sees_costs(who)
    return DayOut(
        items=[purchase_out(each, await purchases.demanding.lines(each), who) for each in states],
        next=found.next,
        day=day,
        spent=MoneyIO(minor=budget.spent if budget else 0) if costs else None,
        limit=MoneyIO(minor=limit) if costs and limit is not None else None,
    )
