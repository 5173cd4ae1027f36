"""One clock of one service level for one order: started and stopped by facts in any order, broken at most once (R91)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline

from quality.domain.sla import Milestone
from quality.domain.timer import CATCHING_UP, Running, Timer, key_of

__all__ = ["CATCHING_UP", "Running", "Timer", "key_of"]  # handed on; the rest is defined here

BREAK = "break"
LATE = timedelta(minutes=1)
"""Whoever passes a term so late was down."""


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


@dataclass(frozen=True, slots=True)
class TermPutOff:
    """We were down as it passed; `at` we are back."""

    at: datetime


TimerChange = TimerStarted | MilestoneReached | TermBroken | TermPutOff


class NeverBegun(Exception):
    """A broken term of a timer that never began: a defect."""


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
            return _put_off(timer, command.at)


def _put_off(timer: Timer | None, at: datetime) -> list[TimerChange]:
    """Once: we were down when the term was over, and what ended it in time may not have been read yet."""
    running = timer.running if timer and timer.state == "running" else None
    down = running is not None and running.breaks_at == running.due_at and at - running.due_at > LATE
    return [TermPutOff(at)] if down else []


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
        case TermPutOff():
            if timer is None or timer.running is None:
                raise NeverBegun
            return replace(timer, running=replace(timer.running, heard_at=change.at))


def deadlines(timer: Timer) -> Sequence[Deadline]:
    """While it runs."""
    return [Deadline(BREAK, timer.running.breaks_at)] if timer.running and timer.state == "running" else []
