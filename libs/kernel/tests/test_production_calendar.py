"""The Russian production calendar: holidays, moved days off, and working Saturdays (market-facts.md 12)."""

from datetime import date, time, timedelta

import pytest
from holidays.countries.russia import RussiaStaticHolidays
from kernel.calendar import Hours, WorkingCalendar
from kernel.production import DECREED, production_year

USUAL = WorkingCalendar.usual()


@pytest.mark.parametrize(("year", "working"), [(2024, 248), (2025, 247), (2026, 247), (2027, 247)])
def test_a_decreed_year_has_its_number_of_working_days(year: int, working: int) -> None:
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))

    assert sum(USUAL.working_day(day) for day in days if day.year == year) == working
    assert USUAL.is_decreed(year)


@pytest.mark.parametrize(
    "off", [date(2026, 1, 9), date(2026, 3, 9), date(2026, 5, 11), date(2026, 12, 31), date(2024, 4, 29)]
)
def test_a_weekday_that_is_off_by_decree_is_no_working_day(off: date) -> None:
    assert off.isoweekday() <= 5
    assert not USUAL.working_day(off)


@pytest.mark.parametrize(
    "moved", [date(2024, 4, 27), date(2024, 12, 28), date(2025, 11, 1), date(2027, 2, 20)]
)
def test_a_moved_saturday_works_at_fridays_hours(moved: date) -> None:
    short_friday = Hours(time(10), time(16))
    calendar = WorkingCalendar("Europe/Moscow", {**USUAL.week, 5: short_friday})

    assert calendar.hours_of(moved) == short_friday


def test_a_shop_that_is_open_on_weekends_closes_on_holidays() -> None:
    week = dict.fromkeys(range(1, 8), Hours(time(10), time(20)))
    calendar = WorkingCalendar("Europe/Moscow", week)

    assert calendar.working_day(date(2026, 2, 22))  # a Sunday
    assert not calendar.working_day(date(2026, 2, 23))  # Defender's day


def test_a_shop_may_ignore_the_production_calendar() -> None:
    calendar = WorkingCalendar("Europe/Moscow", USUAL.week, production=False)

    assert calendar.working_day(date(2026, 1, 1))
    assert not calendar.working_day(date(2024, 4, 27))


def test_the_first_working_day_after_new_year_is_the_twelfth() -> None:
    assert USUAL.nth_working_day(date(2025, 12, 30), 1) == date(2026, 1, 12)
    assert USUAL.nth_working_day(date(2026, 1, 12), 0) == date(2026, 1, 12)
    assert USUAL.nth_working_day(date(2026, 1, 1), 0) == date(2026, 1, 12)
    assert USUAL.nth_working_day(date(2026, 3, 6), 2) == date(2026, 3, 11)


def test_a_year_without_a_decree_is_only_a_guess() -> None:
    assert not USUAL.is_decreed(2028)
    assert USUAL.working_day(date(2028, 2, 1))


def test_the_package_knows_no_decree_that_we_do_not_know_of() -> None:
    """It fails when a new version of `holidays` brings the next decree: widen DECREED, and 2028 is a guess no more."""
    moves = RussiaStaticHolidays.special_public_holidays_observed

    assert max(moves) == DECREED[-1]
    assert min(moves) == DECREED[0]


def test_a_year_is_looked_up_once() -> None:
    assert production_year(2026) is production_year(2026)
