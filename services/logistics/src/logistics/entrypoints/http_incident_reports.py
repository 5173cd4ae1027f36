"""The report on incidents over HTTP (R49-R55)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from chassis.http.fields import Id
from chassis.http.problems import refusals
from fastapi import APIRouter
from fastapi import Query as Asks
from kernel.refusal import Refusal
from pydantic import BaseModel, Field

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
    by_week: Mapping[str, GroupOut]
    playbooks: Mapping[str, MethodOut]
    seconds_to_detect: int | None = Field(
        description="From the problem to the incident: the middle one (R52)."
    )
    seconds_to_detect_longest: int | None
    lost: int
    recovered: int
    escalated: int
    customers_kept: int
    customers_lost: int


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
        escalated=found.escalated,
        customers_kept=found.kept,
        customers_lost=found.gone,
    )


def _fits(first: date, last: date) -> bool:
    return 0 <= (last - first).days < LONGEST


def _groups(of: Mapping[str, Group]) -> dict[str, GroupOut]:
    return {word: _group(each) for word, each in of.items()}


def _group(it: Group) -> GroupOut:
    return GroupOut(incidents=it.incidents, of=it.of, per_hundred=it.per_hundred)
