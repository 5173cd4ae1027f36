"""By when money must be back: the terms of the law as a dated table, and how their last day is found (market-facts.md 1).

A lawyer reads and edits this page; each refund keeps the article and the edition it was computed by.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kernel.production import production_year
from kernel.zone import zone_named

from orders.domain.ledger import Term

SATURDAY = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the Law on Protection of Consumer Rights (07.02.1992 No. 2300-1): so many calendar days after the day of
    the demand, from this day on.
    """

    name: str
    days: int
    since: date


REFUSED = "26.1 p. 4"
"""The customer refused the goods, or part of them, before they were handed over."""
NOT_DELIVERED = "23.1"
"""Prepaid goods that we can't deliver, or not in time."""
DEMANDED = "22"
"""Money demanded back on any other ground."""

ARTICLES = (
    Article(REFUSED, 10, date(2004, 12, 21)),
    Article(NOT_DELIVERED, 10, date(2007, 10, 25)),
    Article(DEMANDED, 10, date(1996, 1, 16)),
)

EDITIONS = ((date(2026, 2, 1), "500-FZ"), (date(1992, 2, 7), "2300-1"))
"""Since when which edition holds, the newest first: since 500-FZ the penalty for being late is capped."""


def term(article: str, owed_since: datetime, zone: str) -> Term:
    """The last day to pay and its end, UTC, for money owed since this moment. Calendar days in the shop's zone; the day of the
    demand is not counted, and a last day that is not a working day moves on to the next one (Civil Code art. 191, 193).
    """
    here = zone_named(zone)
    begins = owed_since.astimezone(here).date()
    days = max((each for each in ARTICLES if each.name == article and each.since <= begins), key=_since).days
    last = next_working_day(begins + days * DAY)
    ends = datetime.combine(last + DAY, time(0), here).astimezone(owed_since.tzinfo)
    law = next(name for since, name in EDITIONS if since <= begins)
    return Term(last, ends, article, law)


def warnings(owed_since: datetime, due: Term, zone: str) -> tuple[datetime, ...]:
    """When somebody is reminded: at half of the term, at four fifths, and when the last working day before its last begins."""
    span = due.due_at - owed_since
    before = due.due_on - DAY
    while not is_working_day(before):
        before -= DAY
    day_before = datetime.combine(before, time(0), zone_named(zone)).astimezone(owed_since.tzinfo)
    moments = {owed_since + span * 0.5, owed_since + span * 0.8, day_before}
    return tuple(sorted(each for each in moments if each > owed_since))


def next_working_day(day: date) -> date:
    """The day itself when it is a working one by the production calendar, else the next that is."""
    while not is_working_day(day):
        day += DAY
    return day


def is_working_day(day: date) -> bool:
    """By the production calendar, with the moved days of the yearly decree; not by any shop's own hours."""
    year = production_year(day.year)
    return day not in year.off and (day.isoweekday() < SATURDAY or day in year.moved)


def _since(article: Article) -> date:
    return article.since
