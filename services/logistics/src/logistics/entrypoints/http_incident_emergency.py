"""Emergency runs over HTTP: asked for with their cost, agreed to by somebody else (R73, R80)."""

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel

from logistics.domain.incident_emergency import AskEmergency, DecideEmergency
from logistics.domain.incident_refusals import (
    EmergencyDecided,
    IncidentIsClosed,
    NothingToApprove,
    OwnClosingApproved,
    UnknownIncident,
)
from logistics.entrypoints.incident_wired import Runs
from logistics.entrypoints.values import MoneyIO

router = APIRouter(prefix="/incidents/{incident_id}/emergency", tags=["incidents"])

ALWAYS = (UnknownIncident, IncidentIsClosed, NotYourDuty)


class EmergencyIn(BaseModel):
    """Who drives, and what it costs us."""

    driver_id: Id
    cost: MoneyIO


class AgreementIn(BaseModel):
    """`cost` as it was read."""

    agrees: bool
    cost: MoneyIO


@router.post("", responses=refusals(*ALWAYS, EmergencyDecided))
async def ask_for_emergency(incident_id: Id, body: EmergencyIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """Somebody would drive at once; another has to agree."""
    command = AskEmergency(incident_id, body.driver_id, body.cost.money(), asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))


@router.post("/approval", responses=refusals(*ALWAYS, NothingToApprove, OwnClosingApproved))
async def decide_emergency(incident_id: Id, body: AgreementIn, asked: Asking, runs: Runs) -> ReceiptOut:
    """The second person's yes, by which its cost is lost, or no."""
    command = DecideEmergency(incident_id, body.agrees, body.cost.money(), asked.actor, asked.at)
    return receipt(await runs.act(command, asked.occasion(body)))
