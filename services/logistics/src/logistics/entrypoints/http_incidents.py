"""Incidents over HTTP: opened, looked at, handed over, and gone through step by step (R49-R57)."""

from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter, Depends
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain import incident_commands as asks
from logistics.domain.incident import Mark, Stage
from logistics.domain.incident_refusals import (
    DeviationNeedsReason,
    IncidentIsClosed,
    InquiryComesFirst,
    NoCarrier,
    NothingWasAsked,
    OwnerMayNotSettle,
    TopOfLadder,
    UnknownIncident,
    UnknownKind,
    UnknownStep,
    WindowStillOpen,
)
from logistics.domain.incident_trouble import Source, incident_of
from logistics.entrypoints.incident_models import Code, IncidentIn, Typed
from logistics.entrypoints.incident_shown import IncidentOut, IncidentWholeOut, incident_out, whole
from logistics.entrypoints.incident_wired import IncidentReader, IncidentsKept, Runs
from logistics.entrypoints.wired import CarrierName, Reader

router = APIRouter(prefix="/incidents", tags=["incidents"])

STEP = (UnknownIncident, IncidentIsClosed, NotYourDuty)


class Sought(BaseModel):
    """Which incidents are asked for; `linked` is an order or a shipment."""

    shop_id: Id | None = None
    owner_id: Id | None = None
    carrier_id: CarrierName | None = None
    stage: Stage | None = None
    kind: Code | None = None
    source: Source | None = None
    escalated: bool | None = None
    linked: Id | None = None


class OwnerIn(BaseModel):
    """Who answers for it from now on."""

    owner_id: Id


class SourceIn(BaseModel):
    source: Source
    reason: Code


class MarkIn(BaseModel):
    mark: Mark
    reason: Code | None = Field(None, description="Needed for a step that is left out.")


class WordsIn(BaseModel):
    """Free words; they lie sealed and are told to nobody."""

    text: Typed


class ReasonIn(BaseModel):
    reason: Code


@router.post("", status_code=HTTPStatus.CREATED, responses=refusals(UnknownKind))
async def open_incident(body: IncidentIn, actor: Reader, asked: Opening, runs: Runs) -> ReceiptOut:
    """Tell of trouble. What is known of a shipment, a kind and an attempt already is the same incident."""
    del actor
    trouble = body.trouble()
    incident_id = incident_of(trouble) if trouble.shipment_id else asked.derived_id("incident")
    occasion = asked.occasion(body, story=trouble.order_id)
    return receipt(await runs.open_by(incident_id, trouble, body.note, occasion))


@router.get("")
async def list_incidents(
    actor: IncidentReader, kept: IncidentsKept, page: Paging, sought: Annotated[Sought, Depends()]
) -> PageOut[IncidentOut]:
    """Incidents, the most urgent first; the closed ones, which have no deadline, before them."""
    del actor
    equal = sought.model_dump(mode="json", exclude_none=True)
    found = await kept.page(Query(equal, order="due_at"), page.limit, page.cursor)
    return PageOut(items=[incident_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{incident_id}", responses=refusals(UnknownIncident))
async def read_incident(
    incident_id: Id, actor: IncidentReader, asked: Asking, runs: Runs
) -> IncidentWholeOut:
    """One incident, with its checklist and what the carrier said."""
    del actor
    incident = await runs.known(incident_id)
    return whole(incident, await runs.pace(incident_id), asked.at)


@router.get("/{incident_id}/timeline", responses=refusals(UnknownIncident))
async def read_timeline(incident_id: Id, actor: IncidentReader, kept: IncidentsKept) -> TimelineOut:
    """What happened to an incident, by whom, and the facts told of it."""
    del actor
    entries = await kept.history(incident_id)
    if not entries:
        raise UnknownIncident("There is no such incident.")
    return timeline(incident_id, entries)


@router.put("/{incident_id}/owner", responses=refusals(*STEP, OwnerMayNotSettle))
async def hand_over(incident_id: Id, body: OwnerIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """Give it to another who settles incidents (R5)."""
    shop_id = (await runs.known(incident_id)).trouble.shop_id
    fits = await runs.owning.fits(body.owner_id, shop_id, asked.actor)
    command = asks.HandOver(incident_id, body.owner_id, fits, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.put("/{incident_id}/source", responses=refusals(*STEP))
async def change_source(incident_id: Id, body: SourceIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """It came from elsewhere; the change is kept (R50)."""
    command = asks.ChangeSource(incident_id, body.source, body.reason, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.put("/{incident_id}/steps/{code}", responses=refusals(*STEP, UnknownStep, DeviationNeedsReason))
async def mark_step(incident_id: Id, code: Code, body: MarkIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """A step of the playbook is done, or left out with a reason (R53)."""
    command = asks.MarkStep(incident_id, code, body.mark, body.reason, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post("/{incident_id}/inquiry", responses=refusals(*STEP, NoCarrier, WindowStillOpen))
async def ask_carrier(incident_id: Id, body: WordsIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """Write down what the carrier was asked; not while the promised window is open (R56, R57)."""
    pace = await runs.pace(incident_id)
    command = asks.AskCarrier(incident_id, body.text, pace, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post("/{incident_id}/answer", responses=refusals(*STEP, NothingWasAsked))
async def note_answer(incident_id: Id, body: WordsIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """Write down what the carrier said (R56)."""
    command = asks.NoteAnswer(incident_id, body.text, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post("/{incident_id}/escalation", responses=refusals(*STEP, InquiryComesFirst, TopOfLadder))
async def escalate(incident_id: Id, body: ReasonIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """One level up the carrier's ladder; the conflict manager has it now (R5, R54)."""
    shop_id = (await runs.known(incident_id)).trouble.shop_id
    heirs, pace = await runs.owning.heirs(shop_id, asked.at), await runs.owning.pace(shop_id)
    command = asks.Escalate(incident_id, body.reason, heirs, pace, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))
