"""How a term of the law is counted (GK art. 191-193): calendar days and months, ended on a working day."""

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.production import production_year

DAY = timedelta(days=1)
SATURDAY = 6
DISTANCE_DAYS, DISTANCE_MONTHS = 7, 3
COMPLEX_DAYS = 15


@dataclass(frozen=True, slots=True)
class Length:
    """Of a term: calendar days, or calendar months."""

    days: int = 0
    months: int = 0

    def __str__(self) -> str:
        """As ISO 8601 writes it: P20D, P1M."""
        return f"P{self.months}M" if self.months else f"P{self.days}D"


def is_working(day: date) -> bool:
    """By the Russian production calendar; not the shop's own days (GK art. 193)."""
    year = production_year(day.year)
    return day in year.moved or (day not in year.off and day.isoweekday() < SATURDAY)


def last_day(start: date, length: Length) -> date:
    """The day of the demand is not counted; a month ends on the same day of the next, or on its last; a last day that is
    off moves to the next working day (GK art. 191-193).
    """
    last = _months_later(start, length.months) + length.days * DAY
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
    at the delivery how to (art. 26.1 p. 4).
    """
    length = Length(days=DISTANCE_DAYS) if informed else Length(months=DISTANCE_MONTHS)
    return last_day(handed_over, length)


def complex_good_until(handed_over: date) -> date:
    """The last day on which any defect of a technically complex item gives the choice of money or another item (art. 18
    p. 1): 15 days.
    """
    return last_day(handed_over, Length(days=COMPLEX_DAYS))


def _months_later(day: date, months: int) -> date:
    """That day of the month, or its last (GK art. 192)."""
    number = day.year * 12 + day.month - 1 + months
    first, after = _first(number), _first(number + 1)
    return min(after - DAY, first + (day.day - 1) * DAY)


def _first(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
