"""Who stood in the rush, and for how long; and who gets a bonus for it (R117)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kernel.action import Action
from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.duties import may
from kernel.refusal import Decision

from orders.domain.rush import Approval, Attendance, RushBook, Shift
from orders.domain.rush_changes import BonusesApproved, RushChange, ShiftBegan, ShiftEnded
from orders.domain.rush_commands import ApproveBonuses, BeginShift, EndShift
from orders.domain.rush_lanes import lane_of
from orders.domain.rush_refusals import NoRush, NotInThePlan, NotOnTheBonusList, StandsAlready
from orders.domain.rush_words import Part

LONGEST_SHIFT = timedelta(hours=16)
"""Who forgets to end his shift has not stood for days."""

HOUR = timedelta(hours=1)


def attendance(shifts: Sequence[Shift], until: datetime, calendar: WorkingCalendar) -> tuple[Attendance, ...]:
    """Whole hours of working time each person stood, all his shifts together, the most first; also who stood for none,
    since he came (R117).
    """
    stood: dict[str, timedelta] = {}
    for shift in shifts:
        ended_at = min(shift.ended_at or until, shift.began_at + LONGEST_SHIFT, until)
        spent = calendar.between(shift.began_at, ended_at)
        stood[shift.staff_id] = stood.get(shift.staff_id, timedelta()) + spent
    hours = [Attendance(staff_id, spent // HOUR) for staff_id, spent in stood.items()]
    return tuple(sorted(hours, key=lambda each: (-each.hours, each.staff_id)))


def may_keep_shifts(actor: Actor, staff_id: str) -> bool:
    """A person says himself when he stands in his lane; for others the owner does."""
    return actor.id == staff_id or may(actor, Action.RUN_RUSH)


def open_shift(shifts: Sequence[Shift], staff_id: str) -> Shift | None:
    """The shift that somebody has begun and not ended."""
    return next((each for each in shifts if each.staff_id == staff_id and each.ended_at is None), None)


def begin_shift(command: BeginShift, book: RushBook) -> Decision[RushChange]:
    """Somebody of the plan takes his place (R117)."""
    rush = book.rush_with(Part.LANES)
    if rush is None:
        raise NoRush("No rush with lanes is on in this shop.")
    lane = lane_of(rush.stands, command.staff_id)
    if lane is None:
        raise NotInThePlan("He stands in no lane of this rush.", staff_id=command.staff_id)
    stands = open_shift(rush.shifts, command.staff_id)
    if stands is None:
        return [ShiftBegan(Shift(command.staff_id, lane, command.at))]
    if stands.lane is lane and command.at - stands.began_at < LONGEST_SHIFT:
        return []
    raise StandsAlready("His last shift has not ended.", lane=stands.lane.value)


def end_shift(command: EndShift, book: RushBook) -> Decision[RushChange]:
    """Somebody leaves his place; who stands in none has left it."""
    if book.rush is None or open_shift(book.rush.shifts, command.staff_id) is None:
        return []
    return [ShiftEnded(command.staff_id, command.at)]


def approve_bonuses(command: ApproveBonuses, book: RushBook) -> Decision[RushChange]:
    """The owner's yes, once, to all who stood or to fewer; no money is computed here (R117)."""
    past = next((each for each in book.past if each.rush.rush_id == command.rush_id), None)
    if past is None:
        raise NoRush("No rush of this id has ended.", rush_id=command.rush_id)
    proposed = [each.staff_id for each in past.attendance]
    strangers = set(command.without) - set(proposed)
    if strangers:
        raise NotOnTheBonusList("He is not on the list.", staff_id=min(strangers))
    if not past.waits_for_approval:
        return []
    chosen = tuple(staff_id for staff_id in proposed if staff_id not in command.without)
    return [BonusesApproved(command.rush_id, Approval(chosen, command.actor.id, command.at))]
