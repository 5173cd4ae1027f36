"""Contacts with carriers and their reviews over HTTP (R59, R72)."""

from datetime import date, datetime
from http import HTTPStatus

from chassis.http.asking import Asking, Opening
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain.carrier_score import Scorecard
from logistics.domain.carrier_score_review import (
    CarrierRelation,
    Contact,
    ContactKind,
    LogContact,
    NoReview,
    TalkComesFirst,
    Verdict,
)
from logistics.domain.carrier_trial import SuccessorNeeded, Trial, TrialResult
from logistics.domain.refusals import UnknownCarrier
from logistics.entrypoints.http_carrier_scores import known_carrier
from logistics.entrypoints.incident_models import Typed
from logistics.entrypoints.incident_wired import IncidentReader, RelationsKept, Scores
from logistics.entrypoints.wired import CarrierId, CarrierName, CarriersKept

router = APIRouter(prefix="/carriers/{carrier_id}", tags=["carriers"])


class ContactIn(BaseModel):
    """A favour is an entry of its own, in both directions (R59); a `talk` is what a replacement needs (R72)."""

    kind: ContactKind
    words: Typed


class ContactOut(ContactIn):
    by: str
    at: datetime


class FiguresOut(BaseModel):
    """Of thirty days; shares from 0 to 1."""

    shipments: int
    on_time_share: float | None
    breaches: int
    losses: int
    damages: int
    complaint_share: float | None
    incidents: int


class TrialOut(BaseModel):
    """Who is tried, himself or who takes his place; `before` are the carrier's own thirty days up to the trial."""

    tried: str
    began_on: date
    compare_at: datetime
    before: FiguresOut


class TrialResultOut(BaseModel):
    """The last trial's thirty days beside those before it (R72)."""

    tried: str
    at: datetime
    before: FiguresOut
    after: FiguresOut


class RelationOut(BaseModel):
    """`reasons`: the limits that were passed, while a review is open."""

    carrier_id: str
    under_review: bool
    reasons: list[str]
    owner_id: str | None
    due_at: datetime | None
    talked: bool
    last_verdict: Verdict | None
    last_verdict_at: datetime | None
    favours_given: int
    favours_received: int
    contacts: list[ContactOut]
    trial: TrialOut | None
    result: TrialResultOut | None


class ConclusionIn(BaseModel):
    verdict: Verdict
    successor: CarrierName | None = Field(
        None, description="Who takes his place, on trial for thirty days (R72)."
    )


@router.get("/relation", responses=refusals(UnknownCarrier))
async def read_relation(
    carrier_id: CarrierId, actor: IncidentReader, carriers: CarriersKept, kept: RelationsKept
) -> RelationOut:
    """The review that is open, if any, and the log of our contacts."""
    del actor
    await known_carrier(carriers, carrier_id)
    return _relation((await kept.load(carrier_id)).state or CarrierRelation(carrier_id))


@router.get("/relation/timeline", responses=refusals(UnknownCarrier))
async def read_relation_timeline(
    carrier_id: CarrierId, actor: IncidentReader, carriers: CarriersKept, kept: RelationsKept
) -> TimelineOut:
    """Reviews and contacts, by whom."""
    del actor
    await known_carrier(carriers, carrier_id)
    return timeline(carrier_id, await kept.history(carrier_id))


@router.post("/contacts", status_code=HTTPStatus.CREATED, responses=refusals(UnknownCarrier, NotYourDuty))
async def log_contact(
    carrier_id: CarrierId, body: ContactIn, asked: Opening, carriers: CarriersKept, scores: Scores
) -> ReceiptOut:
    """Write down a talk, or a favour given or received (R59)."""
    await known_carrier(carriers, carrier_id)
    contact = Contact(body.kind, body.words, asked.actor.id, asked.at)
    command = LogContact(carrier_id, contact, asked.actor)
    return receipt(await scores.to_relations(command, asked.occasion(body)))


@router.post(
    "/review/conclusion",
    responses=refusals(NoReview, TalkComesFirst, SuccessorNeeded, UnknownCarrier, NotYourDuty),
)
async def conclude_review(
    carrier_id: CarrierId, body: ConclusionIn, asked: Asking, scores: Scores, carriers: CarriersKept
) -> ReceiptOut:
    """Keep him, give him another chance, or replace him, which needs a talk written down since the review began, and
    somebody else: after thirty days the figures are compared (R72).
    """
    if body.successor is not None:
        await known_carrier(carriers, body.successor)
    occasion = asked.occasion(body)
    return receipt(await scores.conclude(carrier_id, body.verdict, body.successor, asked.actor, occasion))


def _relation(it: CarrierRelation) -> RelationOut:
    review, last = it.review, it.last
    return RelationOut(
        carrier_id=it.carrier_id,
        under_review=review is not None,
        reasons=list(review.reasons) if review else [],
        owner_id=review.owner_id if review else None,
        due_at=review.due_at if review else None,
        talked=it.talked,
        last_verdict=last.verdict if last else None,
        last_verdict_at=last.at if last else None,
        favours_given=it.favours_given,
        favours_received=it.favours_received,
        contacts=[ContactOut(kind=c.kind, words=c.words, by=c.by, at=c.at) for c in it.contacts],
        trial=_trial(it.trial) if it.trial else None,
        result=_result(it.result) if it.result else None,
    )


def _trial(it: Trial) -> TrialOut:
    return TrialOut(
        tried=it.tried, began_on=it.began_on, compare_at=it.compare_at, before=_figures(it.before)
    )


def _result(it: TrialResult) -> TrialResultOut:
    return TrialResultOut(tried=it.tried, at=it.at, before=_figures(it.before), after=_figures(it.after))


def _figures(card: Scorecard) -> FiguresOut:
    return FiguresOut(
        shipments=card.shipments,
        on_time_share=card.on_time_share,
        breaches=card.breaches,
        losses=card.losses,
        damages=card.damages,
        complaint_share=card.complaint_share,
        incidents=card.incidents,
    )
