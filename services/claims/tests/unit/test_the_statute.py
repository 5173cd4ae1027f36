"""The law's terms, article by article (market-facts.md 1)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from claims.domain.statute import AFTER, BEFORE, LAW, distance_refusal_until, last_day, row_of, version_on
from claims.domain.term import exposure, mark_at
from claims.domain.words import Demand, Extension
from claims.testing.troubles import demanded
from kernel.money import Money

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("demand", "article", "more", "due_on"),
    [
        (Demand.REFUND, "22", {}, date(2026, 3, 12)),
        (Demand.PRICE_CUT, "22", {}, date(2026, 3, 12)),
        (Demand.DAMAGES, "22", {}, date(2026, 3, 12)),
        (Demand.REPLACEMENT, "21", {}, date(2026, 3, 10)),  # the 9th is off
        (
            Demand.REPLACEMENT,
            "21",
            {"extension": Extension.EXTRA_CHECK},
            date(2026, 3, 23),
        ),  # the 22nd a Sunday
        (Demand.REPLACEMENT, "21", {"extension": Extension.NONE_IN_STOCK}, date(2026, 4, 1)),
        (Demand.REPAIR, "20", {}, date(2026, 4, 16)),
        (Demand.REPAIR, "20", {"agreed_days": 14}, date(2026, 3, 16)),
        (Demand.LOAN_ITEM, "20", {}, date(2026, 3, 5)),
        (Demand.DISTANCE_REFUND, "26.1", {}, date(2026, 3, 12)),
        (Demand.PREPAID_REFUND, "23.1", {}, date(2026, 3, 12)),
    ],
)
def test_each_demand_has_the_term_of_its_article(
    demand: Demand, article: str, more: dict[str, Any], due_on: date
) -> None:
    made = demanded(demand, MONDAY, **more)

    assert (made.article, made.due_on, made.version) == (article, due_on, AFTER)


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        (date(2026, 3, 3), 10, date(2026, 3, 13)),  # the day of the demand is not counted (GK 191)
        (date(2026, 3, 4), 10, date(2026, 3, 16)),  # a Saturday moves to Monday (GK 193)
        (date(2025, 12, 25), 10, date(2026, 1, 12)),  # the New Year's holidays, with the decree's 9 January
        (date(2025, 10, 29), 3, date(2025, 11, 1)),  # a Saturday that the decree made working
    ],
)
def test_calendar_days_end_on_a_working_day(start: date, days: int, ends: date) -> None:
    assert last_day(start, days) == ends


@pytest.mark.parametrize(
    ("handed_over", "informed", "until"),
    [
        (date(2026, 3, 3), True, date(2026, 3, 10)),
        (date(2026, 3, 3), False, date(2026, 6, 3)),
        (date(2025, 11, 30), False, date(2026, 3, 2)),  # no 30 February: its last day, a Saturday
    ],
)
def test_a_distance_sale_may_be_refused_7_days_or_3_months(
    handed_over: date, informed: bool, until: date
) -> None:
    assert distance_refusal_until(handed_over, informed=informed) == until


@pytest.mark.parametrize(
    ("demand", "received", "today", "costs"),
    [
        (Demand.REFUND, MONDAY, date(2026, 3, 12), 0),
        (Demand.REFUND, MONDAY, date(2026, 3, 13), 6480),  # 1% a day, art. 23
        (Demand.REFUND, MONDAY, date(2026, 12, 31), 648000),  # 500-FZ: capped by the sum paid
        (Demand.REFUND, date(2025, 12, 1), date(2026, 12, 31), 2494800),  # 385 days, before it: no cap
        (Demand.PREPAID_REFUND, MONDAY, date(2026, 3, 22), 32400),  # 0.5% a day, art. 23.1
        (Demand.PREPAID_REFUND, date(2025, 12, 1), date(2026, 12, 31), 648000),  # always capped
    ],
)
def test_what_a_delay_costs(demand: Demand, received: date, today: date, costs: int) -> None:
    assert exposure(demanded(demand, received), today) == Money(costs)


def test_the_cap_begins_on_the_first_of_february_2026() -> None:
    assert (version_on(date(2026, 1, 31)), version_on(date(2026, 2, 1))) == (BEFORE, AFTER)


def test_every_demand_has_one_row_under_each_version() -> None:
    rows = {(row.demand, row.version) for row in LAW}

    assert rows == {(demand, version) for demand in Demand for version in (BEFORE, AFTER)}
    assert len(rows) == len(LAW)


def test_only_a_replacement_is_ever_extended() -> None:
    assert {row.demand for row in LAW if row.extended} == {Demand.REPLACEMENT}
    assert row_of(Demand.REPLACEMENT, MONDAY).extended == {
        Extension.EXTRA_CHECK: 20,
        Extension.NONE_IN_STOCK: 30,
    }


def test_somebody_is_warned_at_half_at_four_fifths_a_working_day_before_and_when_it_is_over() -> None:
    refund = demanded()  # 3 to 12 March, Moscow days

    assert mark_at(refund, "half") == datetime(2026, 3, 7, 21, tzinfo=UTC)
    assert mark_at(refund, "most") == datetime(2026, 3, 10, 21, tzinfo=UTC)
    assert mark_at(refund, "last_day") == datetime(2026, 3, 10, 21, tzinfo=UTC)
    assert mark_at(refund, "over") == datetime(2026, 3, 12, 21, tzinfo=UTC)
