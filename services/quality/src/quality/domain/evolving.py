"""Evolve: what a change makes of a call."""

from dataclasses import replace
from typing import TypeVar

from kernel.refused_duty import DutyRefused

from quality.domain import changes as c
from quality.domain.call import Answered, Call, Check, NotCalled, Open, Opened, Try
from quality.domain.changes import Change

Closed = TypeVar("Closed", Answered, NotCalled)


class ImpossibleHistory(Exception):
    """A change that can't have happened to this call: a defect."""


def evolve(call: Call | None, change: Change) -> Call:
    """The call after the change."""
    match change, call:
        case c.CallDue(), None:
            return Open(change.asking, change.assignee, change.asking.due_at)
        case DutyRefused(), Open() | Answered() | NotCalled():
            return call
        case c.WordsForgotten(), Answered():
            silent = replace(call.answers, words={})
            return replace(call, answers=silent, check=_wordless(call.check))
        case c.WordsForgotten(), NotCalled():
            return replace(call, check=_wordless(call.check))
        case c.Journalled(), Open() | Answered() | NotCalled():
            return replace(call, acts=call.acts.written(change.up_to))
        case _, Open() | Answered() | NotCalled():
            return _on(call, change)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _on(call: Call, change: Change) -> Call:
    match change, call:
        case c.CustomerAnswered(), Open() | NotCalled():
            return _answered(call, change)
        case _, Open():
            return _open(call, change)
        case _, Answered():
            return _afterwards(call, change)
        case _, NotCalled():
            return _checked(call, change)


def _answered(call: Open | NotCalled, change: c.CustomerAnswered) -> Answered:
    return Answered(
        asking=call.asking,
        answers=change.answers,
        by=change.by,
        at=change.at,
        answered_on=change.answered_on,
        reasons=change.reasons,
        tries=call.tries,
        check=change.check,
        acts=call.acts.plus("answered", change.by, change.at),
    )


def _open(call: Open, change: Change) -> Call:
    match change:
        case c.CallAssigned():
            return replace(call, assignee=change.assignee)
        case c.ContactOpened():
            acts = call.acts.plus("contact_opened", change.by, change.at)
            return replace(call, opened=Opened(change.by, change.at), acts=acts)
        case c.NotReached():
            tries = (*call.tries, Try(change.at, change.by, change.result))
            acts = call.acts.plus("not_reached", change.by, change.at, change.result.value)
            return replace(call, tries=tries, opened=None, next_at=change.next_at, acts=acts)
        case c.OwnerAlerted():
            return replace(call, overdue=True)
        case c.CallGivenUp():
            last = (Try(change.at, change.by, change.result),) if change.result else ()
            acts = call.acts.plus("given_up", change.by, change.at, change.reason)
            tries = (*call.tries, *last)
            return NotCalled(call.asking, change.reason, change.by, change.at, tries, change.check, acts)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _afterwards(call: Answered, change: Change) -> Answered:
    match change:
        case c.AnswersRead():
            return replace(call, acts=call.acts.plus("answers_read", change.by, change.at))
        case c.ClaimCameLater():
            return replace(call, claim_at=change.at)
        case c.Counted():
            return replace(call, counted=True)
        case _:
            return _checked(call, change)


def _checked(call: Closed, change: Change) -> Closed:
    check = call.check
    if check is None:
        raise ImpossibleHistory(type(change).__name__)
    match change:
        case c.CheckMade():
            made = replace(check, agrees=change.agrees, by=change.by, words=change.words)
            about = "agrees" if change.agrees else "disagrees"
            acts = call.acts.plus("second_check", change.by, change.at, about)
            return replace(call, check=made, acts=acts)
        case c.CheckOverdue():
            return replace(call, check=replace(check, checker=change.owner, overdue=True))
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _wordless(check: Check | None) -> Check | None:
    return replace(check, words=None) if check else None
