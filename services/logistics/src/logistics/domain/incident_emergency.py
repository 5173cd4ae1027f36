"""An emergency run, at night or at six in the morning, by whoever drives: normal, with a yes of somebody else and its cost
(R73, R80). Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may_approve
from kernel.money import Money
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, refused

from logistics.domain.incident import Emergency, Incident, Stage
from logistics.domain.incident_refusals import (
    EmergencyDecided,
    IncidentIsClosed,
    NothingToApprove,
    OwnClosingApproved,
)


@dataclass(frozen=True, slots=True)
class AskEmergency:
    """Somebody would drive at once, for so much."""

    incident_id: str
    driver_id: str
    cost: Money
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DecideEmergency:
    """`cost` as it was read: a run that costs otherwise by now is not agreed to by it."""

    incident_id: str
    agrees: bool
    cost: Money
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyAsked:
    emergency: Emergency


@dataclass(frozen=True, slots=True)
class EmergencySettled:
    """Agreed to, and its cost is lost; or not."""

    agrees: bool
    by: str


Change = EmergencyAsked | EmergencySettled | DutyRefused


def ask(command: AskEmergency, incident: Incident) -> Sequence[EmergencyAsked]:
    """One at a time; what was agreed to has been driven for."""
    known = incident.emergency
    if known is not None and known.agrees is not False:
        if (known.driver_id, known.cost) == (command.driver_id, command.cost):
            return []
        if known.agrees:
            raise EmergencyDecided("A run was agreed to already.", driver_id=known.driver_id)
    return [EmergencyAsked(Emergency(command.driver_id, command.cost, command.actor.id, command.at))]


def settle(command: DecideEmergency, incident: Incident) -> Decision[Change]:
    """Nobody agrees to what he asked for himself (R80)."""
    run = incident.emergency
    asked = (command.agrees, command.actor.id, command.cost)
    if run is not None and (run.agrees, run.decided_by, run.cost) == asked:
        return []
    if not incident.is_open:
        raise IncidentIsClosed("The incident is closed; reopen it first.")
    if run is None or run.agrees is not None or run.cost != command.cost:
        raise NothingToApprove("No emergency run at this cost waits for a yes; read it again.")
    if not may_approve(command.actor.id, run.by):
        no = OwnClosingApproved("Who asks for the run does not agree to it.")
        return Refused(refused(command.actor, Action.APPROVE_INCIDENT, "R80", no).changes, no)
    return [EmergencySettled(command.agrees, command.actor.id)]


def settled(incident: Incident, change: EmergencySettled) -> Incident:
    """Its cost is lost once it was agreed to; a closing that waits is taken back, since the money is another one."""
    assert incident.emergency is not None
    decided = replace(incident.emergency, agrees=change.agrees, decided_by=change.by)
    after = replace(incident, emergency=decided)
    if not change.agrees:
        return after
    sums = replace(incident.sums, lost=incident.sums.lost + decided.cost)
    return replace(after, sums=sums, stage=Stage.OPEN, settlement=None)
