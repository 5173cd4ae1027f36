"""Following another service: what it tells of its things, kept as it was told; the newest told wins.

MEMBERS = following(Member)
await chassis.handler(MEMBERS, members)(Hear(told.staff_id, member_of(told)), occasion)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.fact import Fact
from kernel.deadline import Deadline

from chassis.handling import Decider

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hear(Generic[T]):
    """Somebody told how a thing is now."""

    key: str
    now: T


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    """It is so now."""

    now: T


def decide(command: Hear[T], known: T | None) -> Sequence[Heard[T]]:
    """News is kept even when it says what was known, so that the thing remembers how new its news is: older news, in
    whatever order it comes, is passed over by the handler.
    """
    del known
    return [Heard(command.now)]


def evolve(known: T | None, change: Heard[T]) -> T:
    """It is as was told."""
    del known
    return change.now


def tell_nobody(change: object, now: object) -> Sequence[Fact]:
    """What was heard from others is not told again."""
    del change, now
    return ()


def nothing_due(now: object) -> Sequence[Deadline]:
    """A projection waits for nothing."""
    del now
    return ()


def following(of: type[T]) -> Decider[Hear[T], T, Heard[T]]:
    """The decider of a projection: it keeps what is heard, tells nobody, and waits for nothing."""
    del of
    return Decider(lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due)
