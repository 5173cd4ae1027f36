"""Small rules: the night of a city, growing pauses, how many SMS a text is, words nobody knows."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notifications.domain.jargon import jargon_in
from notifications.domain.policies import USUAL, pause_before
from notifications.domain.quiet_hours import day_before, day_begins, next_allowed
from notifications.domain.segments import is_gsm, segments

ZONES = ("Europe/Kaliningrad", "Europe/Moscow", "Asia/Vladivostok", "Asia/Kamchatka", "America/New_York")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(at=MOMENTS, zone=st.sampled_from(ZONES), opens=st.integers(0, 22), span=st.integers(1, 23))
def test_whenever_it_is_due_it_goes_by_day_soon_and_never_earlier(
    at: datetime, zone: str, opens: int, span: int
) -> None:
    closes = time(min(opens + span, 23))

    allowed = next_allowed(at, zone, time(opens), closes)

    assert time(opens) <= allowed.astimezone(ZoneInfo(zone)).time() < closes
    assert at <= allowed <= at + timedelta(hours=25)
    assert next_allowed(allowed, zone, time(opens), closes) == allowed


@pytest.mark.parametrize(
    ("at", "then"),
    [("05:59", "06:00"), ("06:00", "06:00"), ("17:59", "17:59"), ("18:00", "06:00"), ("21:30", "06:00")],
)
def test_nine_to_nine_in_moscow(at: str, then: str) -> None:
    moment = datetime.fromisoformat(f"2026-03-02T{at}:00+00:00")

    assert f"{next_allowed(moment, 'Europe/Moscow', USUAL.opens, USUAL.closes):%H:%M}" == then


def test_the_day_before_and_the_days_beginning_are_those_of_the_city() -> None:
    early = datetime(2026, 3, 3, 23, tzinfo=UTC)  # Wednesday, 9 in Vladivostok

    assert day_before(early, "Asia/Vladivostok", time(12)) == datetime(2026, 3, 3, 2, tzinfo=UTC)
    assert day_begins(early, "Asia/Vladivostok") == datetime(2026, 3, 3, 14, tzinfo=UTC)


def test_pauses_double_up_to_the_longest() -> None:
    grown = [pause_before(tries, USUAL).total_seconds() for tries in range(1, 10)]

    assert grown == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert pause_before(10_000, USUAL) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" * 69 + "я", 1),
        ("a" * 70 + "я", 2),
    ],
)
def test_how_many_sms_a_text_is(text: str, many: int) -> None:
    assert segments(text) == many


@given(st.text(max_size=400))
def test_a_longer_text_is_never_fewer_sms(text: str) -> None:
    assert segments(text) <= segments(text + "я")
    assert is_gsm(text) or segments(text) >= len(text) / 70


def test_words_nobody_knows_are_found_and_words_that_only_look_so_are_not() -> None:
    assert jargon_in("Слоты и Логистика", "ru") == ["логист", "слот"]
    assert jargon_in("весло, лепесток, свой", "ru") == []
    assert jargon_in("Your slot, your SKU", "en") == ["sku", "slot"]
    assert jargon_in("slot", "ru") == []
