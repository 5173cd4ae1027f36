"""Evolve: what a change makes of a shop's book of rushes."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kernel.refused_duty import DutyRefused

from orders.domain import rush_changes as c
from orders.domain.evolving import ImpossibleHistory
from orders.domain.rush import PastRush, Rush, RushBook, Shift, Unlock
from orders.domain.rush_changes import RushChange

KEPT = 40
"""Past rushes in a shop's book; of older ones tells what was told."""


def evolve_rush(book: RushBook | None, change: RushChange) -> RushBook:  # noqa: C901, PLR0911 - one case a change
    """The book after the change."""
    if book is None:
        if isinstance(change, c.BookOpened):
            return RushBook(change.shop_id)
        raise ImpossibleHistory(type(change).__name__)
    match change:
        case DutyRefused():
            return book
        case c.PoliciesSet():
            rush = book.rush and replace(book.rush, unlocks=_used_up(book.rush, change))
            return replace(book, policies=change.policies, rush=rush)
        case c.CategoriesRanked():
            return replace(book, ranking=change.ranking)
        case c.BonusesReminded():
            again = partial(replace, approve_by=change.approve_by)
            return replace(book, past=_past(book, change.rush_id, again))
        case c.BonusesApproved():
            approved = partial(replace, approval=change.approval)
            return replace(book, past=_past(book, change.rush_id, approved))
        case c.RushStarted():
            return replace(book, rush=change.rush)
        case c.RushEnded():
            return replace(book, rush=None, past=(*book.past, _over(book, change))[-KEPT:])
        case _ if book.rush is not None:
            return replace(book, rush=_rush(book.rush, change))
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _rush(rush: Rush, change: RushChange) -> Rush:
    match change:
        case c.PlanChanged():
            return replace(rush, stands=change.plan.stands, phone_hours=change.plan.phone_hours)
        case c.RushExtended():
            return replace(rush, ends_by=change.ends_by, look_at=change.ends_by)
        case c.RushOverran():
            return replace(rush, look_at=change.look_at)
        case c.ShiftBegan():
            return replace(rush, shifts=(*rush.shifts, change.shift))
        case c.ShiftEnded():
            return replace(rush, shifts=tuple(_ended(shift, change) for shift in rush.shifts))
        case c.PolicyUnlocked():
            return replace(rush, unlocks=(*rush.unlocks, change.unlock))
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _ended(shift: Shift, change: c.ShiftEnded) -> Shift:
    is_it = shift.staff_id == change.staff_id and shift.ended_at is None
    return replace(shift, ended_at=change.at) if is_it else shift


def _used_up(rush: Rush, change: c.PoliciesSet) -> tuple[Unlock, ...]:
    return tuple(
        replace(each, used_at=change.at) if each.policy in change.changed and each.used_at is None else each
        for each in rush.unlocks
    )


def _over(book: RushBook, change: c.RushEnded) -> PastRush:
    if book.rush is None:
        raise ImpossibleHistory(type(change).__name__)
    shifts = tuple(replace(each, ended_at=each.ended_at or change.at) for each in book.rush.shifts)
    ended = replace(book.rush, shifts=shifts)
    return PastRush(ended, change.at, change.by, change.attendance, change.approve_by)


def _past(book: RushBook, rush_id: str, now: Callable[[PastRush], PastRush]) -> tuple[PastRush, ...]:
    return tuple(now(each) if each.rush.rush_id == rush_id else each for each in book.past)
