"""Others' NPS to compare with, edited by who answers for service (R88)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

from quality.domain.acts import Acts

TABLE = "benchmarks"
SHIPPED: Mapping[str, int] = MappingProxyType(
    {"nike": 32, "gap": 30, "foot_locker": 25, "h_and_m": 21, "m_and_s": 21}
)
"""The rule's own examples."""


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """Scores -100..100 by name."""

    scores: Mapping[str, int] = field(default_factory=lambda: dict(SHIPPED))
    acts: Acts = field(default_factory=Acts)


@dataclass(frozen=True, slots=True)
class SetBenchmark:
    """`score` none: it is compared with no more."""

    name: str
    score: int | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class BenchmarksJournalled:
    up_to: int


@dataclass(frozen=True, slots=True)
class BenchmarksOpened:
    pass


@dataclass(frozen=True, slots=True)
class BenchmarkSet:
    name: str
    score: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BenchmarkActsWritten:
    up_to: int


BenchmarkCommand = SetBenchmark | BenchmarksJournalled
BenchmarkChange = BenchmarksOpened | BenchmarkSet | BenchmarkActsWritten | DutyRefused


def decide(command: BenchmarkCommand, known: Benchmarks | None) -> Decision[BenchmarkChange]:
    """Said twice it is quiet."""
    table = known or Benchmarks()
    if isinstance(command, BenchmarksJournalled):
        done = any(each.number <= command.up_to for each in table.acts.open)
        return [BenchmarkActsWritten(command.up_to)] if done else []
    opened = () if known else (BenchmarksOpened(),)
    no = duty(command.actor, Action.DEFINE_SLA)
    if no is not None:
        return Refused((*opened, *no.changes), no.refusal)
    if table.scores.get(command.name) == command.score:
        return []
    return [*opened, BenchmarkSet(command.name, command.score, command.actor.id, command.at)]


def evolve(known: Benchmarks | None, change: BenchmarkChange) -> Benchmarks:
    """The table after the change."""
    table = known or Benchmarks()
    match change:
        case BenchmarksOpened() | DutyRefused():
            return table
        case BenchmarkActsWritten():
            return replace(table, acts=table.acts.written(change.up_to))
        case BenchmarkSet():
            rest = {name: score for name, score in table.scores.items() if name != change.name}
            scores = rest if change.score is None else {**rest, change.name: change.score}
            acts = table.acts.plus("benchmark_set", change.by, change.at, change.name)
            return Benchmarks(scores, acts)
