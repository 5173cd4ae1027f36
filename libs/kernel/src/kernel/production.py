"""The Russian production calendar: days off, and the days off that a decree turned into working days.

A decree of each autumn moves days off for the next year; the `holidays` package knows those of `DECREED`. For later
years it gives the plain holidays of the law, which is a guess. Shortened days before holidays are not marked.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

DECREED = range(1992, 2028)
"""Years whose decree is in the package; a test says so when a new version of it knows more."""


@dataclass(frozen=True, slots=True)
class Year:
    """`off`: no work though it may be a weekday. `moved`: work though it may be a weekend."""

    off: frozenset[date]
    moved: frozenset[date]


@lru_cache(maxsize=64)
def production_year(number: int) -> Year:
    """Looked up once for a year: the package needs milliseconds for it."""
    known = holidays.country_holidays("RU", years=number)
    moved = frozenset(day for day in known.weekend_workdays if day.year == number)
    return Year(frozenset(known) - moved, moved)
