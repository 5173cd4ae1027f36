"""The report on incidents over HTTP (R49-R55)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.problems import refusals
from fastapi import APIRouter
from fastapi import Query as Asks
from kernel.refusal import Refusal
from pydantic import BaseModel, Field

from logistics.domain.incident_comparing import Compared
from logistics.domain.incident_report import Group
from logistics.entrypoints.incident_wired import IncidentReader, Reports
from logistics.entrypoints.values import OnDay

router = APIRouter(prefix="/reports", tags=["incidents"])

LONGEST = 92


class TooLong(Refusal):
    """A report is of at most 92 days, and its first day is not after its last."""


class GroupOut(BaseModel):
    """`of` are the shipments it is reckoned against."""

    incidents: int
    of: int | None
    per_hundred: float | None


class MethodOut(BaseModel):
    """How one version of a playbook fared (R53)."""

    closed: int
    customers_kept: int
    followed: int
    success: float | None


class IncidentReportOut(BaseModel):
    """Sums in kopecks. A playbook is named by kind and version."""

    total: GroupOut
    by_source: Mapping[str, GroupOut]
    by_kind: Mapping[str, GroupOut]
    by_carrier: Mapping[str, GroupOut]
    by_mode: Mapping[str, GroupOut]
    by_day: Mapping[str, GroupOut]
    by_week: Mapping[str, GroupOut]
    playbooks: Mapping[str, MethodOut]
    seconds_to_detect: int | None = Field(
        description="From the problem to the incident: the middle one (R52)."
    )
    seconds_to_detect_longest: int | None
    lost: int
    recovered: int
    penalties: int
    escalated: int
    customers_kept: int
    customers_lost: int


class ComparedOut(BaseModel):
    """Thirty days and the thirty before; `change` of incidents per 100 shipments, less is better."""

    now: GroupOut
    before: GroupOut
    change: float | None


class ComparisonOut(BaseModel):
    to: date
    total: ComparedOut
    by_source: Mapping[str, ComparedOut]
    by_kind: Mapping[str, ComparedOut]
    by_carrier: Mapping[str, ComparedOut]
    by_mode: Mapping[str, ComparedOut]


@router.get("/incidents", responses=refusals(TooLong))
async def report_on_incidents(
    actor: IncidentReader,
    reports: Reports,
    shop_id: Id,
    first: Annotated[OnDay, Asks(alias="from", description="A day of the shop.")],
    last: Annotated[OnDay, Asks(alias="to", description="Included; at most 92 days.")],
) -> IncidentReportOut:
    """Incidents opened in these days, per 100 shipments promised for them."""
    del actor
    if not _fits(first, last):
        raise TooLong(f"At most {LONGEST} days, the first before the last.")
    found = await reports.report(shop_id, first, last)
    return IncidentReportOut(
        total=_group(found.total),
        by_source=_groups(found.by_source),
        by_kind=_groups(found.by_kind),
        by_carrier=_groups(found.by_carrier),
        by_mode=_groups(found.by_mode),
        by_day=_groups(found.by_day),
        by_week=_groups(found.by_week),
        playbooks={
            name: MethodOut(
                closed=each.closed, customers_kept=each.kept, followed=each.followed, success=each.success
            )
            for name, each in found.methods.items()
        },
        seconds_to_detect=found.to_detect,
        seconds_to_detect_longest=found.to_detect_longest,
        lost=found.lost,
        recovered=found.recovered,
        penalties=found.penalties,
        escalated=found.escalated,
        customers_kept=found.kept,
        customers_lost=found.gone,
    )


@router.get("/incidents/comparison")
async def compare_incidents(
    actor: IncidentReader,
    reports: Reports,
    asked: Asking,
    shop_id: Id,
    last: Annotated[OnDay | None, Asks(alias="to", description="Left out: today in the shop.")] = None,
) -> ComparisonOut:
    """Incidents per 100 shipments of thirty days beside the thirty before (R49, R72)."""
    del actor
    day = last or (await reports.shops.of(shop_id)).day_of(asked.at)
    found = await reports.compare(shop_id, day)
    return ComparisonOut(
        to=day,
        total=_compared(found.total),
        by_source=_all_compared(found.by_source),
        by_kind=_all_compared(found.by_kind),
        by_carrier=_all_compared(found.by_carrier),
        by_mode=_all_compared(found.by_mode),
    )


def _all_compared(of: Mapping[str, Compared]) -> dict[str, ComparedOut]:
    return {word: _compared(each) for word, each in of.items()}


def _compared(it: Compared) -> ComparedOut:
    return ComparedOut(now=_group(it.now), before=_group(it.before), change=it.change)


def _fits(first: date, last: date) -> bool:
    return 0 <= (last - first).days < LONGEST


def _groups(of: Mapping[str, Group]) -> dict[str, GroupOut]:
    return {word: _group(each) for word, each in of.items()}


def _group(it: Group) -> GroupOut:
    return GroupOut(incidents=it.incidents, of=it.of, per_hundred=it.per_hundred)
