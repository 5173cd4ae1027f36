"""Declared service levels: published as versions, acknowledged by who reads them, measured (R13, R91, R92)."""

from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Now, Who, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter, Depends, Path, Request
from kernel.actor import Actor, Role
from kernel.refused_duty import NotYourDuty

from quality.application.declaring import Declaring
from quality.domain import refusals as no
from quality.domain.sla import Acknowledge, Publish, Sla
from quality.entrypoints.sla_models import ComplianceOut, SlaOut, VersionIn, compliance_out, sla_out

router = APIRouter(prefix="/slas", tags=["service levels"])

PEOPLE = sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.SERVICE, Role.CALL_CENTRE_AGENT})
Staff = Annotated[Actor, Depends(asked_by(*PEOPLE))]
SlaId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


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
    return PageOut(items=[sla_out(held.state, at) for held in found.items if held.state], next=found.next)


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
    return compliance_out(await declaring.compliance(sla_id))


@router.get("/{sla_id}/timeline", responses=refusals(no.UnknownSla))
async def read_timeline(sla_id: SlaId, actor: Staff, slas: Slas) -> TimelineOut:
    """Who published and read it, when."""
    del actor
    entries = await slas.history(sla_id)
    if not entries:
        raise no.UnknownSla("There is no such service level.")
    return timeline(sla_id, entries)
