"""Following crm: what it tells of shops and staff, the newest told wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from chassis.handling import Decider
from contracts.fact import Fact
from kernel.deadline import Deadline

from logistics.domain.shop import Shop
from logistics.domain.staff_member import StaffMember

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


def tell_nobody(change: Heard[T], now: T) -> Sequence[Fact]:
    """What was heard from others is not told again."""
    del change, now
    return ()


def nothing_due(now: object) -> Sequence[Deadline]:
    """A projection waits for nothing."""
    del now
    return ()


def _following(of: type[T]) -> Decider[Hear[T], T, Heard[T]]:
    del of
    return Decider(lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due)


SHOPS = _following(Shop)
MEMBERS = _following(StaffMember)
