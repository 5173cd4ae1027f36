"""One clock of one service level for one order: started and stopped by facts in any order, broken at most once (R91)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline

from quality.domain.sla import Milestone

BREAK = "break"
CATCHING_UP = timedelta(minutes=10)
"""So long a backlog may take to be read, should this service have been down."""


@dataclass(frozen=True, slots=True)
class Running:
    """Begun under a version, which it keeps (R92). `heard_at`: when we heard of it."""

    version: int
    stops: Milestone
    at: datetime
    due_at: datetime
    heard_at: datetime | None = None

    @property
    def breaks_at(self) -> datetime:
        """Of what is heard long afterwards its end is on the way, too: it is waited for a while before anybody is told."""
        return max(self.due_at, self.heard_at + CATCHING_UP) if self.heard_at else self.due_at


@dataclass(frozen=True, slots=True)
class Timer:
    """`reached`: what was heard that may stop it, even before it began. An order's end stops everything."""

    sla_id: str
    order_id: str
    running: Running | None = None
    reached: Mapping[Milestone, datetime] = field(default_factory=dict[Milestone, datetime])
    broken_at: datetime | None = None

    @property
    def key(self) -> str:
        """Names the timer."""
        return key_of(self.sla_id, self.order_id)

    @property
    def stopped_at(self) -> datetime | None:
        """When it was stopped, by what its version names or by the order's end."""
        if self.running is None:
            return None
        ways = (self.running.stops, Milestone.ORDER_CANCELLED)
        return min((self.reached[each] for each in ways if each in self.reached), default=None)

    @property
    def took(self) -> timedelta | None:
        """From start to stop, by the clock; none while it runs, or when the order's end stopped it (R94)."""
        if self.running is None or self.running.stops not in self.reached:
            return None
        return max(self.reached[self.running.stops] - self.running.at, timedelta())

    @property
    def state(self) -> str:
        """`waiting`, `running`, `kept`, `broken`. What stopped it in time keeps it, also when that was heard too late and it was
        told as broken meanwhile: what counts is when it came about.
        """
        if self.running is None:
            return "waiting"
        if self.stopped_at is not None and self.stopped_at <= self.running.due_at:
            return "kept"
        if self.broken_at is not None:
            return "broken"
        return "running" if self.stopped_at is None else "kept"


@dataclass(frozen=True, slots=True)
class Start:
    sla_id: str
    order_id: str
    running: Running
    at: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """`reached_at` is when it came about, `at` when we heard of it."""

    sla_id: str
    order_id: str
    milestone: Milestone
    reached_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Expire:
    sla_id: str
    order_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TimerStarted:
    sla_id: str
    order_id: str
    running: Running


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    sla_id: str
    order_id: str
    milestone: Milestone
    at: datetime


@dataclass(frozen=True, slots=True)
class TermBroken:
    at: datetime


TimerCommand = Start | Stop | Expire
TimerChange = TimerStarted | MilestoneReached | TermBroken


class NeverBegun(Exception):
    """A broken term of a timer that never began: a defect."""


def key_of(sla_id: str, order_id: str) -> str:
    """One for each service level and order."""
    return f"{sla_id}:{order_id}"


def decide(command: TimerCommand, timer: Timer | None) -> Sequence[TimerChange]:
    """The first start counts, and the first of each stop; then whether the term was broken, which is told once."""
    changes = _heard(command, timer)
    after = timer
    for change in changes:
        after = evolve(after, change)
    if after is None or after.broken_at is not None or not _broken(after, command.at):
        return changes
    return [*changes, TermBroken(command.at)]


def _heard(command: TimerCommand, timer: Timer | None) -> list[TimerChange]:
    match command:
        case Start():
            known = timer is not None and timer.running is not None
            return [] if known else [_started(command)]
        case Stop():
            first = timer.reached.get(command.milestone) if timer else None
            reached = MilestoneReached(
                command.sla_id, command.order_id, command.milestone, command.reached_at
            )
            return [] if first is not None and first <= command.reached_at else [reached]
        case Expire():
            return []


def _started(command: Start) -> TimerStarted:
    running = replace(command.running, heard_at=command.at)
    return TimerStarted(command.sla_id, command.order_id, running)


def _broken(timer: Timer, now: datetime) -> bool:
    if timer.running is None:
        return False
    if timer.stopped_at is not None:
        return timer.stopped_at > timer.running.due_at
    return now >= timer.running.breaks_at


def evolve(timer: Timer | None, change: TimerChange) -> Timer:
    """The timer after the change."""
    match change:
        case TimerStarted():
            return replace(timer or Timer(change.sla_id, change.order_id), running=change.running)
        case MilestoneReached():
            known = timer or Timer(change.sla_id, change.order_id)
            return replace(known, reached={**known.reached, change.milestone: change.at})
        case TermBroken():
            if timer is None:
                raise NeverBegun
            return replace(timer, broken_at=change.at)


def deadlines(timer: Timer) -> Sequence[Deadline]:
    """While it runs."""
    return [Deadline(BREAK, timer.running.breaks_at)] if timer.running and timer.state == "running" else []
