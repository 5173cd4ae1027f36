"""What a thing is decided by, and what comes of a command. Types only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.fact import Fact
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refusal

from chassis.storing import Writing

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Decider(Generic[C, S, E]):
    """The pure part of a thing. `deadlines` are derived from the state, so they can't be forgotten or left behind."""

    key: Callable[[C], str]
    decide: Callable[[C, S | None], Decision[E]]
    evolve: Callable[[S | None, E], S]
    announce: Callable[[E, S], Sequence[Fact]]
    deadlines: Callable[[S], Sequence[Deadline]]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[S]):
    """What came of a command. `changes` is empty when nothing happened; `repeated`: this occasion was handled before."""

    key: str
    state: S | None
    version: int
    changes: tuple[str, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Decided(Generic[S]):
    """What came of a command, what is to be written of it if anything, and what the caller is refused with."""

    outcome: Outcome[S]
    writing: Writing[S] | None = None
    refusal: Refusal | None = None
