"""What somebody owes a customer besides the order: a favour that was promised, or the director's joining in (R16, R32).

Each has an owner and a due time, so that none is forgotten; in a rush no favour is promised.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kernel.actor import Actor, Role
from kernel.deadline import Deadline
from kernel.refusal import Decision, NotFound, Refusal
from kernel.refused_duty import DutyRefused, NotYourDuty, refused

from orders.domain.policies import Clocks
from orders.domain.rush_usual_answers import NO_EXTRAS

HELP_WITHIN = timedelta(hours=2)
"""Working time within which the director answers who asked him to join (R16)."""

LONGEST = timedelta(days=366)

DUE = "errand"


class Sort(StrEnum):
    """`favour`: something extra for the customer (R32). `help`: the director is asked to join (R16)."""

    FAVOUR = "favour"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Errand:
    """`owner_id` has to do it by `due_at`; after that he is reminded at `look_at`, again and again."""

    errand_id: str
    order_id: str
    shop_id: str
    sort: Sort
    kind: str
    owner_id: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    look_at: datetime
    overdue: bool = False
    done_at: datetime | None = None
    done_by: str | None = None


@dataclass(frozen=True, slots=True)
class AskErrand:
    """`in_rush`: a rush with ready answers is on in the shop."""

    errand: Errand
    in_rush: bool

    @property
    def errand_id(self) -> str:
        """Of which errand."""
        return self.errand.errand_id


@dataclass(frozen=True, slots=True)
class FinishErrand:
    errand_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class PassErrandDeadline:
    errand_id: str
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class ErrandAsked:
    errand: Errand


@dataclass(frozen=True, slots=True)
class ErrandOverdue:
    look_at: datetime


@dataclass(frozen=True, slots=True)
class ErrandDone:
    by: str
    at: datetime


ErrandCommand = AskErrand | FinishErrand | PassErrandDeadline
ErrandChange = ErrandAsked | ErrandOverdue | ErrandDone | DutyRefused


class NoExtrasInRush(Refusal):
    """In a rush nothing is promised besides the order (R32)."""

    rule = "R32"


class DueOutOfSight(Refusal):
    """What is promised is due ahead, and no more than a year (R32)."""

    rule = "R32"


class UnknownErrand(NotFound):
    """There is no such errand."""


def decide_errand(command: ErrandCommand, errand: Errand | None) -> Decision[ErrandChange]:
    """The rule of each command."""
    match command:
        case AskErrand():
            return _ask(command, errand)
        case FinishErrand():
            return _finish(command, errand)
        case PassErrandDeadline():
            if errand is None or errand.done_at:
                return []
            return [ErrandOverdue(command.clocks.look_again(command.at))]


def _ask(command: AskErrand, known: Errand | None) -> Decision[ErrandChange]:
    """A promise is a task with an owner and a due time; in a rush it is not made at all (R32). The director may be
    asked at any time (R16).
    """
    if known is not None:
        return []
    if command.errand.sort is Sort.FAVOUR and command.in_rush:
        words = {"words_ru": NO_EXTRAS.ru, "words_en": NO_EXTRAS.en}
        raise NoExtrasInRush("In a rush nothing is promised besides the order.", **words)
    if not command.errand.asked_at < command.errand.due_at <= command.errand.asked_at + LONGEST:
        raise DueOutOfSight("What is promised is due ahead, within a year.")
    return [ErrandAsked(command.errand)]


def _finish(command: FinishErrand, errand: Errand | None) -> Decision[ErrandChange]:
    """Whose errand it is says that it is done, or the shop's owner."""
    if errand is None:
        raise UnknownErrand("There is no such errand.")
    if command.actor.id != errand.owner_id and not command.actor.has(Role.OWNER):
        rule = "R16" if errand.sort is Sort.HELP else "R32"
        no = NotYourDuty(f"It is another's to do ({rule}).", may_do_it=errand.owner_id)
        return refused(command.actor, "finish_errand", rule, no)
    return [] if errand.done_at else [ErrandDone(command.actor.id, command.at)]


def evolve_errand(errand: Errand | None, change: ErrandChange) -> Errand:
    """The errand after the change."""
    if isinstance(change, ErrandAsked):
        return change.errand
    assert errand is not None
    match change:
        case ErrandOverdue():
            return replace(errand, overdue=True, look_at=change.look_at)
        case ErrandDone():
            return replace(errand, done_at=change.at, done_by=change.by)
        case DutyRefused():
            return errand


def errand_deadlines(errand: Errand) -> list[Deadline]:
    """When it is due, and after that when its owner is reminded; nothing once it is done."""
    return [] if errand.done_at else [Deadline(DUE, errand.look_at)]
