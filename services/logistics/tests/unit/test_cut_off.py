"""The cut-off of orders is when the pick-up begins less the time of packing (R61, R63)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from logistics.domain.agreement import PickUp
from logistics.domain.cut_off import arrival, cut_off, first_pick_up
from logistics.domain.terms import Terms
from logistics.testing.agreements import CDEK, MONDAY, OWN, SATURDAY, SUNDAY, TODAY, TUESDAY, WEDNESDAY, at

FRIDAY = SATURDAY - timedelta(days=1)
NEXT_MONDAY = SUNDAY + timedelta(days=1)


def test_packing_takes_its_time_before_the_pick_up() -> None:
    assert cut_off(Terms(1, OWN), TODAY) == at("12:00")


@pytest.mark.parametrize(("now", "day"), [("11:59", TODAY), ("12:00", TUESDAY), ("16:50", TUESDAY)])
def test_an_order_after_the_cut_off_goes_with_the_next_pick_up(now: str, day: date) -> None:
    assert first_pick_up(Terms(1, OWN), at(now), None) == day


def test_a_pick_up_waits_for_a_day_on_which_the_carrier_comes() -> None:
    terms = Terms(1, CDEK)

    assert first_pick_up(terms, at("13:59", FRIDAY), None) == FRIDAY
    assert first_pick_up(terms, at("14:00", FRIDAY), None) == NEXT_MONDAY


def test_a_day_off_of_the_carrier_is_no_pick_up() -> None:
    terms = Terms(1, replace(OWN, days={TODAY: False, TUESDAY: False}))

    assert first_pick_up(terms, MONDAY, None) == WEDNESDAY


def test_goods_that_come_in_on_a_day_go_with_the_next_pick_up_unless_agreed_otherwise() -> None:
    takes = replace(OWN, pick_up=PickUp(time(14), time(16), 120, takes_arrivals=True))

    assert first_pick_up(Terms(1, OWN), MONDAY, TUESDAY) == WEDNESDAY
    assert first_pick_up(Terms(1, takes), MONDAY, TUESDAY) == TUESDAY


def test_goods_that_are_here_do_not_wait() -> None:
    for ready_on in (None, TODAY, TODAY - timedelta(days=9)):
        assert first_pick_up(Terms(1, OWN), MONDAY, ready_on) == TODAY


def test_a_carrier_who_never_comes_takes_nothing() -> None:
    closed = {TODAY + timedelta(days=n): False for n in range(90)}

    assert first_pick_up(Terms(1, replace(OWN, days=closed)), MONDAY, None) is None


def test_lead_time_is_counted_in_the_carriers_own_days() -> None:
    assert arrival(Terms(1, OWN), SATURDAY, 1) == SUNDAY
    assert arrival(Terms(1, CDEK), SATURDAY, 1) == NEXT_MONDAY
    assert arrival(Terms(1, replace(OWN, weekdays=(1, 2, 3, 4, 5))), FRIDAY, 1) == NEXT_MONDAY


def test_public_holidays_are_days_off_only_where_agreed() -> None:
    womens_day = date(2026, 3, 9)  # the decreed day off for the Sunday before

    assert Terms(1, OWN).picks_up(womens_day)
    assert not Terms(1, replace(OWN, holidays_off=True)).picks_up(womens_day)


def test_a_carrier_who_takes_a_parcel_and_never_works_again_does_not_deliver_it() -> None:
    sundays = {SUNDAY + timedelta(days=7 * n): False for n in range(1, 110)}
    weekly = replace(OWN, weekdays=(7,), pick_up=replace(OWN.pick_up, weekdays=(7,)), days=sundays)

    assert first_pick_up(Terms(1, weekly), MONDAY, None) == SUNDAY
    assert arrival(Terms(1, weekly), SUNDAY, 1) is None
