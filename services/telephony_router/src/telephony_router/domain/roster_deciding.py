"""Who may go on a break, and what becomes of the roster (R105, R106)."""

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

from telephony_router.domain import roster_commands as r
from telephony_router.domain.refusals import LastOnDuty, ShiftMakesNoSense, UnknownShift
from telephony_router.domain.roster import KEPT, Pause, Release, Roster, may_leave

LONGEST_SHIFT = timedelta(days=1)
RELEASED_FOR = timedelta(minutes=15)
"""So long the next break is kept for who asked first."""


def decide(command: r.Command, roster: Roster | None) -> Decision[r.Change]:
    """The rule of each command; whatever happens first opens the roster."""
    decision = _of(command, roster or Roster(command.shop_id, command.at))
    if roster is not None or not decision:
        return decision
    opened = r.RosterOpened(command.shop_id, command.at)
    if isinstance(decision, Refused):
        return Refused((opened, *decision.changes), decision.refusal)
    return [opened, *decision]


def _of(command: r.Command, roster: Roster) -> Decision[r.Change]:
    match command:
        case r.PlanShift():
            return duty(command.actor, Action.KEEP_ROSTER) or _plan(command, roster)
        case r.CancelShift():
            return duty(command.actor, Action.KEEP_ROSTER) or _cancel(command, roster)
        case r.TakeBreak():
            return _his(command) or _leave(command, roster)
        case r.EndBreak():
            return _his(command) or _come_back(command, roster)
        case _:
            return _told(command, roster)


def _told(command: r.HearBreak | r.HearReturn | r.ReleasePassed, roster: Roster) -> Decision[r.Change]:
    """What nobody asks for, and nobody can refuse."""
    match command:
        case r.HearBreak():
            known = command.staff_id in roster.on_break(command.at)
            return [] if known else [r.BreakBegun(Pause(command.staff_id, command.at, command.until))]
        case r.HearReturn():
            return _come_back(command, roster)
        case r.ReleasePassed():
            passed = roster.released is not None and roster.released.until <= command.at
            return _next(roster, command.there, command.at) if passed else []


def _his(command: r.TakeBreak | r.EndBreak) -> Refused[DutyRefused] | None:
    """A break is his own; who keeps the roster may send others."""
    own = command.actor.id == command.staff_id
    return duty(command.actor, Action.TAKE_BREAK if own else Action.KEEP_ROSTER)


def _plan(command: r.PlanShift, roster: Roster) -> Decision[r.Change]:
    shift = command.shift
    if shift in roster.shifts:
        return []
    if not shift.begins < shift.ends <= shift.begins + LONGEST_SHIFT:
        raise ShiftMakesNoSense("A shift ends after it begins, within a day.")
    if any(
        each.staff_id == shift.staff_id and each.meets(shift.begins, shift.ends) for each in roster.shifts
    ):
        raise ShiftMakesNoSense("He has a shift at that time already.")
    return [r.ShiftPlanned(shift, command.at)]


def _cancel(command: r.CancelShift, roster: Roster) -> Decision[r.Change]:
    if all(each.shift_id != command.shift_id for each in roster.shifts):
        raise UnknownShift("There is no such shift.")
    return [r.ShiftCancelled(command.shift_id, command.at)]


def _leave(command: r.TakeBreak, roster: Roster) -> Decision[r.Change]:
    """The last on duty is refused, told why, and is the next to go (R105, R106)."""
    staff_id, at = command.staff_id, command.at
    if staff_id in roster.on_break(at):
        return []
    if may_leave(roster, staff_id, command.there, at):
        return [r.BreakBegun(Pause(staff_id, at, command.until))]
    no = _why(roster, at)
    if staff_id in roster.waiting or staff_id in roster.promised(at):
        raise no
    return Refused((r.BreakAwaited(staff_id, at),), no)


def _why(roster: Roster, at: datetime) -> LastOnDuty:
    away = sorted(roster.on_break(at))
    back = min((each.until for each in roster.pauses if each.staff_id in away), default=None)
    return LastOnDuty(
        "You are the last one by the telephone; the next break is yours when a colleague is back.",
        on_break=", ".join(away) or None,
        back_at=back.isoformat() if back else None,
        promised_to=", ".join(roster.promised(at)) or None,
    )


def _come_back(command: r.EndBreak | r.HearReturn, roster: Roster) -> Decision[r.Change]:
    if all(each.staff_id != command.staff_id for each in roster.pauses):
        return []
    ended = r.BreakEnded(command.staff_id, command.at)
    after = evolve(roster, ended)
    held = after.released is not None and command.at < after.released.until
    return [ended] if held else [ended, *_next(after, command.there | {command.staff_id}, command.at)]


def _next(roster: Roster, there: frozenset[str], at: datetime) -> list[r.Change]:
    """The release passes on to who waits longest and is still there."""
    free = replace(roster, released=None)
    waiting = [each for each in roster.waiting if each in free.covering(there, at)]
    if not waiting or not may_leave(free, waiting[0], there, at):
        return [r.BreakReleased(None, at)] if roster.released else []
    return [r.BreakReleased(Release(waiting[0], at + RELEASED_FOR), at)]


def evolve(roster: Roster | None, change: r.Change) -> Roster:
    """The roster after a change."""
    if isinstance(change, r.RosterOpened):
        return Roster(change.shop_id, change.at)
    assert roster is not None
    match change:
        case r.ShiftPlanned():
            recent = tuple(each for each in roster.shifts if change.at - each.ends < KEPT)
            return replace(roster, shifts=(*recent, change.shift), changed_at=change.at)
        case r.ShiftCancelled():
            kept = tuple(each for each in roster.shifts if each.shift_id != change.shift_id)
            return replace(roster, shifts=kept, changed_at=change.at)
        case DutyRefused():
            return roster
        case _:
            return _of_breaks(roster, change)


def _of_breaks(
    roster: Roster, change: r.BreakBegun | r.BreakEnded | r.BreakAwaited | r.BreakReleased
) -> Roster:
    match change:
        case r.BreakBegun():
            return _begun(roster, change.pause)
        case r.BreakAwaited():
            return replace(roster, waiting=(*roster.waiting, change.staff_id), changed_at=change.at)
        case r.BreakEnded():
            kept = tuple(each for each in roster.pauses if each.staff_id != change.staff_id)
            return replace(roster, pauses=kept, changed_at=change.at)
        case r.BreakReleased():
            his = change.release.staff_id if change.release else None
            waiting = tuple(each for each in roster.waiting if each != his)
            return replace(roster, released=change.release, waiting=waiting, changed_at=change.at)


def _begun(roster: Roster, pause: Pause) -> Roster:
    others = tuple(each for each in roster.pauses if each.staff_id != pause.staff_id)
    mine = roster.released is not None and roster.released.staff_id == pause.staff_id
    return replace(
        roster,
        pauses=(*others, pause),
        waiting=tuple(each for each in roster.waiting if each != pause.staff_id),
        released=None if mine else roster.released,
        changed_at=pause.since,
    )


def deadlines(roster: Roster) -> list[Deadline]:
    """A promised break that is not taken passes on."""
    return [Deadline("release", roster.released.until)] if roster.released else []
