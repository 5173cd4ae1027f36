"""The questions as the shop words them, in versions: whoever answers for service owns the script (R13, R84)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

from quality.domain.acts import Acts
from quality.domain.refusals import ScriptChangedSince, ScriptUnfit
from quality.domain.script import SCRIPTS, faults_in


@dataclass(frozen=True, slots=True)
class Worded:
    """A version, numbered from 1; 0 is what we ship."""

    number: int
    questions: Mapping[str, str]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Script:
    """`versions` oldest first; empty: what we ship is asked."""

    language: str
    versions: tuple[Worded, ...] = ()
    acts: Acts = field(default_factory=Acts)

    @property
    def newest(self) -> int:
        """The number of what is asked."""
        return self.versions[-1].number if self.versions else 0

    @property
    def questions(self) -> Mapping[str, str]:
        """What is asked."""
        return self.versions[-1].questions if self.versions else SCRIPTS[self.language]


@dataclass(frozen=True, slots=True)
class SaveScript:
    """`seen` is the version the writer had before him."""

    language: str
    questions: Mapping[str, str]
    seen: int
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ScriptJournalled:
    language: str
    up_to: int


@dataclass(frozen=True, slots=True)
class ScriptOpened:
    """Somebody tried to word it for the first time."""

    language: str


@dataclass(frozen=True, slots=True)
class ScriptSaved:
    version: Worded


@dataclass(frozen=True, slots=True)
class ScriptActsWritten:
    up_to: int


ScriptCommand = SaveScript | ScriptJournalled
ScriptChange = ScriptOpened | ScriptSaved | ScriptActsWritten | DutyRefused


class NoSuchBeginning(Exception):
    """A change of a script that was never opened: a defect."""


def decide(command: ScriptCommand, script: Script | None) -> Decision[ScriptChange]:
    """Said twice it is quiet; a question that offers, or leads to its answer, is not taken."""
    known = script or Script(command.language)
    if isinstance(command, ScriptJournalled):
        done = any(each.number <= command.up_to for each in known.acts.open)
        return [ScriptActsWritten(command.up_to)] if done else []
    opened = () if script else (ScriptOpened(command.language),)
    no = duty(command.actor, Action.DEFINE_SLA)
    if no is not None:
        return Refused((*opened, *no.changes), no.refusal)
    if dict(known.questions) == dict(command.questions):
        return []
    if command.seen != known.newest:
        raise ScriptChangedSince("Another version is asked.", newest=known.newest)
    faults = faults_in(command.questions, command.language)
    if faults:
        raise ScriptUnfit("; ".join(faults))
    version = Worded(known.newest + 1, dict(command.questions), command.actor.id, command.at)
    return [*opened, ScriptSaved(version)]


def evolve(script: Script | None, change: ScriptChange) -> Script:
    """The script after the change."""
    match change, script:
        case ScriptOpened(), None:
            return Script(change.language)
        case DutyRefused(), Script():
            return script
        case ScriptActsWritten(), Script():
            return replace(script, acts=script.acts.written(change.up_to))
        case ScriptSaved(version), Script():
            acts = script.acts.plus("script_saved", version.by, version.at, str(version.number))
            return replace(script, versions=(*script.versions, version), acts=acts)
        case _:
            raise NoSuchBeginning(type(change).__name__)
