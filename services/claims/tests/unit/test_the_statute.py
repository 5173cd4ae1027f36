"""The law's terms, article by article (market-facts.md 1)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from claims.domain.reckoning import Length, complex_good_until, distance_refusal_until, last_day
from claims.domain.statute import AFTER, BEFORE, LAW, row_of, version_on
from claims.domain.term import exposure, mark_at
from claims.domain.words import Demand, Extension
from claims.testing.troubles import demanded
from kernel.money import Money

MONDAY = date(2026, 3, 2)
CHECK = {"extension": Extension.EXTRA_CHECK}
NO_STOCK = {"extension": Extension.NONE_IN_STOCK}

THE_LAW: list[tuple[str, str, Demand, dict[str, Any], date, date]] = [
    # article, its words in short, the demand, the day it came, the last day
    ("22", "10 days: money back", Demand.REFUND, {}, MONDAY, date(2026, 3, 12)),
    ("22", "10 days: a smaller price", Demand.PRICE_CUT, {}, MONDAY, date(2026, 3, 12)),
    ("22", "10 days: damages, own repair", Demand.DAMAGES, {}, MONDAY, date(2026, 3, 12)),
    ("22", "GK 193: a Saturday moves to Monday", Demand.REFUND, {}, date(2026, 3, 4), date(2026, 3, 16)),
    ("22", "GK 193: the May holidays", Demand.REFUND, {}, date(2026, 4, 21), date(2026, 5, 4)),
    ("22", "GK 193: New Year, 9 January moved", Demand.REFUND, {}, date(2025, 12, 25), date(2026, 1, 12)),
    ("21", "7 days: another item; 9 March is off", Demand.REPLACEMENT, {}, MONDAY, date(2026, 3, 10)),
    ("21", "20 days: an extra check; a Sunday", Demand.REPLACEMENT, CHECK, MONDAY, date(2026, 3, 23)),
    ("21", "1 month: none in stock", Demand.REPLACEMENT, NO_STOCK, MONDAY, date(2026, 4, 2)),
    ("21", "GK 192: February is short", Demand.REPLACEMENT, NO_STOCK, date(2026, 2, 10), date(2026, 3, 10)),
    ("21", "GK 192: no 31st; a Saturday", Demand.REPLACEMENT, NO_STOCK, date(2026, 1, 31), date(2026, 3, 2)),
    ("20", "45 days: repair", Demand.REPAIR, {}, MONDAY, date(2026, 4, 16)),
    ("20", "as agreed in writing", Demand.REPAIR, {"agreed_days": 14}, MONDAY, date(2026, 3, 16)),
    ("20", "3 days: an item meanwhile", Demand.LOAN_ITEM, {}, MONDAY, date(2026, 3, 5)),
    ("25", "3 days: nothing to exchange it for", Demand.EXCHANGE_REFUND, {}, MONDAY, date(2026, 3, 5)),
    ("26.1", "10 days: a distance sale refused", Demand.DISTANCE_REFUND, {}, MONDAY, date(2026, 3, 12)),
    ("23.1", "10 days: prepaid, not handed over", Demand.PREPAID_REFUND, {}, MONDAY, date(2026, 3, 12)),
]


@pytest.mark.parametrize(
    ("article", "demand", "more", "received", "due_on"),
    [(row[0], *row[2:]) for row in THE_LAW],
    ids=[f"art. {row[0]}, {row[1]}" for row in THE_LAW],
)
def test_each_demand_has_the_term_of_its_article(
    article: str, demand: Demand, more: dict[str, Any], received: date, due_on: date
) -> None:
    made = demanded(demand, received, **more)

    assert (made.article, made.due_on) == (article, due_on)


def test_every_row_of_the_table_is_looked_at_above() -> None:
    seen = {(row[2], row[3].get("extension")) for row in THE_LAW}

    assert seen == {(row.demand, each) for row in LAW for each in (None, *row.extended)}


@pytest.mark.parametrize(
    ("start", "length", "ends"),
    [
        (
            date(2026, 3, 3),
            Length(days=10),
            date(2026, 3, 13),
        ),  # the day of the demand is not counted (GK 191)
        (date(2025, 10, 29), Length(days=3), date(2025, 11, 1)),  # a Saturday that the decree made working
        (date(2025, 11, 30), Length(months=3), date(2026, 3, 2)),  # no 30 February: its last day, a Saturday
        (date(2023, 11, 29), Length(months=3), date(2024, 2, 29)),  # a leap year has it
        (date(2026, 12, 15), Length(months=1), date(2027, 1, 15)),  # into another year
    ],
)
def test_a_term_ends_on_a_working_day(start: date, length: Length, ends: date) -> None:
    assert last_day(start, length) == ends


@pytest.mark.parametrize(
    ("informed", "until"),
    [(True, date(2026, 3, 10)), (False, date(2026, 6, 3))],
    ids=["art. 26.1: 7 days", "art. 26.1: 3 months when he was not told how"],
)
def test_a_distance_sale_may_be_refused_7_days_or_3_months(informed: bool, until: date) -> None:
    assert distance_refusal_until(date(2026, 3, 3), informed=informed) == until


def test_a_technically_complex_item_gives_the_choice_for_15_days() -> None:
    """Art. 18 p. 1."""
    assert complex_good_until(date(2026, 3, 3)) == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("demand", "received", "today", "costs"),
    [
        (Demand.REFUND, MONDAY, date(2026, 3, 12), 0),
        (Demand.REFUND, MONDAY, date(2026, 3, 13), 6480),  # 1% a day, art. 23
        (Demand.REFUND, MONDAY, date(2026, 12, 31), 648000),  # 500-FZ: capped by the sum paid
        (Demand.REFUND, date(2025, 12, 1), date(2026, 12, 31), 2494800),  # 385 days, before it: no cap
        (Demand.PREPAID_REFUND, MONDAY, date(2026, 3, 22), 32400),  # 0.5% a day, art. 23.1
        (Demand.PREPAID_REFUND, date(2025, 12, 1), date(2026, 12, 31), 648000),  # always capped
        (Demand.REPLACEMENT, MONDAY, date(2026, 3, 11), 6480),  # art. 23 of art. 21
        (Demand.LOAN_ITEM, MONDAY, date(2026, 3, 7), 12960),  # art. 23 of art. 20
        (Demand.EXCHANGE_REFUND, MONDAY, date(2026, 12, 31), 0),  # art. 23 does not name art. 25
        (
            Demand.REFUND,
            date(2026, 1, 31),
            date(2026, 12, 31),
            2099520,
        ),  # the last day without a cap: 324 days
        (Demand.REFUND, date(2026, 2, 1), date(2026, 12, 31), 648000),  # the first with it
    ],
)
def test_what_a_delay_costs(demand: Demand, received: date, today: date, costs: int) -> None:
    assert exposure(demanded(demand, received), today) == Money(costs)


def test_a_delay_is_capped_by_what_was_paid_not_by_the_price() -> None:
    half = demanded(Demand.REFUND, MONDAY, paid=Money(324000))

    assert exposure(half, date(2026, 12, 31)) == Money(324000)


def test_the_cap_begins_on_the_first_of_february_2026() -> None:
    assert (version_on(date(2026, 1, 31)), version_on(date(2026, 2, 1))) == (BEFORE, AFTER)


def test_every_demand_has_one_row_under_each_version() -> None:
    rows = {(row.demand, row.version) for row in LAW}

    assert rows == {(demand, version) for demand in Demand for version in (BEFORE, AFTER)}
    assert len(rows) == len(LAW)


def test_only_a_replacement_is_ever_extended() -> None:
    assert {row.demand for row in LAW if row.extended} == {Demand.REPLACEMENT}
    assert row_of(Demand.REPLACEMENT, MONDAY).extended == {
        Extension.EXTRA_CHECK: Length(days=20),
        Extension.NONE_IN_STOCK: Length(months=1),
    }


def test_somebody_is_warned_at_half_at_four_fifths_a_working_day_before_and_when_it_is_over() -> None:
    refund = demanded()  # 3 to 12 March, Moscow days

    assert mark_at(refund, "half") == datetime(2026, 3, 7, 21, tzinfo=UTC)
    assert mark_at(refund, "most") == datetime(2026, 3, 10, 21, tzinfo=UTC)
    assert mark_at(refund, "last_day") == datetime(2026, 3, 10, 21, tzinfo=UTC)
    assert mark_at(refund, "over") == datetime(2026, 3, 12, 21, tzinfo=UTC)
