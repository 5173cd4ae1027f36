"""The statutory terms as they are shown."""

from datetime import date

from pydantic import BaseModel, Field

from claims.domain.statute import LAW, Row
from claims.domain.words import Demand


class RowOut(BaseModel):
    """One demand under one version of the law."""

    demand: Demand
    article: str
    days: int
    start: str
    version: str
    since: date
    penalty_article: str
    rate: int = Field(description="Penalty a day, hundredths of a per cent.")
    capped: bool
    extended: dict[str, str] = Field(description="What the term is instead, ISO 8601: P20D, P1M.")


def law_out() -> list[RowOut]:
    """The whole table."""
    return [_row(each) for each in LAW]


def _row(row: Row) -> RowOut:
    return RowOut(
        demand=row.demand, article=row.article, days=row.days, start=row.start, version=row.version,
        since=row.since, penalty_article=row.penalty_article, rate=row.rate, capped=row.capped,
        extended={name.value: str(length) for name, length in row.extended.items()},
    )  # fmt: skip
