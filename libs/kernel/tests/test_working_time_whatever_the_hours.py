"""What holds of working time in any shop, zone and year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from kernel.calendar import Hours, NeverOpen, WorkingCalendar

ZONES = (
    "Europe/Moscow", "Europe/Kaliningrad", "Asia/Vladivostok", "Asia/Kamchatka", "Asia/Kolkata",
    "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Africa/Cairo", "Australia/Lord_Howe",
)  # fmt: skip

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
lunches = st.none() | st.tuples(clocks, clocks)
hours = st.builds(Hours, clocks, clocks, lunches)
weeks = st.dictionaries(st.integers(1, 7), hours, min_size=2)
days = st.dates(date(2018, 1, 1), date(2028, 12, 31))
overrides = st.dictionaries(days, st.none() | hours, max_size=5)
calendars = st.builds(WorkingCalendar, st.sampled_from(ZONES), weeks, overrides, st.booleans()) | st.builds(
    WorkingCalendar.round_the_clock, st.sampled_from(ZONES)
)
moments = st.datetimes(
    datetime(2018, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, *map(ZoneInfo, ZONES)]),
)
amounts = st.timedeltas(timedelta(), timedelta(hours=20))

SPRING = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
LUNCH_AFTER_MIDNIGHT = WorkingCalendar(
    "Europe/Moscow",
    {
        1: Hours(time(0), time(0)),
        2: Hours(time(0), time(0)),
        7: Hours(time(1), time(0, 30), (time(0), time(0, 15))),
    },
    production=False,
)
BERLIN_DAY_AND_NIGHT = WorkingCalendar.round_the_clock("Europe/Berlin")


@given(calendars, moments, amounts)
@example(BERLIN_DAY_AND_NIGHT, SPRING, timedelta(hours=2))
def test_so_much_later_and_so_much_between_are_one(
    calendar: WorkingCalendar, at: datetime, much: timedelta
) -> None:
    assert calendar.between(at, _after(calendar, at, much)) == much


@given(calendars, moments, amounts)
def test_a_deadline_falls_into_working_time_or_on_its_end(
    calendar: WorkingCalendar, at: datetime, much: timedelta
) -> None:
    due = _after(calendar, at, much)

    just_before = due - timedelta(microseconds=1)
    assert calendar.is_working(due) or calendar.is_working(just_before)
    assert due >= at


@given(calendars, moments, amounts, amounts)
def test_more_work_is_never_due_sooner(
    calendar: WorkingCalendar, at: datetime, some: timedelta, more: timedelta
) -> None:
    assert _after(calendar, at, some) <= _after(calendar, at, some + more)


@given(calendars, moments, st.timedeltas(timedelta(), timedelta(days=40)), amounts)
def test_who_comes_later_is_never_due_sooner(
    calendar: WorkingCalendar, at: datetime, later: timedelta, much: timedelta
) -> None:
    at = at.astimezone(UTC)

    assert _after(calendar, at, much) <= _after(calendar, at + later, much)


@given(calendars, moments, amounts, amounts)
def test_waiting_in_two_parts_is_waiting_once(
    calendar: WorkingCalendar, at: datetime, one: timedelta, other: timedelta
) -> None:
    in_parts = _after(calendar, _after(calendar, at, one), other)

    assert calendar.between(at, in_parts) == one + other


@given(
    calendars,
    moments,
    st.timedeltas(timedelta(), timedelta(days=9)),
    st.timedeltas(timedelta(), timedelta(days=9)),
)
@example(
    LUNCH_AFTER_MIDNIGHT, datetime(2017, 12, 31, 21, tzinfo=UTC), timedelta(microseconds=1), timedelta(days=1)
)
def test_working_time_adds_up(
    calendar: WorkingCalendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    start = start.astimezone(UTC)
    middle, end = start + one, start + one + other

    whole = calendar.between(start, end)

    assert whole == calendar.between(start, middle) + calendar.between(middle, end)
    assert timedelta() <= whole <= end - start


@given(calendars, moments)
def test_the_next_opening_is_now_exactly_when_the_shop_works(calendar: WorkingCalendar, at: datetime) -> None:
    at = at.astimezone(UTC)

    opening = _after(calendar, at, timedelta())

    assert (opening == at) == calendar.is_working(at)
    assert calendar.is_working(opening)
    assert calendar.between(at, opening) == timedelta()


@settings(max_examples=40, deadline=None)
@given(calendars, moments, st.integers(1, 4 * 24))
def test_it_agrees_with_counting_minute_by_minute(
    calendar: WorkingCalendar, at: datetime, quarters: int
) -> None:
    start = at.astimezone(UTC).replace(second=0, microsecond=0)
    minutes = [start + timedelta(minutes=n) for n in range(15 * quarters)]

    counted = sum(calendar.is_working(minute) for minute in minutes)

    assert calendar.between(start, start + timedelta(minutes=15 * quarters)) == timedelta(minutes=counted)


def _after(calendar: WorkingCalendar, at: datetime, much: timedelta) -> datetime:
    """Hours may be all lunch: such a shop is not what is looked at here."""
    try:
        return calendar.after(at, much)
    except NeverOpen:
        reject()
