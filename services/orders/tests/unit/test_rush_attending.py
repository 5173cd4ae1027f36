"""Who stood in the rush is counted in whole hours of working time, and the owner approves who gets a bonus (R117)."""

from datetime import datetime, timedelta

import pytest
from kernel.calendar import WorkingCalendar
from kernel.refusal import Refused
from orders.domain.rush import Attendance, RushBook, Shift, Stand
from orders.domain.rush_attending import attendance
from orders.domain.rush_commands import Plan, RushCommand
from orders.domain.rush_deadlines import rush_deadlines
from orders.domain.rush_decider import decide_rush
from orders.domain.rush_refusals import NotInThePlan, NotOnTheBonusList, StandsAlready
from orders.domain.rush_words import Lane
from orders.testing.lamps import MONDAY, minutes
from orders.testing.people import ANNA, BORIS, OLGA
from orders.testing.rushes import (
    STANDS,
    approve,
    begin_shift,
    change_plan,
    did,
    end,
    end_shift,
    given,
    on,
    passed,
    start,
)

USUAL = WorkingCalendar.usual()
"""10 to 18, lunch 13 to 14; Monday is ten o'clock."""


def shift(staff_id: str, began: float, ended: float | None) -> Shift:
    return Shift(staff_id, Lane.PACKING, minutes(began), None if ended is None else minutes(ended))


def ended(*asked: RushCommand, at: datetime = MONDAY + timedelta(hours=8)) -> RushBook:
    book = given(start(), *asked, end(at))
    assert book is not None
    return book


@pytest.mark.parametrize(
    ("shifts", "hours"),
    [
        ([shift("anna", 0, 59)], 0),
        ([shift("anna", 0, 60)], 1),
        ([shift("anna", 0, 40), shift("anna", 60, 80)], 1),
        ([shift("anna", 0, 8 * 60)], 7),
        ([shift("anna", 8 * 60, 12 * 60)], 0),
        ([shift("anna", 0, None)], 7),
        ([shift("anna", 0, 3 * 24 * 60)], 7),
    ],
    ids=["almost", "an hour", "in two parts", "without lunch", "after work", "never ended", "forgotten"],
)
def test_whole_hours_of_working_time_count(shifts: list[Shift], hours: int) -> None:
    until = MONDAY + timedelta(days=4)

    assert attendance(shifts, until, USUAL) == (Attendance("anna", hours),)


def test_who_stood_most_comes_first() -> None:
    shifts = [shift("anna", 0, 60), shift("boris", 0, 180), shift("vera", 0, 60)]

    found = attendance(shifts, MONDAY + timedelta(days=1), USUAL)

    assert [each.staff_id for each in found] == ["boris", "anna", "vera"]


def test_a_person_takes_his_place_and_leaves_it() -> None:
    rush = on(begin_shift("anna", actor=ANNA), end_shift("anna", minutes(90), ANNA))

    assert rush.shifts == (Shift("anna", Lane.PROCESSING, MONDAY, minutes(90)),)


def test_twice_is_once() -> None:
    book = given(start(), begin_shift("anna"))

    assert did(begin_shift("anna", minutes(5)), book) == ()
    assert did(end_shift("boris"), book) == ()


@pytest.mark.parametrize("command", [begin_shift("anna", actor=BORIS), end_shift("anna", actor=BORIS)])
def test_nobody_else_does_it_for_him_but_the_owner(command: RushCommand) -> None:
    book = given(start(), begin_shift("anna", actor=OLGA))
    assert book is not None

    decision = decide_rush(command, book)

    assert isinstance(decision, Refused)
    assert (decision.refusal.rule, len(decision.changes)) == ("R117", 1)


def test_who_is_in_no_lane_has_no_shift() -> None:
    with pytest.raises(NotInThePlan):
        did(begin_shift("boris"), given(start()))


def test_a_forgotten_shift_or_one_in_another_lane_is_ended_first() -> None:
    book = given(start(), begin_shift("anna"))
    with pytest.raises(StandsAlready):
        did(begin_shift("anna", MONDAY + timedelta(days=1)), book)

    moved = Plan((*STANDS[:1], Stand("anna", Lane.PACKING)))
    with pytest.raises(StandsAlready):
        did(begin_shift("anna", minutes(5)), given(start(), begin_shift("anna"), change_plan(moved)))


def test_at_the_end_a_bonus_list_is_proposed_and_waits_for_the_owner() -> None:
    book = ended(begin_shift("anna"), begin_shift("stepan", minutes(60)))

    (past,) = book.past
    assert past.attendance == (Attendance("anna", 7), Attendance("stepan", 6))
    assert past.waits_for_approval
    assert all(each.ended_at for each in past.rush.shifts)
    assert [each.name for each in rush_deadlines(book)] == ["bonuses:rush-1"]


def test_until_the_owner_says_yes_he_is_asked_again() -> None:
    book = ended(begin_shift("anna"))
    (first,) = rush_deadlines(book)
    again = given(start(), begin_shift("anna"), end(), passed(first.name, first.at))
    assert again is not None

    assert rush_deadlines(again)[0].at > first.at


def test_the_owner_approves_all_or_fewer_once() -> None:
    stood = (start(), begin_shift("anna"), begin_shift("stepan"), end())
    book = given(*stood, approve("stepan"))
    assert book is not None

    (past,) = book.past
    assert past.approval
    assert past.approval.staff_ids == ("anna",)
    assert rush_deadlines(book) == []
    assert did(approve(), book) == ()


def test_nobody_is_left_out_who_is_not_on_the_list() -> None:
    with pytest.raises(NotOnTheBonusList):
        did(approve("vera"), ended(begin_shift("anna")))


def test_where_nobody_was_written_down_nobody_waits() -> None:
    assert rush_deadlines(ended()) == []
