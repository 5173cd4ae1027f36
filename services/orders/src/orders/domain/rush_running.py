"""Starting, changing, extending and ending a rush: the owner's alone (R18, R116)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, Refused
from kernel.refused_duty import duty

from orders.domain.rush import Rush, RushBook
from orders.domain.rush_attending import attendance
from orders.domain.rush_changes import (
    BonusesReminded,
    BookOpened,
    PlanChanged,
    RushChange,
    RushEnded,
    RushExtended,
    RushOverran,
    RushStarted,
)
from orders.domain.rush_commands import ChangePlan, EndRush, ExtendRush, PassRushDeadline, Plan, StartRush
from orders.domain.rush_deadlines import END, bonuses_of
from orders.domain.rush_lanes import sound
from orders.domain.rush_refusals import NoRush, RushEndsOutOfSight, RushRunsAlready

LONGEST = timedelta(days=366)


def opening(shop_id: str, book: RushBook | None) -> tuple[RushChange, ...]:
    """The first that happens in a shop opens its book."""
    return (BookOpened(shop_id),) if book is None else ()


def owners_duty(actor: Actor, shop_id: str, book: RushBook | None) -> Refused[RushChange] | None:
    """A refusal to be remembered when it is not the owner who asks, even where there is no book yet (R17, R18)."""
    refused = duty(actor, Action.RUN_RUSH)
    return Refused((*opening(shop_id, book), *refused.changes), refused.refusal) if refused else None


def running(book: RushBook | None) -> Rush:
    """The rush that is on."""
    if book is None or book.rush is None:
        raise NoRush("There is no rush in this shop.")
    return book.rush


def in_sight(ends_by: datetime, at: datetime) -> bool:
    """A rush that is planned for longer than a year is no rush (R18)."""
    return at < ends_by <= at + LONGEST


def start(command: StartRush, book: RushBook | None) -> Decision[RushChange]:
    """The owner starts a rush with a plan of who stands where; a shop has one at a time (R18)."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    if book and command.rush_id in _known(book):
        return []
    if book and book.rush:
        raise RushRunsAlready("A rush is on already.", rush_id=book.rush.rush_id)
    if not in_sight(command.ends_by, command.at):
        raise RushEndsOutOfSight("The planned end of a rush lies ahead, within a year.")
    sound(command.plan, command.parts, command.team)
    rush = Rush(
        rush_id=command.rush_id,
        parts=command.parts,
        stands=command.plan.stands,
        phone_hours=command.plan.phone_hours,
        frozen=command.frozen,
        started_at=command.at,
        started_by=command.actor.id,
        ends_by=command.ends_by,
        look_at=command.ends_by,
    )
    return [*opening(command.shop_id, book), RushStarted(rush)]


def _known(book: RushBook) -> set[str]:
    return {past.rush.rush_id for past in book.past} | ({book.rush.rush_id} if book.rush else set())


def change_plan(command: ChangePlan, book: RushBook | None) -> Decision[RushChange]:
    """The owner redraws the borders while the rush lasts (R18, R113)."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    rush = running(book)
    sound(command.plan, rush.parts, command.team)
    same = Plan(rush.stands, rush.phone_hours) == command.plan
    return [] if same else [PlanChanged(command.plan)]


def extend(command: ExtendRush, book: RushBook | None) -> Decision[RushChange]:
    """The owner moves the planned end; sooner is fine, but it lies ahead."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    rush = running(book)
    if rush.ends_by == command.ends_by:
        return []
    if not in_sight(command.ends_by, command.at):
        raise RushEndsOutOfSight("The planned end lies ahead, within a year; to end the rush now, end it.")
    return [RushExtended(command.ends_by)]


def end(command: EndRush, book: RushBook | None) -> Decision[RushChange]:
    """The owner ends the rush; nothing else does. Who stood in it is proposed for a bonus (R117)."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    if book and book.rush is None and book.past:
        return []
    rush = running(book)
    approve_by = command.clocks.look_again(command.at)
    stood = attendance(rush.shifts, command.at, command.clocks.calendar)
    return [RushEnded(command.actor.id, command.at, stood, approve_by)]


def pass_rush_deadline(command: PassRushDeadline, book: RushBook | None) -> Sequence[RushChange]:
    """What a passed deadline still means. A rush never ends by itself: the owner is reminded, again and again (R116)."""
    if book is None:
        return []
    again = command.clocks.look_again(command.at)
    if command.name == END:
        return [RushOverran(again)] if book.rush else []
    waiting = {bonuses_of(past): past for past in book.past if past.waits_for_approval}
    past = waiting.get(command.name)
    return [BonusesReminded(past.rush.rush_id, again)] if past else []
