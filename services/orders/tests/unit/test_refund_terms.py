"""By when money must be back, as the law counts (market-facts.md 1)."""

from datetime import UTC, date, datetime

import pytest
from orders.domain.refund_terms import DEMANDED, NOT_DELIVERED, REFUSED, is_working_day, term, warnings


@pytest.mark.parametrize(
    ("demanded", "last"),
    [
        ("2026-03-02T10:00+03:00", date(2026, 3, 12)),
        ("2026-03-04T10:00+03:00", date(2026, 3, 16)),  # the 14th is a Saturday
        (
            "2026-02-26T10:00+03:00",
            date(2026, 3, 10),
        ),  # the 8th of March is a Sunday, and Monday is off for it
        ("2025-12-22T10:00+03:00", date(2026, 1, 12)),  # ten days of New Year
        ("2024-04-17T10:00+03:00", date(2024, 4, 27)),  # a Saturday that a decree turned into a working day
        ("2026-03-02T23:59+03:00", date(2026, 3, 12)),
        ("2026-03-03T00:01+03:00", date(2026, 3, 13)),
    ],
)
def test_ten_calendar_days_not_counting_the_first_and_never_ending_on_a_day_off(
    demanded: str, last: date
) -> None:
    for article in (REFUSED, NOT_DELIVERED, DEMANDED):
        found = term(article, datetime.fromisoformat(demanded).astimezone(UTC), "Europe/Moscow")

        assert (found.due_on, found.article) == (last, article)


def test_the_day_is_the_shops_and_ends_at_its_midnight() -> None:
    late = datetime.fromisoformat("2026-03-02T22:00+00:00")

    moscow, kamchatka = (term(REFUSED, late, zone) for zone in ("Europe/Moscow", "Asia/Kamchatka"))

    assert moscow.due_on == kamchatka.due_on == date(2026, 3, 13)
    assert moscow.due_at == datetime.fromisoformat("2026-03-14T00:00+03:00")
    assert kamchatka.due_at == datetime.fromisoformat("2026-03-14T00:00+12:00")


@pytest.mark.parametrize(("day", "edition"), [("2026-01-31", "2300-1"), ("2026-02-01", "500-FZ")])
def test_each_refund_keeps_the_edition_of_the_law(day: str, edition: str) -> None:
    assert term(REFUSED, datetime.fromisoformat(f"{day}T12:00+03:00"), "Europe/Moscow").law == edition


def test_somebody_is_reminded_at_half_at_four_fifths_and_on_the_last_working_day_before() -> None:
    since = datetime.fromisoformat("2026-02-26T10:00+03:00")
    due = term(REFUSED, since, "Europe/Moscow")

    moments = warnings(since, due, "Europe/Moscow")

    assert len(moments) == 3
    assert moments[0] == since + (due.due_at - since) / 2
    assert datetime.fromisoformat("2026-03-06T00:00+03:00") in moments  # Friday before the long weekend
    assert list(moments) == sorted(moments)


def test_a_moved_saturday_is_a_working_day_and_a_holiday_is_none() -> None:
    assert is_working_day(date(2024, 4, 27))
    assert not is_working_day(date(2026, 3, 9))
    assert not is_working_day(date(2026, 3, 7))
