"""When a customer may be called, by the clock and the production calendar of his city."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.zone import zone_named
from quality.domain.hours import due_at, is_day_off, may_call, next_allowed, next_try, overdue_at
from quality.domain.policies import USUAL

HOURS = USUAL.hours
ZONES = {
    "Europe/Kaliningrad": 2,
    "Europe/Moscow": 3,
    "Europe/Samara": 4,
    "Asia/Yekaterinburg": 5,
    "Asia/Omsk": 6,
    "Asia/Krasnoyarsk": 7,
    "Asia/Irkutsk": 8,
    "Asia/Yakutsk": 9,
    "Asia/Vladivostok": 10,
    "Asia/Magadan": 11,
    "Asia/Kamchatka": 12,
}
MOMENTS = st.integers(0, 1440 * 1440).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
A_ZONE = st.sampled_from(sorted(ZONES))


@pytest.mark.parametrize("zone", ZONES)
def test_a_delivery_at_noon_is_asked_about_at_ten_the_next_morning_there(zone: str) -> None:
    noon = datetime(2026, 3, 4, 12 - ZONES[zone], tzinfo=UTC)

    assert due_at(noon, zone, HOURS) == datetime(2026, 3, 5, 10, tzinfo=UTC) - timedelta(hours=ZONES[zone])


@pytest.mark.parametrize("zone", ZONES)
def test_at_night_nobody_is_called_and_the_morning_is_that_of_the_city(zone: str) -> None:
    half_past_ten = datetime(2026, 3, 4, 22, 30, tzinfo=zone_named(zone))

    assert not may_call(half_past_ten, zone, HOURS)
    assert next_allowed(half_past_ten, zone, HOURS) == datetime(2026, 3, 5, 8, tzinfo=zone_named(zone))


@pytest.mark.parametrize(
    ("day", "off", "first", "last"),
    [
        (date(2026, 3, 4), False, time(8), time(21, 59)),  # a Wednesday
        (date(2026, 3, 7), True, time(9), time(19, 59)),  # a Saturday
        (date(2026, 3, 9), True, time(9), time(19, 59)),  # a Monday off, for the Sunday of 8 March
        (date(2024, 4, 27), False, time(8), time(21, 59)),  # a Saturday that a decree made working
        (date(2024, 12, 28), False, time(8), time(21, 59)),  # another
        (date(2026, 1, 9), True, time(9), time(19, 59)),  # a Friday that a decree made a day off
    ],
)
def test_working_days_and_days_off_by_the_production_calendar(
    day: date, off: bool, first: time, last: time
) -> None:
    moscow = zone_named("Europe/Moscow")
    at = [datetime.combine(day, clock, moscow) for clock in (first, last)]

    assert is_day_off(day) is off
    assert all(may_call(each, "Europe/Moscow", HOURS) for each in at)
    assert not may_call(at[0] - timedelta(minutes=1), "Europe/Moscow", HOURS)
    assert not may_call(at[1] + timedelta(minutes=1), "Europe/Moscow", HOURS)


@pytest.mark.parametrize("zone", ZONES)
def test_russia_changes_no_clocks_in_spring_or_autumn(zone: str) -> None:
    offsets = {
        datetime(2026, month, 29, 12, tzinfo=zone_named(zone)).utcoffset() for month in (1, 3, 4, 10, 11)
    }

    assert offsets == {timedelta(hours=ZONES[zone])}


def test_no_answer_is_tried_the_same_day_the_next_morning_and_that_evening() -> None:
    moscow = zone_named("Europe/Moscow")
    tries = [datetime(2026, 3, 5, 10, tzinfo=moscow)]
    while (again := next_try(len(tries), tries[-1], "Europe/Moscow", HOURS)) is not None:
        tries.append(again.astimezone(moscow))

    assert [(each.day, each.hour) for each in tries] == [(5, 10), (5, 14), (6, 10), (6, 18)]


def test_a_first_call_late_in_the_evening_goes_on_the_next_morning() -> None:
    moscow = zone_named("Europe/Moscow")
    late = datetime(2026, 3, 5, 19, tzinfo=moscow)

    assert next_try(1, late, "Europe/Moscow", HOURS) == datetime(2026, 3, 6, 10, tzinfo=moscow)


@given(at=MOMENTS, zone=A_ZONE, tried=st.integers(1, 3))
def test_whenever_it_is_planned_it_is_planned_in_calling_hours_and_later(
    at: datetime, zone: str, tried: int
) -> None:
    again = next_try(tried, at, zone, HOURS)

    assert again is not None
    assert again > at
    assert may_call(again, zone, HOURS)


@given(at=MOMENTS, zone=A_ZONE)
def test_whenever_it_was_delivered_it_is_due_the_next_day_and_overdue_the_day_after(
    at: datetime, zone: str
) -> None:
    place = zone_named(zone)
    due, over = due_at(at, zone, HOURS), overdue_at(at, zone, HOURS)
    days = [each.astimezone(place).date() - at.astimezone(place).date() for each in (due, over)]

    assert may_call(due, zone, HOURS)
    assert days == [timedelta(days=1), timedelta(days=2)]
