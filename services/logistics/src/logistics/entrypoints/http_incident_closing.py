"""The money of incidents, and how they end and begin again, over HTTP (R50, R53, R55, R80)."""

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain import incident_commands as asks
from logistics.domain.incident_refusals import (
    DeviationNeedsReason,
    EmergencyWaits,
    IncidentIsClosed,
    MoneyDoesNotAddUp,
    NothingToApprove,
    OwnClosingApproved,
    PenaltyLetGo,
    SourceNotConfirmed,
    UnknownIncident,
)
from logistics.domain.incident_trouble import Source
from logistics.entrypoints.incident_models import Code, MoneyIn
from logistics.entrypoints.incident_wired import MostBorne, Runs

router = APIRouter(prefix="/incidents", tags=["incidents"])

STEP = (UnknownIncident, IncidentIsClosed, NotYourDuty)


class ClosingIn(BaseModel):
    """Nothing closes without its cause, the measure taken, and the source confirmed."""

    cause: Code
    measure: Code
    customer_kept: bool
    source: Source
    deviation: Code | None = Field(None, description="Why steps that are still to do are left out (R53).")
    penalty_let_go: Code | None = Field(
        None, description="Why the carrier is not asked for what he owes (R70)."
    )


class DecisionIn(BaseModel):
    """The second person's yes or no."""

    agrees: bool


class ReopeningIn(BaseModel):
    reason: Code


@router.put("/{incident_id}/money", responses=refusals(*STEP, MoneyDoesNotAddUp))
async def set_money(incident_id: Id, body: MoneyIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """What is at stake, who pays, what was lost and came back; a closing that waits is taken back by it (R55)."""
    keeps = body.penalty is None
    command = asks.SetMoney(incident_id, body.sums(), asked.actor, asked.at, keeps_penalty=keeps)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post(
    "/{incident_id}/closing",
    responses=refusals(*STEP, SourceNotConfirmed, DeviationNeedsReason, PenaltyLetGo, EmergencyWaits),
)
async def close_incident(
    incident_id: Id, body: ClosingIn, asked: Asking, runs: Runs, most_borne: MostBorne
) -> ReceiptOut:
    """Close it; where more stays with us than the limit it waits for a second person (R80)."""
    command = asks.CloseIncident(
        incident_id,
        body.cause,
        body.measure,
        body.customer_kept,
        body.source,
        body.deviation,
        most_borne,
        asked.actor,
        asked.at,
        body.penalty_let_go,
    )
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post(
    "/{incident_id}/approval",
    responses=refusals(UnknownIncident, NothingToApprove, OwnClosingApproved, EmergencyWaits, NotYourDuty),
)
async def decide_closing(incident_id: Id, body: DecisionIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """The second person's yes, which closes it, or no, which gives it back to its owner (R80)."""
    pace = await runs.pace(incident_id)
    command = asks.DecideClosing(incident_id, body.agrees, pace, asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post("/{incident_id}/reopening", responses=refusals(UnknownIncident, NotYourDuty))
async def reopen_incident(incident_id: Id, body: ReopeningIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """It was not settled after all."""
    return receipt(await runs.reopen(incident_id, body.reason, asked.actor, asked.occasion(body)))
