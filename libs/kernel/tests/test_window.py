"""A promised window is kept at any moment in it, and broken only after its end."""

from datetime import UTC, datetime, timedelta

import pytest
from kernel.window import NotAWindow, Window
from kernel.zone import UnknownZone

NINE = datetime(2026, 3, 2, 6, tzinfo=UTC)
THREE = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MORNING = Window(NINE, THREE, "Europe/Moscow")


def test_any_moment_of_the_window_keeps_the_promise() -> None:
    """R66: from 9 to 15 does not mean 9."""
    assert all(MORNING.contains(at) for at in (NINE, NINE + MINUTE, THREE))
    assert not MORNING.contains(NINE - MINUTE)
    assert not MORNING.contains(THREE + MINUTE)


def test_a_promise_is_broken_only_after_the_end_and_the_grace() -> None:
    """R57, R66."""
    grace = timedelta(minutes=30)

    assert not MORNING.is_over(THREE)
    assert MORNING.is_over(THREE + MINUTE)
    assert not MORNING.is_over(THREE + grace, grace)
    assert MORNING.is_over(THREE + grace + MINUTE, grace)


def test_the_customer_reads_that_any_moment_may_be_meant() -> None:
    assert MORNING.in_words() == "2 марта, в любой момент с 09:00 до 15:00"
    assert MORNING.in_words("en") == "2 March, at any moment from 09:00 to 15:00"


def test_the_customer_reads_the_time_of_his_own_city() -> None:
    in_vladivostok = Window(NINE, THREE, "Asia/Vladivostok")

    assert in_vladivostok.in_words() == "2 марта, в любой момент с 16:00 до 22:00"


def test_a_window_past_midnight_names_both_days() -> None:
    night = Window(THREE, THREE + timedelta(hours=11), "Europe/Moscow")

    assert night.in_words("en") == "2 March, at any moment from 15:00 to 02:00 3 March"


@pytest.mark.parametrize("ends", [NINE, NINE - MINUTE, THREE.replace(tzinfo=None)])
def test_a_window_starts_before_it_ends(ends: datetime) -> None:
    with pytest.raises(NotAWindow):
        Window(NINE, ends, "Europe/Moscow")


@pytest.mark.parametrize(
    "name", ["", "Moscow", "Europe", "../../etc/passwd", "/etc/localtime", "Europe/Moscow\0"]
)
def test_a_window_is_promised_somewhere(name: str) -> None:
    with pytest.raises(UnknownZone):
        Window(NINE, THREE, name)
