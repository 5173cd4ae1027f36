"""The Law on Protection of Consumer Rights as a dated table: the term of each demand, and what being late costs.

Rows are never changed: a new law is a new row with its own `version` and `since`, and a demand keeps the version of the
day on which it was made (market-facts.md 1). The marks there tell which articles were seen in a text and which are known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from claims.domain.reckoning import Length
from claims.domain.words import Demand, Extension

BEFORE, AFTER = "zpp_before_2026_02", "zpp_2026_02"
CAPPED_SINCE = date(2026, 2, 1)
"""Federal Law 28.12.2025 No. 500-FZ: the penalty of art. 23 is capped by the sum paid."""
LONG_AGO = date(1992, 4, 7)


@dataclass(frozen=True, slots=True)
class Row:
    """One demand under one version of the law. `days` are calendar days. `rate` is the penalty a day in hundredths of a
    per cent of the price, or of the prepaid sum; `capped`: never above the sum paid. `agreed`: the term is the one agreed
    in writing, at most `days`. `until_delivery`: in the Far North, on the customer's application, until the next delivery there.
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
    extended: Mapping[Extension, Length] = field(default_factory=dict[Extension, Length])
    until_delivery: bool = False


_LONGER = {Extension.EXTRA_CHECK: Length(days=20), Extension.NONE_IN_STOCK: Length(months=1)}


def _rows(version: str, since: date, *, capped: bool) -> tuple[Row, ...]:
    return (
        Row(Demand.REFUND, "22", 10, version, since, capped=capped),
        Row(Demand.PRICE_CUT, "22", 10, version, since, capped=capped),
        Row(Demand.DAMAGES, "22", 10, version, since, capped=capped),
        Row(
            Demand.REPLACEMENT, "21", 7, version, since, capped=capped, extended=_LONGER, until_delivery=True
        ),
        Row(Demand.REPAIR, "20", 45, version, since, capped=capped, agreed=True),
        Row(Demand.DISTANCE_REFUND, "26.1", 10, version, since, capped=capped),
        Row(
            Demand.EXCHANGE_REFUND,
            "25",
            3,
            version,
            since,
            penalty_article="none",
            rate=0,
            start="item_returned",
        ),
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
