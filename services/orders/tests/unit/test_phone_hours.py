"""The site tells when the phone is answered: the shop's hours, or those of the rush (R96, R113)."""

from datetime import UTC, date, datetime, time, timedelta

from kernel.calendar import Hours, WorkingCalendar
from orders.domain.rush import PhoneHours
from orders.domain.rush_commands import Plan
from orders.domain.rush_phone_hours import Answered, Span, answered, phone_hours
from orders.domain.rush_words import Part
from orders.testing.lamps import MONDAY, minutes
from orders.testing.rushes import AFTERNOON, end, given, start

USUAL = WorkingCalendar.usual()
FRIDAY = date(2026, 3, 6)


def moscow(day: int, opens: int, closes: int) -> Span:
    """Three hours ahead of UTC."""
    return Span(datetime(2026, 3, day, opens - 3, tzinfo=UTC), datetime(2026, 3, day, closes - 3, tzinfo=UTC))


def test_at_ten_the_shop_answers_and_tomorrow_again() -> None:
    assert answered(USUAL, None, MONDAY) == Answered(moscow(2, 10, 18), moscow(3, 10, 18))


def test_lunch_is_no_gap() -> None:
    assert answered(USUAL, None, minutes(3.5 * 60)).current == moscow(2, 10, 18)


def test_at_the_minute_it_closes_nobody_answers() -> None:
    now = answered(USUAL, None, minutes(8 * 60))

    assert now == Answered(None, moscow(3, 10, 18))
    assert now.changes_at() == moscow(3, 10, 18).starts


def test_in_a_rush_its_hours_hold() -> None:
    assert answered(USUAL, AFTERNOON, MONDAY) == Answered(None, moscow(2, 13, 17))
    assert answered(USUAL, AFTERNOON, minutes(3 * 60)) == Answered(moscow(2, 13, 17), moscow(3, 13, 17))


def test_over_a_weekend_and_a_holiday_the_next_working_day_follows() -> None:
    friday_night = datetime(2026, 3, 6, 18, tzinfo=UTC)

    assert answered(USUAL, AFTERNOON, friday_night).following == moscow(10, 13, 17), "the 9th is a day off"


def test_on_a_short_day_of_the_shop_the_rush_is_cut_too() -> None:
    short = WorkingCalendar("Europe/Moscow", USUAL.week, {FRIDAY: Hours(time(10), time(15))})
    closed = WorkingCalendar("Europe/Moscow", USUAL.week, {FRIDAY: None})
    early = WorkingCalendar("Europe/Moscow", USUAL.week, {FRIDAY: Hours(time(9), time(12))})
    morning = datetime(2026, 3, 6, 6, tzinfo=UTC)

    assert answered(short, AFTERNOON, morning).following == moscow(6, 13, 15)
    assert answered(closed, AFTERNOON, morning).following == moscow(10, 13, 17)
    assert answered(early, AFTERNOON, morning).following == moscow(10, 13, 17)


def test_a_night_shop_answers_into_the_morning() -> None:
    nights = WorkingCalendar("Europe/Moscow", {1: Hours(time(22), time(6))}, production=False)
    after_midnight = datetime(2026, 3, 2, 23, tzinfo=UTC)

    current = answered(nights, None, after_midnight).current

    assert current
    assert current.ends - current.starts == timedelta(hours=8)


def test_a_shop_that_never_opens_tells_nothing() -> None:
    assert answered(WorkingCalendar("Europe/Moscow", {}), AFTERNOON, MONDAY) == Answered(None, None)


def test_the_hours_of_a_rush_hold_while_it_lasts_and_if_it_has_any() -> None:
    assert phone_hours(given(start())) == AFTERNOON
    assert phone_hours(given(start(), end())) is None
    assert phone_hours(given(start(parts=(Part.FREEZE,), plan=Plan(phone_hours=AFTERNOON)))) is None
    assert phone_hours(None) is None
    assert PhoneHours(time(13), time(17)) == AFTERNOON
