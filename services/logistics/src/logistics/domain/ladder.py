"""The ladder of a carrier: whom we turn to when it is not settled, and how long we wait for each (R54)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty


@dataclass(frozen=True, slots=True)
class Rung:
    """`contact_ref` names who it is in the shop's own book, never a name or a phone; `wait_minutes` of working time."""

    contact_ref: str
    wait_minutes: int


USUAL = (Rung("dispatcher", 240), Rung("account-manager", 480), Rung("director", 960))
"""For a carrier of whom nobody wrote a ladder."""


@dataclass(frozen=True, slots=True)
class Ladder:
    carrier_id: str
    rungs: tuple[Rung, ...]
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WriteLadder:
    carrier_id: str
    rungs: tuple[Rung, ...]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class LadderWritten:
    ladder: Ladder


Change = LadderWritten | DutyRefused


def decide(command: WriteLadder, ladder: Ladder | None) -> Decision[Change]:
    """Whoever runs incidents keeps it; incidents that are open go on by the ladder they began with (R54)."""
    no = duty(command.actor, Action.RUN_INCIDENT)
    if no is not None:
        if ladder is None:
            raise no.refusal
        return no
    if ladder is not None and ladder.rungs == command.rungs:
        return []
    version = (ladder.version if ladder else 0) + 1
    written = Ladder(command.carrier_id, command.rungs, version, command.actor.id, command.at)
    changes: Sequence[Change] = [LadderWritten(written)]
    return changes


def evolve(ladder: Ladder | None, change: Change) -> Ladder:
    """The ladder after a change."""
    if isinstance(change, LadderWritten):
        return change.ladder
    assert ladder is not None
    return ladder
