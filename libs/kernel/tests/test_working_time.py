"""Working time of a shop: hours, lunch, nights, its own days, real time when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from kernel.calendar import Hours, NeverOpen, WorkingCalendar
from kernel.zone import UnknownZone

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
HALF_HOUR, HOUR = timedelta(minutes=30), timedelta(hours=1)
USUAL = WorkingCalendar.usual()
MONDAY, SATURDAY = date(2026, 3, 2), date(2026, 3, 7)
"""The Monday after is a day off: 8 March, a Sunday, is moved to it."""


def moscow(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), MOSCOW)


def test_an_order_of_the_morning_is_reminded_of_after_half_an_hour() -> None:
    assert USUAL.after(moscow(MONDAY, 11), HALF_HOUR) == moscow(MONDAY, 11, 30)


def test_lunch_does_not_count() -> None:
    assert USUAL.after(moscow(MONDAY, 12), 2 * HOUR) == moscow(MONDAY, 15)
    assert USUAL.between(moscow(MONDAY, 12), moscow(MONDAY, 15)) == 2 * HOUR
    assert not USUAL.is_working(moscow(MONDAY, 13, 30))


def test_an_order_of_the_evening_is_counted_on_from_the_next_morning() -> None:
    tuesday = date(2026, 3, 3)

    assert USUAL.after(moscow(MONDAY, 17, 30), HOUR) == moscow(tuesday, 10, 30)
    assert USUAL.after(moscow(MONDAY, 23), HALF_HOUR) == moscow(tuesday, 10, 30)


def test_an_order_of_a_long_weekend_waits_for_its_end() -> None:
    tuesday = date(2026, 3, 10)

    assert USUAL.next_open(moscow(SATURDAY, 12)) == moscow(tuesday, 10)
    assert USUAL.between(moscow(SATURDAY, 0), moscow(tuesday, 11)) == HOUR


def test_the_opening_moment_is_working_time_and_the_closing_one_is_not() -> None:
    assert USUAL.is_working(moscow(MONDAY, 10))
    assert not USUAL.is_working(moscow(MONDAY, 18))
    assert USUAL.after(moscow(MONDAY, 17), HOUR) == moscow(MONDAY, 18)


def test_answers_are_in_utc_whatever_was_asked() -> None:
    assert USUAL.after(moscow(MONDAY, 11), HALF_HOUR).tzinfo is UTC
    assert USUAL.next_open(moscow(MONDAY, 11)).tzinfo is UTC


def test_a_shop_in_vladivostok_counts_by_its_own_clock() -> None:
    calendar = WorkingCalendar.usual("Asia/Vladivostok")

    assert calendar.next_open(moscow(MONDAY, 0)) == moscow(MONDAY, 3)  # 10:00 there


def test_the_shop_says_what_day_is_otherwise() -> None:
    short = Hours(time(10), time(12))
    calendar = WorkingCalendar(
        "Europe/Moscow", USUAL.week, {MONDAY: None, SATURDAY: short, date(2026, 3, 9): short}
    )

    assert not calendar.working_day(MONDAY)
    assert calendar.hours_of(SATURDAY) == calendar.hours_of(date(2026, 3, 9)) == short
    assert calendar.after(moscow(SATURDAY, 11), 2 * HOUR) == moscow(date(2026, 3, 9), 11)


def test_a_night_shop_works_into_the_next_day_and_lunches_after_midnight() -> None:
    night = Hours(time(22), time(6), (time(1), time(2)))
    calendar = WorkingCalendar("Europe/Moscow", {1: night}, production=False)
    tuesday = date(2026, 3, 3)

    assert calendar.is_working(moscow(tuesday, 5))
    assert not calendar.is_working(moscow(tuesday, 1, 30))
    assert not calendar.is_working(moscow(tuesday, 7))
    assert calendar.after(moscow(MONDAY, 23), 3 * HOUR) == moscow(tuesday, 3)
    assert calendar.between(moscow(MONDAY, 0), moscow(tuesday, 23)) == 7 * HOUR


def test_hours_of_two_days_that_overlap_count_once() -> None:
    long_night = WorkingCalendar(
        "Europe/Moscow", {1: Hours(time(20), time(12)), 2: Hours(time(10), time(18))}, production=False
    )

    assert long_night.between(moscow(MONDAY, 0), moscow(date(2026, 3, 4), 0)) == 22 * HOUR


@pytest.mark.parametrize(
    ("lunch", "works"),
    [((time(8), time(11)), 7), ((time(17), time(19)), 7), ((time(8), time(9)), 8), ((time(14), time(13)), 8)],
)
def test_what_of_lunch_lies_outside_the_hours_does_not_count(lunch: tuple[time, time], works: int) -> None:
    calendar = WorkingCalendar("Europe/Moscow", {1: Hours(time(10), time(18), lunch)})

    assert calendar.between(moscow(MONDAY, 0), moscow(MONDAY, 23)) == works * HOUR


def test_around_the_clock_every_minute_counts() -> None:
    calendar = WorkingCalendar.round_the_clock()

    assert calendar.is_working(moscow(date(2026, 1, 1), 3))
    assert calendar.after(moscow(MONDAY, 23), 49 * HOUR) == moscow(date(2026, 3, 5), 0)


def test_the_night_when_clocks_go_forward_is_an_hour_shorter() -> None:
    calendar = WorkingCalendar.round_the_clock("Europe/Berlin")
    before = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)

    assert calendar.after(before, HOUR) == datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN)
    assert calendar.between(before, datetime(2026, 3, 29, 12, tzinfo=BERLIN)) == 9.5 * HOUR


def test_the_night_when_clocks_go_back_is_an_hour_longer() -> None:
    calendar = WorkingCalendar("Europe/Berlin", {7: Hours(time(1), time(4))}, production=False)
    sunday = datetime(2026, 10, 25, tzinfo=BERLIN)

    assert calendar.between(sunday, sunday + timedelta(days=1)) == 4 * HOUR


def test_years_back_are_counted_whole() -> None:
    calendar = WorkingCalendar.round_the_clock()

    assert calendar.between(moscow(date(2016, 1, 1), 0), moscow(date(2026, 1, 1), 0)) == timedelta(days=3653)


def test_nothing_lies_between_a_moment_and_an_earlier_one() -> None:
    assert USUAL.between(moscow(MONDAY, 15), moscow(MONDAY, 11)) == timedelta()


def test_a_shop_that_never_opens_is_told_so_at_once() -> None:
    closed = WorkingCalendar("Europe/Moscow", {})

    for asked in (lambda: closed.next_open(moscow(MONDAY, 10)), lambda: closed.nth_working_day(MONDAY, 1)):
        with pytest.raises(NeverOpen):
            asked()
    assert closed.between(moscow(MONDAY, 0), moscow(SATURDAY, 0)) == timedelta()


def test_working_time_is_counted_forward_only() -> None:
    with pytest.raises(ValueError, match="forward"):
        USUAL.after(moscow(MONDAY, 11), -HOUR)
    with pytest.raises(ValueError, match="forward"):
        USUAL.nth_working_day(MONDAY, -1)


def test_a_calendar_has_a_zone_and_seven_weekdays() -> None:
    with pytest.raises(UnknownZone):
        WorkingCalendar.usual("Europe/Gotham")
    with pytest.raises(ValueError, match="days 1"):
        WorkingCalendar("Europe/Moscow", {0: Hours(time(10), time(18))})
