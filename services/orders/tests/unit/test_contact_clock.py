"""The three steps by which a customer must have been contacted, in the working time of the shop (R20)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from kernel.calendar import Hours, WorkingCalendar
from orders.domain.order import ContactClock
from orders.domain.placing import contact_clock
from orders.domain.policies import Clocks, Policy

MOSCOW, VLADIVOSTOK, KALININGRAD = "Europe/Moscow", "Asia/Vladivostok", "Europe/Kaliningrad"
TEN_TO_SIX = Hours(time(10), time(18), (time(13), time(14)))


def local(written: str, zone: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


def steps(*written: str, zone: str) -> ContactClock:
    remind, reassign, alarm = (local(each, zone) for each in written)
    return ContactClock(remind, reassign, alarm)


@pytest.mark.parametrize(
    ("placed", "remind", "reassign", "alarm"),
    [
        pytest.param("2026-03-02T10:00", "2026-03-02T10:30", "2026-03-02T12:00", "2026-03-02T15:00", id="morning"),
        pytest.param("2026-03-02T12:45", "2026-03-02T14:15", "2026-03-02T15:45", "2026-03-02T17:45", id="before lunch"),
        pytest.param("2026-03-02T13:20", "2026-03-02T14:30", "2026-03-02T16:00", "2026-03-02T18:00", id="during lunch"),
        pytest.param("2026-03-02T17:50", "2026-03-03T10:20", "2026-03-03T11:50", "2026-03-03T14:50", id="evening"),
        pytest.param("2026-03-02T23:10", "2026-03-03T10:30", "2026-03-03T12:00", "2026-03-03T15:00", id="night"),
        pytest.param("2026-03-13T17:00", "2026-03-13T17:30", "2026-03-16T11:00", "2026-03-16T13:00", id="over a weekend"),
        pytest.param("2026-03-14T12:00", "2026-03-16T10:30", "2026-03-16T12:00", "2026-03-16T15:00", id="on a Saturday"),
        pytest.param("2026-03-06T17:45", "2026-03-10T10:15", "2026-03-10T11:45", "2026-03-10T14:45", id="8 March, moved"),
        pytest.param("2026-02-20T17:00", "2026-02-20T17:30", "2026-02-24T11:00", "2026-02-24T13:00", id="23 February"),
        pytest.param("2025-12-30T17:50", "2026-01-12T10:20", "2026-01-12T11:50", "2026-01-12T14:50", id="New Year"),
        pytest.param("2025-10-31T17:45", "2025-11-01T10:15", "2025-11-01T11:45", "2025-11-01T14:45", id="working Saturday"),
        pytest.param("2026-04-30T17:30", "2026-04-30T18:00", "2026-05-04T11:30", "2026-05-04T14:30", id="1 May"),
        pytest.param("2026-05-08T17:30", "2026-05-08T18:00", "2026-05-12T11:30", "2026-05-12T14:30", id="9 May, moved"),
    ],
)  # fmt: skip
def test_the_steps_count_working_time_of_the_shop(
    placed: str, remind: str, reassign: str, alarm: str
) -> None:
    at = local(placed, MOSCOW)

    assert contact_clock(Clocks(WorkingCalendar.usual(MOSCOW)), at) == steps(
        remind, reassign, alarm, zone=MOSCOW
    )


@pytest.mark.parametrize(
    ("zone", "remind", "reassign", "alarm"),
    [
        (MOSCOW, "2026-03-02T10:30", "2026-03-02T12:00", "2026-03-02T15:00"),
        (VLADIVOSTOK, "2026-03-02T17:30", "2026-03-03T11:00", "2026-03-03T13:00"),
        (KALININGRAD, "2026-03-02T10:30", "2026-03-02T12:00", "2026-03-02T15:00"),
    ],
)
def test_the_same_moment_is_another_time_of_day_in_another_shop(
    zone: str, remind: str, reassign: str, alarm: str
) -> None:
    at = datetime(2026, 3, 2, 7, tzinfo=UTC)  # 10:00 in Moscow, 17:00 in Vladivostok, 9:00 in Kaliningrad

    assert contact_clock(Clocks(WorkingCalendar.usual(zone)), at) == steps(remind, reassign, alarm, zone=zone)


def test_a_shop_that_is_closed_or_open_otherwise_says_so_day_by_day() -> None:
    tuesday, sunday = date(2026, 3, 3), date(2026, 3, 8)
    open_on_sunday = {tuesday: None, sunday: Hours(time(12), time(15))}
    calendar = WorkingCalendar(MOSCOW, {1: TEN_TO_SIX}, open_on_sunday)

    clock = contact_clock(Clocks(calendar), local("2026-03-02T17:45", MOSCOW))

    assert clock == steps("2026-03-08T12:15", "2026-03-08T13:45", "2026-03-16T10:45", zone=MOSCOW)


def test_a_shop_that_never_closes_has_no_pauses() -> None:
    clock = contact_clock(Clocks(WorkingCalendar.round_the_clock()), local("2026-01-01T02:00", MOSCOW))

    assert clock == steps("2026-01-01T02:30", "2026-01-01T04:00", "2026-01-01T06:00", zone=MOSCOW)


def test_a_shop_that_never_opens_still_owes_its_customers_an_answer() -> None:
    at = local("2026-03-02T10:00", MOSCOW)

    clock = contact_clock(Clocks(WorkingCalendar(MOSCOW, {})), at)

    assert clock == ContactClock(at + timedelta(minutes=30), at + timedelta(hours=2), at + timedelta(hours=4))


def test_a_shop_may_be_quicker_than_the_usual_policy() -> None:
    quick = Policy(
        remind_after=timedelta(minutes=5),
        reassign_after=timedelta(minutes=15),
        alarm_after=timedelta(hours=1),
    )

    clock = contact_clock(Clocks(WorkingCalendar.usual(MOSCOW), quick), local("2026-03-02T12:50", MOSCOW))

    assert clock == steps("2026-03-02T12:55", "2026-03-02T14:05", "2026-03-02T14:50", zone=MOSCOW)
