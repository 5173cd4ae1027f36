"""Lockout: who guesses passwords waits, longer each time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.deadline import Deadline

FREE_FAILURES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Lockout:
    """Failures in a row of one login, or from one address. `door` is a digest of it, whether it exists or not."""

    door: str
    failures: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, at: datetime) -> bool:
        """Whether no attempt counts now."""
        return self.locked_until is not None and at < self.locked_until


@dataclass(frozen=True, slots=True)
class NoteAttempt:
    """Somebody tried; `free` failures cost nothing."""

    door: str
    succeeded: bool
    at: datetime
    free: int = FREE_FAILURES


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    door: str
    failures: int
    at: datetime
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class DoorOpened:
    pass


Change = AttemptFailed | DoorOpened


def decide(command: NoteAttempt, lockout: Lockout | None) -> Sequence[Change]:
    """Some failures are free; then each one doubles the wait, to an hour. A success, or a day of quiet, forgets them."""
    known = lockout or Lockout(command.door)
    if command.succeeded:
        return [DoorOpened()] if known.failures else []
    quiet = known.last_at is None or command.at - known.last_at > FORGOTTEN_AFTER
    failures = 1 if quiet else known.failures + 1
    beyond = failures - command.free
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(beyond - 1, 10)) if beyond > 0 else None
    return [AttemptFailed(command.door, failures, command.at, command.at + wait if wait else None)]


def evolve(lockout: Lockout | None, change: Change) -> Lockout:
    """The door after the change."""
    match change:
        case AttemptFailed():
            return Lockout(change.door, change.failures, change.at, change.locked_until)
        case DoorOpened():
            assert lockout is not None
            return Lockout(lockout.door)


def deadlines(lockout: Lockout) -> Sequence[Deadline]:
    """A lock opens by itself."""
    del lockout
    return ()
