"""The Law on Protection of Consumer Rights as a dated table: the term of each demand, and what being late costs.

Rows are never changed: a new law is a new row with its own `version` and `since`, and a demand keeps the version of the
day on which it was made (market-facts.md 1). The marks there tell which articles were seen in a text and which are known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kernel.production import production_year

from claims.domain.words import Demand, Extension

DAY = timedelta(days=1)
BEFORE, AFTER = "zpp_before_2026_02", "zpp_2026_02"
CAPPED_SINCE = date(2026, 2, 1)
"""Federal Law 28.12.2025 No. 500-FZ: the penalty of art. 23 is capped by the sum paid."""
LONG_AGO = date(1992, 4, 7)
SATURDAY = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One demand under one version of the law. `days` are calendar days. `rate` is the penalty a day in hundredths of a
    per cent of the price, or of the prepaid sum; `capped`: never above the sum paid. `agreed`: the term is the one agreed
    in writing, at most `days`.
    """

    demand: Demand
    article: str
    days: int
    version: str
    since: date
    penalty_article: str = "23"
    rate: int = 100
    capped: bool = True
    agreed: bool = False
    start: str = "demand_received"
    extended: Mapping[Extension, int] = field(default_factory=dict[Extension, int])


_LONGER = {Extension.EXTRA_CHECK: 20, Extension.NONE_IN_STOCK: 30}


def _rows(version: str, since: date, *, capped: bool) -> tuple[Row, ...]:
    return (
        Row(Demand.REFUND, "22", 10, version, since, capped=capped),
        Row(Demand.PRICE_CUT, "22", 10, version, since, capped=capped),
        Row(Demand.DAMAGES, "22", 10, version, since, capped=capped),
        Row(Demand.REPLACEMENT, "21", 7, version, since, capped=capped, extended=_LONGER),
        Row(Demand.REPAIR, "20", 45, version, since, capped=capped, agreed=True),
        Row(Demand.DISTANCE_REFUND, "26.1", 10, version, since, capped=capped),
        Row(Demand.LOAN_ITEM, "20", 3, version, since, capped=capped),
        Row(Demand.PREPAID_REFUND, "23.1", 10, version, since, penalty_article="23.1", rate=50),
    )


LAW: tuple[Row, ...] = (
    *_rows(BEFORE, LONG_AGO, capped=False),
    *_rows(AFTER, CAPPED_SINCE, capped=True),
)


def row_of(demand: Demand, on: date) -> Row:
    """The row in force on the day of the demand."""
    return max((row for row in LAW if row.demand is demand and row.since <= on), key=lambda row: row.since)


def row_by(demand: Demand, version: str) -> Row:
    """The row that a demand was made under."""
    return next(row for row in LAW if row.demand is demand and row.version == version)


def version_on(day: date) -> str:
    """The version of the law in force on a day."""
    return row_of(Demand.REFUND, day).version


def is_working(day: date) -> bool:
    """By the Russian production calendar; not the shop's own days (GK art. 193)."""
    year = production_year(day.year)
    return day in year.moved or (day not in year.off and day.isoweekday() < SATURDAY)


def last_day(start: date, days: int) -> date:
    """The day of the demand is not counted; a last day that is off moves to the next working day (GK art. 191, 193)."""
    last = start + days * DAY
    while not is_working(last):
        last += DAY
    return last


def working_day_before(day: date) -> date:
    """The last working day before this one."""
    before = day - DAY
    while not is_working(before):
        before -= DAY
    return before


def distance_refusal_until(handed_over: date, *, informed: bool) -> date:
    """The last day to give a good item back bought at a distance: 7 days, or 3 months when nobody told him in writing
    at the delivery how to (art. 26.1 p. 4); moved off days off (GK art. 193).
    """
    if informed:
        return last_day(handed_over, 7)
    month = handed_over.month + 3
    year, month = handed_over.year + (month - 1) // 12, (month - 1) % 12 + 1
    return last_day(_clamped(year, month, handed_over.day), 0)


def _clamped(year: int, month: int, day: int) -> date:
    """That day of the month, or its last (GK art. 192)."""
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return min(next_month - DAY, date(year, month, 1) + (day - 1) * DAY)
