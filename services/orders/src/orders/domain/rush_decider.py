"""Decide: which rule a command to a shop's rush goes to."""

from typing import assert_never

from kernel.refusal import Decision
from kernel.refused_duty import NotYourDuty, refused

from orders.domain.rush import RushBook
from orders.domain.rush_attending import approve_bonuses, begin_shift, end_shift, may_keep_shifts
from orders.domain.rush_changes import RushChange
from orders.domain.rush_commands import (
    ApproveBonuses,
    BeginShift,
    ChangePlan,
    EndRush,
    EndShift,
    ExtendRush,
    PassRushDeadline,
    RankCategories,
    RushCommand,
    SetPolicies,
    StartRush,
    UnlockPolicy,
)
from orders.domain.rush_freezing import rank, set_policies, unlock
from orders.domain.rush_refusals import NoRush
from orders.domain.rush_running import change_plan, end, extend, owners_duty, pass_rush_deadline, start


def decide_rush(command: RushCommand, book: RushBook | None) -> Decision[RushChange]:  # noqa: C901, PLR0911 - one case a command
    """The rule of each command."""
    match command:
        case StartRush():
            return start(command, book)
        case ChangePlan():
            return change_plan(command, book)
        case ExtendRush():
            return extend(command, book)
        case EndRush():
            return end(command, book)
        case UnlockPolicy():
            return unlock(command, book)
        case SetPolicies():
            return set_policies(command, book)
        case RankCategories():
            return rank(command, book)
        case PassRushDeadline():
            return pass_rush_deadline(command, book)
        case ApproveBonuses():
            return owners_duty(command.actor, command.shop_id, book) or approve_bonuses(command, _kept(book))
        case BeginShift() | EndShift():
            return _shift(command, _kept(book))
        case _:
            assert_never(command)


def _kept(book: RushBook | None) -> RushBook:
    if book is None:
        raise NoRush("There is no rush in this shop.")
    return book


def _shift(command: BeginShift | EndShift, book: RushBook) -> Decision[RushChange]:
    """Nobody keeps the shifts of somebody else but the owner (R117)."""
    if not may_keep_shifts(command.actor, command.staff_id):
        no = NotYourDuty("Another's shifts are the owner's to keep (R117).", may_do_it="owner")
        return refused(command.actor, "keep_shifts", "R117", no)
    return begin_shift(command, book) if isinstance(command, BeginShift) else end_shift(command, book)
