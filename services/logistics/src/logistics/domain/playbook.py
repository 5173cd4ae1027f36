"""Playbooks: one certain, best method for each kind of problem, in versions that two people wanted (R51, R53)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may_approve
from kernel.refusal import Decision, NotAllowed, NotFound, Refusal, Refused
from kernel.refused_duty import DutyRefused, duty, refused

CARRIER_INQUIRY = "carrier_inquiry"
"""The step that comes first where a carrier is in it: ask calmly and hear the answer (R56)."""


class UnknownPlaybook(NotFound):
    """There is no playbook for this kind."""


class NoDraft(Refusal):
    """No draft of this revision waits for a yes."""

    rule = "R80"


class OwnPlaybookApproved(NotAllowed):
    """Nobody approves a playbook that he wrote (R51, R80)."""

    rule = "R80"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist; `code` is told, the words are for people."""

    code: str
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Draft:
    steps: tuple[Step, ...]
    revision: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Playbook:
    """`steps` are those in force; none while the kind itself waits for a yes. `versions` counts those approved."""

    kind: str
    steps: tuple[Step, ...] = ()
    version: int = 0
    draft: Draft | None = None
    revisions: int = 0


@dataclass(frozen=True, slots=True)
class WritePlaybook:
    """Write the draft of a kind's next version; of a kind that is new, the first."""

    kind: str
    steps: tuple[Step, ...]
    in_force: Playbook | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovePlaybook:
    kind: str
    revision: int
    actor: Actor
    at: datetime


Command = WritePlaybook | ApprovePlaybook


@dataclass(frozen=True, slots=True)
class PlaybookWritten:
    """`before` is what was in force when nobody had written yet."""

    kind: str
    draft: Draft
    before: Playbook | None


@dataclass(frozen=True, slots=True)
class PlaybookApproved:
    draft: Draft
    by: str


Change = PlaybookWritten | PlaybookApproved | DutyRefused


def decide(command: Command, playbook: Playbook | None) -> Decision[Change]:
    """One writes, another says yes; what was said yes to does not change (R51, R53, R80)."""
    no = duty(command.actor, _action(command))
    if no is not None:
        if playbook is None:
            raise no.refusal
        return no
    if isinstance(command, WritePlaybook):
        return _write(command, playbook)
    if playbook is None:
        raise UnknownPlaybook("There is no playbook for this kind that waits for a yes.")
    return _approve(command, playbook)


def evolve(playbook: Playbook | None, change: Change) -> Playbook:
    """The playbook after a change."""
    if isinstance(change, PlaybookWritten):
        known = playbook or change.before or Playbook(change.kind)
        return replace(known, draft=change.draft, revisions=change.draft.revision)
    assert playbook is not None
    if isinstance(change, PlaybookApproved):
        return replace(playbook, steps=change.draft.steps, version=playbook.version + 1, draft=None)
    return playbook


def _action(command: Command) -> Action:
    return Action.RUN_INCIDENT if isinstance(command, WritePlaybook) else Action.APPROVE_INCIDENT


def _write(command: WritePlaybook, playbook: Playbook | None) -> Sequence[Change]:
    known = playbook or command.in_force
    waits = known.draft.steps if known and known.draft else known.steps if known else ()
    if waits == command.steps:
        return []
    revision = (known.revisions if known else 0) + 1
    draft = Draft(command.steps, revision, command.actor.id, command.at)
    return [PlaybookWritten(command.kind, draft, None if playbook else command.in_force)]


def _approve(command: ApprovePlaybook, playbook: Playbook) -> Decision[Change]:
    draft = playbook.draft
    if draft is None and command.revision == playbook.revisions:
        return []
    if draft is None or draft.revision != command.revision:
        raise NoDraft("No draft of this revision waits; read it again.", revision=playbook.revisions)
    if not may_approve(command.actor.id, draft.by):
        no = OwnPlaybookApproved("Somebody else has to approve what you wrote.")
        return Refused(refused(command.actor, Action.APPROVE_INCIDENT, "R80", no).changes, no)
    return [PlaybookApproved(draft, command.actor.id)]
