"""What is done with what a reaction raised: the table of wire.md 2. Pure.

Down means wait for as long as it takes; unknown means a few tries, then dead letter.
"""

import random
from dataclasses import dataclass, replace

from kernel.refusal import Refusal
from pydantic import ValidationError

from chassis.blame import is_fault, kind, reason
from chassis.envelopes import Unreadable
from chassis.storing import Conflict

CONFLICTS = 8
"""So often a lost race is tried again at once; then it counts as a fault."""
SURPRISES = 5
"""So often an unexpected exception may come before the record is a dead letter."""
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Done:
    """Saved, or nothing to do, or seen before: commit."""


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody saved first, or something unexpected: once more, soon."""

    why: str
    pause: float


@dataclass(frozen=True, slots=True)
class Wait:
    """Something is down: the lane waits."""

    fault: str
    pause: float


@dataclass(frozen=True, slots=True)
class Poison:
    """It will never work: to the dead letters. Neither field holds input or personal data."""

    reason: str
    error: str


Outcome = Done | Again | Wait | Poison


@dataclass(frozen=True, slots=True)
class Tries:
    """What one record has been through so far."""

    conflicts: int = 0
    faults: int = 0
    surprises: int = 0

    @property
    def total(self) -> int:
        return self.conflicts + self.faults + self.surprises


def outcome(raised: Exception | None, tries: Tries) -> tuple[Outcome, Tries]:
    """What to do now, and the tries counted on."""
    if raised is None:
        return Done(), tries
    if isinstance(raised, Conflict):
        return _lost_race(raised, replace(tries, conflicts=tries.conflicts + 1))
    if is_fault(raised):
        tries = replace(tries, faults=tries.faults + 1)
        return Wait(kind(raised), growing(tries.faults)), tries
    return _defect(raised, replace(tries, surprises=tries.surprises + 1))


def _lost_race(raised: Conflict, tries: Tries) -> tuple[Outcome, Tries]:
    if tries.conflicts > CONFLICTS:
        return Wait(kind(raised), growing(tries.conflicts - CONFLICTS)), tries
    return Again(kind(raised), 0.005 * 2**tries.conflicts), tries


def _defect(raised: Exception, tries: Tries) -> tuple[Outcome, Tries]:
    hopeless = isinstance(raised, Unreadable | ValidationError | Refusal)
    if hopeless or tries.surprises >= SURPRISES:
        return Poison(reason(raised), kind(raised)), tries
    return Again(kind(raised), 0.1 * 2**tries.surprises), tries


def growing(tries: int) -> float:
    """The pause before the next try; seconds, before jitter."""
    return min(LONGEST_PAUSE, 0.1 * 2 ** min(tries, 12))


def jittered(pause: float) -> float:
    """So that those who failed together don't come back together."""
    return pause * random.uniform(0.5, 1.0)  # noqa: S311
