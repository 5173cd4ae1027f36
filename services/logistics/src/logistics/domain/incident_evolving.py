"""What an incident is after a change."""

from dataclasses import replace
from typing import assert_never

from kernel.refused_duty import DutyRefused

from logistics.domain import incident_changes as c
from logistics.domain.incident import Incident, Stage
from logistics.domain.incident_emergency import EmergencyAsked, EmergencySettled, settled
from logistics.domain.incident_forgetting import WordsForgotten, without_words
from logistics.domain.incident_stake import reckoned

MOST_NOTES = 50


def evolve(incident: Incident | None, change: c.Change) -> Incident:  # noqa: C901, PLR0911, PLR0912 - a line for each
    """The incident after a change."""
    if isinstance(change, c.IncidentOpened):
        return change.incident
    assert incident is not None
    match change:
        case c.SourceChanged():
            notes = (*incident.source_changes, change.note)[-MOST_NOTES:]
            return reckoned(_taken_back(replace(incident, source=change.source, source_changes=notes)))
        case c.StepMarked():
            return incident.ticked(change.tick)
        case c.CarrierAsked():
            return _asked(incident, change)
        case c.CarrierAnswered():
            assert incident.inquiry is not None
            answered = replace(incident.inquiry, answer=change.answer, answered_at=change.at)
            return replace(incident, inquiry=answered)
        case c.IncidentEscalated():
            return replace(incident, level=change.level, owner_id=change.owner_id, due_at=change.due_at)
        case c.IncidentOverdue():
            return replace(incident, due_at=change.due_at, overdue=incident.overdue + 1)
        case c.IncidentHandedOver():
            return replace(incident, owner_id=change.owner_id)
        case c.StakeLearned():
            trouble = replace(incident.trouble, at_stake=change.at_stake)
            return reckoned(replace(incident, trouble=trouble, owed=change.owed))
        case EmergencyAsked():
            return replace(incident, emergency=change.emergency)
        case EmergencySettled():
            return settled(incident, change)
        case c.MoneySet():
            return _taken_back(replace(incident, sums=change.sums, by_hand=True))
        case c.SecondPersonAsked():
            return replace(incident, stage=Stage.AWAITING, settlement=change.settlement)
        case c.ClosingDeclined():
            return replace(incident, stage=Stage.OPEN, settlement=None, due_at=change.due_at)
        case c.IncidentClosed():
            return _closed(incident, change)
        case c.IncidentReopened():
            return _reopened(incident, change)
        case WordsForgotten():
            return without_words(incident)
        case DutyRefused():
            return incident
        case _:
            assert_never(change)


def _taken_back(incident: Incident) -> Incident:
    """A closing that waits for a yes confirmed another source or other sums: it is proposed anew (R50, R80)."""
    return replace(incident, stage=Stage.OPEN, settlement=None)


def _asked(incident: Incident, change: c.CarrierAsked) -> Incident:
    """He has until his answer is due; a deadline that came before that waits for it (R56)."""
    due = max(incident.due_at, change.inquiry.reply_due)
    return replace(incident, inquiry=change.inquiry, due_at=due)


def _closed(incident: Incident, change: c.IncidentClosed) -> Incident:
    return replace(
        incident,
        stage=Stage.CLOSED,
        settlement=change.settlement,
        closed_at=change.at,
        source_confirmed=True,
    )


def _reopened(incident: Incident, change: c.IncidentReopened) -> Incident:
    return replace(
        incident,
        stage=Stage.OPEN,
        settlement=None,
        closed_at=None,
        source_confirmed=False,
        owner_id=change.owner_id,
        due_at=change.due_at,
        reopened=incident.reopened + 1,
    )
