"""Coverage and NPS: numbers that anybody in the shop can ask for (R82, R85); no answer of a single customer is in them."""

from datetime import date, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Who
from chassis.http.paging import Paging
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from quality.application.comparing import Comparing
from quality.application.measuring import Measuring
from quality.domain.call import Call, NotCalled, Open
from quality.domain.judging import Figures
from quality.domain.measuring import Measure, Of
from quality.entrypoints.benchmarks import comparing_of
from quality.entrypoints.calls import Calls

router = APIRouter(tags=["figures"])

LONGEST = timedelta(days=366)
From = Annotated[date, Query(alias="from")]
To = Annotated[date, Query(alias="to")]


class NotAskedOut(BaseModel):
    call_id: str
    order_id: str
    delivered_on: date
    state: str
    reason: str = Field(description="Why nobody asked; `waiting` while the call is open.")


class CoverageOut(BaseModel):
    """Of the orders delivered on these days (R82)."""

    delivered: int
    called: int
    percent: int | None = Field(
        description="Whole percents that were reached: 100 when everybody was called."
    )
    not_called: list[NotAskedOut]
    next: str | None


class FiguresOut(BaseModel):
    """Always with the number of answers (R85)."""

    answers: int
    promoters: int
    neutral: int
    critics: int
    score: int | None = Field(description="% promoters - % critics; none without answers.")


class DayOut(FiguresOut):
    day: date


class SeriesOut(BaseModel):
    of_id: str
    total: FiguresOut
    days: list[DayOut]


class By(StrEnum):
    """How finely: a month is named by its first day (R87)."""

    DAY = "day"
    MONTH = "month"


class NpsOut(BaseModel):
    of: Of
    by: By
    items: list[SeriesOut]
    benchmarks: dict[str, int]


async def measuring_of(request: Request) -> Measuring:
    """The wired use case."""
    return request.app.state.measuring


@router.get("/coverage")
async def read_coverage(since: From, until: To, page: Paging, actor: Who, calls: Calls) -> CoverageOut:
    """Called of delivered, with the list of those not called and why."""
    del actor
    span = _span(since, until)
    delivered = await calls.count(_within(span))
    called = await calls.count(_within(span, "answered"))
    rest = _within(span, "open", "not_called")
    found = await calls.page(rest, page.limit, page.cursor)
    return CoverageOut(
        delivered=delivered,
        called=called,
        percent=100 * called // delivered if delivered else None,
        not_called=[_not_asked(held.state) for held in found.items if held.state],
        next=found.next,
    )


@router.get("/nps")
async def read_nps(  # noqa: PLR0917 - what figures are looked for by
    since: From,
    until: To,
    actor: Who,
    measuring: Annotated[Measuring, Depends(measuring_of)],
    comparing: Annotated[Comparing, Depends(comparing_of)],
    of: Of = Of.COMPANY,
    by: By = By.DAY,
) -> NpsOut:
    """NPS by day or month and over all of them, of the company, each carrier, manager, supplier or touchpoint; beside
    others' (R85, R87, R88).
    """
    del actor
    _span(since, until)
    series: dict[str, list[Measure]] = {}
    for each in await measuring.days(of, since, until, None):
        series.setdefault(each.place.of_id, []).append(each)
    items = [_series(of_id, days, by) for of_id, days in sorted(series.items())]
    return NpsOut(of=of, by=by, items=items, benchmarks=dict((await comparing.table()).scores))


def _within(span: tuple[str, str], *states: str) -> Wanted:
    first, last = ({"delivered_on": each} for each in span)
    equal = {"state": states} if states else {}
    return Wanted(equal=equal, at_least=first, at_most=last, order="delivered_on")


def _span(since: date, until: date) -> tuple[str, str]:
    if not timedelta() <= until - since <= LONGEST:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "`from` to `to` is a year at most.")
    return since.isoformat(), until.isoformat()


def _not_asked(call: Call) -> NotAskedOut:
    asking = call.asking
    reason = call.reason if isinstance(call, NotCalled) else "overdue" if _late(call) else "waiting"
    return NotAskedOut(
        call_id=asking.call_id,
        order_id=asking.order_id,
        delivered_on=asking.delivered_on,
        state=call.kind,
        reason=reason,
    )


def _late(call: Call) -> bool:
    return isinstance(call, Open) and call.overdue


def _series(of_id: str, days: list[Measure], by: By) -> SeriesOut:
    total, spans = Figures(), dict[str, Figures]()
    for each in days:
        total = total.plus(each.figures)
        first = each.place.day if by is By.DAY else f"{each.place.day[:7]}-01"
        spans[first] = spans.get(first, Figures()).plus(each.figures)
    shown = [DayOut.model_validate({"day": day, **_figures(found)}) for day, found in spans.items()]
    return SeriesOut(of_id=of_id, total=FiguresOut.model_validate(_figures(total)), days=shown)


def _figures(figures: Figures) -> dict[str, int | None]:
    return {
        "answers": figures.answers,
        "promoters": figures.promoters,
        "neutral": figures.neutral,
        "critics": figures.critics,
        "score": figures.score if figures.answers else None,
    }
