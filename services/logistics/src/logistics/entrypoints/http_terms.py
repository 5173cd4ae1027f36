"""A carrier's terms over HTTP: written as one document, decided on by somebody else (R60, R80)."""

from datetime import date, datetime
from typing import Annotated

from chassis.handling import Outcome
from chassis.http.asking import Asking
from chassis.http.fields import Words
from chassis.http.problems import refusals
from chassis.http.rush_freezes import Despite
from fastapi import APIRouter, Query
from kernel.freeze import SettingsFrozen
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain import carrier as c
from logistics.domain.carrier import Carrier, Version, in_force
from logistics.domain.refusals import (
    AgreementDoesNotHold,
    ApproverWrote,
    OtherRevision,
    TermsDecidedAlready,
    UnknownCarrier,
    UnknownTerms,
)
from logistics.entrypoints.agreement_document import AgreementIO, agreement_out
from logistics.entrypoints.values import OnDay
from logistics.entrypoints.wired import Agrees, Approves, CarrierId, CarriersKept, Reader, VersionNumber

router = APIRouter(prefix="/carriers/{carrier_id}", tags=["terms"])
ALWAYS = (UnknownCarrier, UnknownTerms, TermsDecidedAlready, NotYourDuty)


class VersionOut(BaseModel):
    """One version of the terms. Approved, it never changes."""

    carrier_id: str
    version: int
    revision: int = Field(description="Grows with each writing of the draft; an approval names it.")
    stage: c.TermsStage
    effective_from: date
    holds_from: date | None = Field(description="The first day on which it may be in force.")
    zones: list[str]
    points: int
    writers: list[str]
    written_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None


class VersionsOut(BaseModel):
    """Oldest first."""

    items: list[VersionOut]


class TermsOut(VersionOut):
    terms: AgreementIO


class ApprovalIn(BaseModel):
    revision: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        description="As read: what was written since is not approved."
    )


class RejectionIn(BaseModel):
    reason: Annotated[Words, Field(min_length=1)]


@router.put("/terms", responses=refusals(UnknownCarrier, AgreementDoesNotHold, NotYourDuty))
async def write_terms(
    carrier_id: CarrierId, body: AgreementIO, asked: Asking, agreeing: Agrees
) -> VersionOut:
    """Write the whole agreement: the draft anew, or the next version's draft."""
    written = body.agreement(carrier_id)
    outcome = await agreeing.write(written, asked.actor, asked.occasion(body))
    assert outcome.state is not None
    return _out(outcome.state, outcome.state.versions[-1])


@router.get("/terms", responses=refusals(UnknownCarrier))
async def list_terms(carrier_id: CarrierId, actor: Reader, carriers: CarriersKept) -> VersionsOut:
    """All versions, with what was decided on each."""
    del actor
    carrier = await _carrier(carriers, carrier_id)
    return VersionsOut(items=[_out(carrier, each) for each in carrier.versions])


@router.get("/terms:in-force", responses=refusals(UnknownCarrier, UnknownTerms))
async def read_terms_in_force(
    carrier_id: CarrierId,
    actor: Reader,
    on: Annotated[OnDay, Query(description="A day in the carrier's time zone.")],
    carriers: CarriersKept,
    agreeing: Agrees,
) -> TermsOut:
    """The terms that hold on a day."""
    del actor
    carrier = await _carrier(carriers, carrier_id)
    return await _whole(carrier, in_force(carrier, on), agreeing)


@router.get("/terms/{version}", responses=refusals(UnknownCarrier, UnknownTerms))
async def read_terms(
    carrier_id: CarrierId, version: VersionNumber, actor: Reader, carriers: CarriersKept, agreeing: Agrees
) -> TermsOut:
    """One version, whole."""
    del actor
    carrier = await _carrier(carriers, carrier_id)
    return await _whole(carrier, carrier.version(version), agreeing)


@router.post(
    "/terms/{version}/approval", responses=refusals(*ALWAYS, OtherRevision, ApproverWrote, SettingsFrozen)
)
async def approve_terms(  # noqa: PLR0917 - what FastAPI fills in
    carrier_id: CarrierId,
    version: VersionNumber,
    body: ApprovalIn,
    asked: Asking,
    approving: Approves,
    despite: Despite = None,
) -> VersionOut:
    """Approve a draft that somebody else wrote; it holds from its day on, and not before today. A rush may lock it
    (R116).
    """
    command = c.ApproveTerms(carrier_id, version, body.revision, asked.actor, asked.at)
    return _decided(await approving.approve(command, asked.occasion(body), despite), version)


@router.post("/terms/{version}/rejection", responses=refusals(*ALWAYS))
async def reject_terms(
    carrier_id: CarrierId, version: VersionNumber, body: RejectionIn, asked: Asking, agreeing: Agrees
) -> VersionOut:
    """Reject a draft, with a reason; the next writing is the next version."""
    command = c.RejectTerms(carrier_id, version, body.reason, asked.actor, asked.at)
    return _decided(await agreeing.settle(command, asked.occasion(body)), version)


@router.post("/terms/{version}/withdrawal", responses=refusals(*ALWAYS))
async def withdraw_terms(
    carrier_id: CarrierId, version: VersionNumber, asked: Asking, agreeing: Agrees
) -> VersionOut:
    """Take a draft back."""
    command = c.WithdrawTerms(carrier_id, version, asked.actor, asked.at)
    return _decided(await agreeing.settle(command, asked.occasion()), version)


async def _carrier(carriers: CarriersKept, carrier_id: str) -> Carrier:
    carrier = (await carriers.load(carrier_id)).state
    if carrier is None:
        raise UnknownCarrier("There is no such carrier.")
    return carrier


async def _whole(carrier: Carrier, version: Version | None, agreeing: Agrees) -> TermsOut:
    if version is None:
        raise UnknownTerms("The carrier has no such terms.")
    whole = await agreeing.read(carrier.carrier_id, version.content)
    return TermsOut.model_construct(**dict(_out(carrier, version)), terms=agreement_out(whole))


def _decided(outcome: Outcome[Carrier], number: int) -> VersionOut:
    carrier = outcome.state
    version = carrier.version(number) if carrier else None
    assert carrier is not None
    assert version is not None
    return _out(carrier, version)


def _out(carrier: Carrier, version: Version) -> VersionOut:
    return VersionOut(
        carrier_id=carrier.carrier_id,
        version=version.number,
        revision=version.revision,
        stage=version.stage,
        effective_from=version.content.effective_from,
        holds_from=version.holds_from,
        zones=list(version.content.zones),
        points=version.content.points,
        writers=list(version.writers),
        written_at=version.written_at,
        decided_by=version.decided_by,
        decided_at=version.decided_at,
        reason=version.reason,
    )
