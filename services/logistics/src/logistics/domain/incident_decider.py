"""The rules of an incident: open, it has an owner and a deadline; closed, a cause and a measure (R50-R57). Pure."""

from collections.abc import Sequence
from typing import assert_never

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from logistics.domain.incident import Incident, SourceNote
from logistics.domain.incident_changes import (
    Change,
    IncidentHandedOver,
    SourceChanged,
)
from logistics.domain.incident_checklist import mark_step
from logistics.domain.incident_closing import close, decide_closing, is_closed_so, reopen, set_money
from logistics.domain.incident_commands import (
    AskCarrier,
    ByPerson,
    ChangeSource,
    CloseIncident,
    Command,
    DecideClosing,
    Escalate,
    HandOver,
    IncidentDeadlinePassed,
    LearnStake,
    MarkStep,
    NoteAnswer,
    Onward,
    OpenIncident,
    ReopenIncident,
    SetMoney,
    TakeFromWhoLeft,
)
from logistics.domain.incident_emergency import AskEmergency, DecideEmergency, ask, settle
from logistics.domain.incident_escalating import (
    ask_carrier,
    escalate,
    note_answer,
    pass_deadline,
    take_from_who_left,
)
from logistics.domain.incident_forgetting import ForgetWords, forget_words
from logistics.domain.incident_opening import told_of
from logistics.domain.incident_refusals import (
    IncidentIsClosed,
    OwnerMayNotSettle,
    UnknownIncident,
)
from logistics.domain.incident_stake import learn


def decide(command: Command, incident: Incident | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    match command:
        case OpenIncident():
            return told_of(command, incident)
        case LearnStake():
            return learn(command, incident)
        case ForgetWords():
            return forget_words(command, incident)
        case TakeFromWhoLeft():
            return take_from_who_left(command, incident)
        case IncidentDeadlinePassed():
            return pass_deadline(command, incident)
        case _:
            return by_person(command, incident)


def by_person(command: ByPerson, incident: Incident | None) -> Decision[Change]:
    """A logistician's or the conflict manager's step; the second person's yes is somebody else's duty (R53, R80)."""
    if incident is None:
        raise UnknownIncident("There is no such incident.")
    if isinstance(command, DecideClosing | DecideEmergency):
        return duty(command.actor, Action.APPROVE_INCIDENT) or _approved(command, incident)
    no = duty(command.actor, Action.RUN_INCIDENT)
    if no is not None:
        return no
    if isinstance(command, ReopenIncident):
        return reopen(command, incident)
    if isinstance(command, CloseIncident) and is_closed_so(command, incident):
        return []
    if not incident.is_open:
        raise IncidentIsClosed("The incident is closed; reopen it first.")
    return _onward(command, incident)


def _approved(command: DecideClosing | DecideEmergency, incident: Incident) -> Decision[Change]:
    if isinstance(command, DecideEmergency):
        return settle(command, incident)
    return decide_closing(command, incident)


def _onward(command: Onward, incident: Incident) -> Sequence[Change]:  # noqa: C901, PLR0911 - a line for each
    match command:
        case ChangeSource():
            return change_source(command, incident)
        case MarkStep():
            return mark_step(command, incident)
        case AskCarrier():
            return ask_carrier(command, incident)
        case NoteAnswer():
            return note_answer(command, incident)
        case Escalate():
            return escalate(command, incident)
        case HandOver():
            return hand_over(command, incident)
        case SetMoney():
            return set_money(command, incident)
        case AskEmergency():
            return ask(command, incident)
        case CloseIncident():
            return close(command, incident)
        case _:
            assert_never(command)


def change_source(command: ChangeSource, incident: Incident) -> Sequence[Change]:
    """Where it came from may be thought again, with a reason (R50)."""
    if command.source is incident.source:
        return []
    note = SourceNote(incident.source, command.reason, command.actor.id, command.at)
    return [SourceChanged(command.source, note)]


def hand_over(command: HandOver, incident: Incident) -> Sequence[Change]:
    """Only who may settle it answers for it (R5)."""
    if command.to == incident.owner_id:
        return []
    if not command.fits:
        raise OwnerMayNotSettle("Only who settles incidents may answer for it.", owner_id=command.to)
    return [IncidentHandedOver(command.to)]
