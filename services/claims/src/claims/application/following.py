"""Following crm: what it tells of shops and staff; newest told wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from chassis.handling import Decider
from contracts.fact import Fact
from kernel.deadline import Deadline

from claims.domain.team import Member

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shop:
    """Who owns it: the last resort."""

    shop_id: str
    owner_id: str


@dataclass(frozen=True, slots=True)
class Hear(Generic[T]):
    """Somebody told how a thing is now."""

    key: str
    now: T


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    """It is so now."""

    now: T


def decide(command: Hear[T], before: T | None) -> Sequence[Heard[T]]:
    """News is kept even when it says what was known: the thing remembers how new it is."""
    del before
    return [Heard(command.now)]


def evolve(before: T | None, change: Heard[T]) -> T:
    """It is as was told."""
    del before
    return change.now


def tell_nobody(change: object, now: object) -> Sequence[Fact]:
    """What was heard is not told again."""
    del change, now
    return ()


def nothing_due(now: object) -> Sequence[Deadline]:
    """A projection waits for nothing."""
    del now
    return ()


MEMBERS: Decider[Hear[Member], Member, Heard[Member]] = Decider(
    lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due
)
SHOPS: Decider[Hear[Shop], Shop, Heard[Shop]] = Decider(
    lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due
)
