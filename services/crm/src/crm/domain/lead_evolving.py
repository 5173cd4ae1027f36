"""A lead after each change."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from crm.domain import lead as le
from crm.domain.customer_evolving import ImpossibleHistory
from crm.domain.lead import Change, Lead, Open, Won


def evolve(lead: Lead | None, change: Change) -> Lead:  # noqa: C901, PLR0911 - one case a change
    """The lead after the change."""
    if isinstance(change, le.LeadOpened):
        return change.lead
    if lead is None:
        raise ImpossibleHistory(type(change).__name__)
    match change:
        case le.Planned():
            return replace(lead, course=Open(change.stage, change.step, change.due_at))
        case le.WishNoted():
            return replace(lead, wants=change.wants)
        case le.WishForgotten():
            return replace(lead, wants=None)
        case le.LeadWon():
            return replace(lead, course=change.won)
        case le.LeadLost():
            return replace(lead, course=change.lost)
        case le.LeadFollowed():
            return replace(lead, owner_id=change.owner_id)
        case DutyRefused():
            return lead
        case le.Climbed() | le.WinSettled():
            return replace(lead, course=_on(lead, change))


def _on(lead: Lead, change: le.Climbed | le.WinSettled) -> Open | Won:
    match lead.course, change:
        case Open() as now, le.Climbed():
            return replace(now, rung=change.rung, turned_to=change.turned_to, climbs_at=change.climbs_at)
        case Won() as won, le.WinSettled():
            return replace(won, settled=True)
        case _:
            raise ImpossibleHistory(type(change).__name__)
