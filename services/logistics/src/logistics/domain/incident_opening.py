"""How an incident begins, and begins again when the same goes wrong once more (R50-R54). Pure."""

from collections.abc import Sequence
from datetime import timedelta

from logistics.domain.incident import Incident, Sums, Tick
from logistics.domain.incident_changes import Change, IncidentOpened, IncidentReopened
from logistics.domain.incident_commands import OpenIncident
from logistics.domain.incident_stake import reckoned
from logistics.domain.incident_trouble import CHASED
from logistics.domain.playbook import CARRIER_INQUIRY

AGAIN = "happened_again"


def told_of(command: OpenIncident, incident: Incident | None) -> Sequence[Change]:
    """Told again it is the same; what happened again after it was closed opens it again, so that somebody sees to it (R52)."""
    if incident is None:
        return [IncidentOpened(opened(command))]
    if incident.closed_at is None or command.trouble.happened_at <= incident.closed_at:
        return []
    return [IncidentReopened(command.owner_id, AGAIN, command.pace.due(command.at, command.pace.again))]


def opened(command: OpenIncident) -> Incident:
    """The incident as it begins: with the playbook and the ladder of this moment. Its first deadline is never before the
    promised window and its grace are over (R53, R54, R57).
    """
    trouble, pace = command.trouble, command.pace
    due = pace.due(command.at, pace.first)
    if trouble.window is not None and command.kind in CHASED:
        due = max(due, trouble.window.ends + pace.grace + timedelta(minutes=1))
    begun = Incident(
        incident_id=command.incident_id,
        trouble=trouble,
        kind=command.kind,
        source=trouble.source,
        opened_by=command.actor.id,
        opened_at=command.at,
        owner_id=command.owner_id,
        due_at=due,
        sums=Sums(trouble.at_stake),
        rungs=command.rungs,
        playbook_version=command.playbook.version,
        steps=tuple(
            Tick(each.code)
            for each in command.playbook.steps
            if trouble.carrier_id is not None or each.code != CARRIER_INQUIRY
        ),
        note=command.note,
        owed=command.owed,
    )
    return reckoned(begun)
