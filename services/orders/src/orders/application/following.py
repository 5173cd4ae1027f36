"""Following crm: what it tells of shops and staff, newest first told wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from chassis.handling import Decider
from contracts.fact import Fact
from kernel.deadline import Deadline

from orders.domain.shop import Shop
from orders.domain.team import Member

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CustomerOwner:
    """Who answers for a customer (R98)."""

    customer_id: str
    owner_id: str


@dataclass(frozen=True, slots=True)
class Sale:
    """Whether a product may be sold (R46)."""

    product_id: str
    closed: bool


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
    """News is kept even when it says what was known: so the thing remembers how new its news is, and what is older is
    passed over by the handler, in whatever order it comes.
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


def _following(of: type[T]) -> Decider[Hear[T], T, Heard[T]]:
    del of
    return Decider(lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due)


SHOPS = _following(Shop)
MEMBERS = _following(Member)
OWNERS = _following(CustomerOwner)
SALES = _following(Sale)
