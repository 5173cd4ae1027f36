"""The money for purchases of one day: what each purchase takes of it, and never more than there is (R42). Pure.

A document of its own, so that two purchases placed at the same moment can't both take the last of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

MOST = 2**53 - 1
"""Of minor units: more than any shop spends, and what every reader of JSON keeps exact."""


@dataclass(frozen=True, slots=True)
class Budget:
    """`taken` is in minor units by purchase, fees included. `closed` has the last step of a purchase that was denied its
    money, or gave it back: who asks again for that step or an older one changes nothing.
    """

    day: date
    taken: Mapping[str, int] = field(default_factory=dict[str, int])
    closed: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def spent(self) -> int:
        return sum(self.taken.values())


@dataclass(frozen=True, slots=True)
class TakeMoney:
    """A purchase wants this much of the day's money in all; `limit` is what there is, None for no limit."""

    day: date
    purchase_id: str
    step: int
    amount: int
    limit: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The purchase was given up before it was sent."""

    day: date
    purchase_id: str
    step: int
    at: datetime


Command = TakeMoney | GiveBack


@dataclass(frozen=True, slots=True)
class MoneyTaken:
    day: date
    purchase_id: str
    amount: int


@dataclass(frozen=True, slots=True)
class MoneyDenied:
    day: date
    purchase_id: str
    step: int


@dataclass(frozen=True, slots=True)
class MoneyGivenBack:
    day: date
    purchase_id: str
    step: int


Change = MoneyTaken | MoneyDenied | MoneyGivenBack


def decide(command: Command, budget: Budget | None) -> list[Change]:
    """What comes of a command. Total: who is denied reads it in the state."""
    now = budget or Budget(command.day)
    match command:
        case TakeMoney():
            return _take(command, now)
        case GiveBack():
            if now.closed.get(command.purchase_id, 0) >= command.step:
                return []
            return [MoneyGivenBack(command.day, command.purchase_id, command.step)]
        case _:
            assert_never(command)


def evolve(budget: Budget | None, change: Change) -> Budget:
    """The budget after a change."""
    now = budget or Budget(change.day)
    match change:
        case MoneyTaken():
            return replace(now, taken={**now.taken, change.purchase_id: change.amount})
        case MoneyDenied():
            return _closed(now, change)
        case MoneyGivenBack():
            return _closed(now, change)
        case _:
            assert_never(change)


def key_of(day: date) -> str:
    """The budget's id."""
    return day.isoformat()


def _take(command: TakeMoney, now: Budget) -> list[Change]:
    mine = now.taken.get(command.purchase_id, 0)
    if mine == command.amount or now.closed.get(command.purchase_id, 0) >= command.step:
        return []
    limit = MOST if command.limit is None else min(command.limit, MOST)
    if now.spent - mine + command.amount > limit:
        return [MoneyDenied(command.day, command.purchase_id, command.step)]
    return [MoneyTaken(command.day, command.purchase_id, command.amount)]


def _closed(now: Budget, change: MoneyDenied | MoneyGivenBack) -> Budget:
    rest = {each: amount for each, amount in now.taken.items() if each != change.purchase_id}
    return replace(now, taken=rest, closed={**now.closed, change.purchase_id: change.step})
