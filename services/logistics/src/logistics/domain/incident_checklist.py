"""The checklist that an incident's playbook gives (R53). Pure."""

from collections.abc import Sequence

from logistics.domain.incident import Incident, Mark, Tick
from logistics.domain.incident_changes import Change, StepMarked
from logistics.domain.incident_commands import MarkStep
from logistics.domain.incident_refusals import DeviationNeedsReason, UnknownStep


def mark_step(command: MarkStep, incident: Incident) -> Sequence[Change]:
    """A step is done, or left out with a reason (R53)."""
    step = next((each for each in incident.steps if each.code == command.code), None)
    if step is None:
        raise UnknownStep("The playbook has no such step.", step=command.code)
    if command.mark is Mark.SKIPPED and command.reason is None:
        raise DeviationNeedsReason("Say why the step is left out.", steps=command.code)
    if (step.mark, step.reason) == (command.mark, command.reason):
        return []
    return [StepMarked(Tick(command.code, command.mark, command.actor.id, command.at, command.reason))]
