"""Declared service levels: published as versions, acknowledged by who reads them, measured (R13, R91, R92)."""

from datetime import date, datetime
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Now, Who, asked_by
from chassis.http.fields import Line, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter, Depends, Path, Request
from kernel.actor import Actor, Role
from kernel.refused_duty import NotYourDuty
from pydantic import AwareDatetime, BaseModel, Field

from quality.application.declaring import Declaring
from quality.domain import refusals as no
from quality.domain.flags import flags
from quality.domain.sla import Acknowledge, Draft, Milestone, Publish, Sla, Term
from quality.entrypoints.models import Asked

router = APIRouter(prefix="/slas", tags=["service levels"])

PEOPLE = sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.SERVICE, Role.CALL_CENTRE_AGENT})
Staff = Annotated[Actor, Depends(asked_by(*PEOPLE))]
SlaId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
A_YEAR = 366 * 24 * 60


class TermIn(Asked):
    """In working time of the shop, or by the clock."""

    minutes: int = Field(ge=1, le=A_YEAR)
    working: bool


class VersionIn(Asked):
    """`seen` is the newest version you had before you, 0 for none."""

    title: Line
    starts: Milestone | None = None
    stops: Milestone | None = None
    term: TermIn | None = None
    target: int | None = Field(default=None, ge=1, le=100, description="Percent to be kept.")
    valid_from: AwareDatetime
    review_on: date
    note: Words = ""
    seen: int = Field(ge=0, le=1_000_000)

    def draft(self) -> Draft:
        """In the domain's words."""
        term = Term(self.term.minutes, self.term.working) if self.term else None
        return Draft(
            self.title,
            self.starts,
            self.stops,
            term,
            self.target,
            self.valid_from,
            self.review_on,
            self.note,
        )


class VersionOut(BaseModel):
    number: int
    title: str
    starts: Milestone | None
    stops: Milestone | None
    minutes: int | None
    working: bool | None
    target: int | None
    valid_from: datetime
    review_on: date
    note: str
    by: str
    at: datetime
    read_by: list[str]
    flags: list[str] = Field(description="`no_metric`, `no_target`, `review_due` (R13, R92).")


class SlaOut(BaseModel):
    sla_id: str
    in_force: int | None
    versions: list[VersionOut]


class ComplianceOut(BaseModel):
    """Real values against the declared (R91)."""

    kept: int
    broken: int
    running: int
    percent: int | None
    median_minutes: int | None = Field(description="How long it really took, of the newest 200 (R94).")


async def slas_of(request: Request) -> Listing[Sla]:
    """Where service levels are kept."""
    return request.app.state.slas


async def declaring_of(request: Request) -> Declaring:
    """The wired use case."""
    return request.app.state.declaring


Slas = Annotated[Listing[Sla], Depends(slas_of)]
Declares = Annotated[Declaring, Depends(declaring_of)]


@router.get("")
async def list_slas(actor: Staff, at: Now, page: Paging, slas: Slas) -> PageOut[SlaOut]:
    """What is declared, for everybody concerned."""
    del actor
    found = await slas.page(Query(), page.limit, page.cursor)
    return PageOut(items=[_out(held.state, at) for held in found.items if held.state], next=found.next)


@router.post(
    "/{sla_id}/versions",
    responses=refusals(NotYourDuty, no.SlaChangedSince, no.SlaUnfit),
)
async def publish_version(sla_id: SlaId, body: VersionIn, asked: Asking, declaring: Declares) -> ReceiptOut:
    """Another version; what began under an older one keeps it."""
    command = Publish(sla_id, body.draft(), body.seen, asked.actor, asked.at)
    return receipt(await declaring(command, asked.occasion(body)))


@router.post("/{sla_id}/versions/{number}:acknowledge", responses=refusals(no.UnknownSla))
async def acknowledge(
    sla_id: SlaId,
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    actor: Staff,
    asked: Asking,
    declaring: Declares,
) -> ReceiptOut:
    """I have read it (R91)."""
    return receipt(await declaring(Acknowledge(sla_id, number, actor, asked.at), asked.occasion()))


@router.get("/{sla_id}/compliance", responses=refusals(no.UnknownSla))
async def read_compliance(sla_id: SlaId, actor: Who, declaring: Declares) -> ComplianceOut:
    """How it is kept."""
    del actor
    found = await declaring.compliance(sla_id)
    took = found.median
    return ComplianceOut(
        kept=found.kept,
        broken=found.broken,
        running=found.running,
        percent=found.share,
        median_minutes=None if took is None else round(took.total_seconds() / 60),
    )


@router.get("/{sla_id}/timeline", responses=refusals(no.UnknownSla))
async def read_timeline(sla_id: SlaId, actor: Staff, slas: Slas) -> TimelineOut:
    """Who published and read it, when."""
    del actor
    entries = await slas.history(sla_id)
    if not entries:
        raise no.UnknownSla("There is no such service level.")
    return timeline(sla_id, entries)


def _out(sla: Sla, at: datetime) -> SlaOut:
    now = sla.in_force(at)
    versions = [
        VersionOut(
            number=each.number,
            title=each.draft.title,
            starts=each.draft.starts,
            stops=each.draft.stops,
            minutes=each.draft.term.minutes if each.draft.term else None,
            working=each.draft.term.working if each.draft.term else None,
            target=each.draft.target,
            valid_from=each.draft.valid_from,
            review_on=each.draft.review_on,
            note=each.draft.note,
            by=each.by,
            at=each.at,
            read_by=list(each.read_by),
            flags=list(flags(each.draft, at.date())),
        )
        for each in sla.versions
    ]
    return SlaOut(sla_id=sla.sla_id, in_force=now.number if now else None, versions=versions)
