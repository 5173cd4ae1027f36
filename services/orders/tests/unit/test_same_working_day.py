"""By the end of the same working day, or of the next when this one is as good as over (R31)."""

from datetime import datetime, time

import pytest
from kernel.calendar import Hours, WorkingCalendar
from orders.domain.policies import Clocks
from orders.domain.same_day import same_working_day

USUAL = Clocks(WorkingCalendar.usual())


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-02T10:00+03:00", "2026-03-02T18:00+03:00"),
        ("2026-03-02T16:59+03:00", "2026-03-02T18:00+03:00"),
        ("2026-03-02T17:00+03:00", "2026-03-03T18:00+03:00"),
        ("2026-03-02T23:00+03:00", "2026-03-03T18:00+03:00"),
        (
            "2026-03-06T17:30+03:00",
            "2026-03-10T18:00+03:00",
        ),  # a weekend, and a Monday off for the 8th of March
        ("2026-12-31T12:00+03:00", "2027-01-11T18:00+03:00"),
    ],
)
def test_the_promise_is_due_when_the_working_day_ends(at: str, until: str) -> None:
    assert same_working_day(USUAL, datetime.fromisoformat(at)) == datetime.fromisoformat(until)


def test_a_shop_that_works_into_the_night_ends_its_day_in_the_night() -> None:
    night = Clocks(WorkingCalendar("Europe/Moscow", {1: Hours(time(18), time(2))}, production=False))

    ends = same_working_day(night, datetime.fromisoformat("2026-03-02T20:00+03:00"))

    assert ends == datetime.fromisoformat("2026-03-03T02:00+03:00")


def test_a_shop_open_round_the_clock_ends_its_day_at_midnight() -> None:
    ends = same_working_day(
        Clocks(WorkingCalendar.round_the_clock()), datetime.fromisoformat("2026-03-02T20:00+03:00")
    )

    assert ends == datetime.fromisoformat("2026-03-03T00:00+03:00")


def test_a_shop_that_never_opens_still_owes_an_answer() -> None:
    at = datetime.fromisoformat("2026-03-02T20:00+03:00")

    assert same_working_day(Clocks(WorkingCalendar("Europe/Moscow", {}, production=False)), at) > at
