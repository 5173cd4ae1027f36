"""Working time of a shop: its hours, its lunch, the production calendar, and the days that are otherwise.

Three calendars must not be mixed up (market-facts.md 12): this one counts a shop's promises to itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

DECREED_UNTIL = 2027
"""The last year whose transfers of days off the `holidays` package knows from a decree; later ones are a guess."""
FURTHEST = timedelta(days=366 * 2)
SATURDAY = 6


class NeverOpen(ValueError):
    """A calendar in which no working moment comes within two years."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One day's hours, local time. `lunch` is not working time. `closes` at midnight (00:00) is the day's end."""

    opens: time
    closes: time
    lunch: tuple[time, time] | None = None


@lru_cache(maxsize=64)
def _production(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and working days off-week of a Russian year, by the yearly decrees."""
    known = holidays.country_holidays("RU", years=year)
    moved = frozenset(day for day in known.weekend_workdays if day.year == year)
    return frozenset(known) - moved, moved


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """`zone` is an IANA name; `week` gives the hours by ISO weekday (Monday is 1); `overrides` win over everything:
    a day closed (None) or open at its own hours. With `production` the Russian production calendar closes holidays
    and opens moved working Saturdays, at Friday's hours.
    """

    zone: str
    week: Mapping[int, Hours]
    overrides: Mapping[date, Hours | None] = field(default_factory=dict[date, Hours | None])
    production: bool = True

    @classmethod
    def usual(cls, zone: str = "Europe/Moscow") -> "WorkingCalendar":
        """Monday to Friday, 10 to 18, lunch 13 to 14 (market-facts.md 13)."""
        day = Hours(time(10), time(18), (time(13), time(14)))
        return cls(zone, dict.fromkeys(range(1, 6), day))

    @classmethod
    def round_the_clock(cls, zone: str = "Europe/Moscow") -> "WorkingCalendar":
        """Open at every minute of the year."""
        return cls(zone, dict.fromkeys(range(1, 8), Hours(time(0), time(0))), production=False)

    @staticmethod
    def is_decreed(year: int) -> bool:
        """Whether the year's days off are decreed, and not guessed."""
        return 1992 <= year <= DECREED_UNTIL  # noqa: PLR2004

    def hours_of(self, day: date) -> Hours | None:
        """The hours of a day; None when the shop is closed."""
        if day in self.overrides:
            return self.overrides[day]
        if self.production:
            off, moved = _production(day.year)
            if day in off:
                return None
            if day in moved and day.isoweekday() >= SATURDAY:
                return self.week.get(5) or self.week.get(day.isoweekday())
        return self.week.get(day.isoweekday())

    def working_day(self, day: date) -> bool:
        """Whether the shop opens at all that day."""
        return self.hours_of(day) is not None

    def nth_working_day(self, day: date, n: int) -> date:
        """The nth working day after `day` (n >= 1); for n = 0 the day itself, or the next that is working."""
        left, step = n, timedelta(days=1)
        current = day if n == 0 else day + step
        for _ in range(FURTHEST.days):
            if self.working_day(current):
                left -= 1
                if left <= 0:
                    return current
            current += step
        raise NeverOpen(self.zone)

    def is_working(self, at: datetime) -> bool:
        """Whether the moment is working time; a closing moment is not."""
        local = at.astimezone(ZoneInfo(self.zone)).date()
        days = (local - timedelta(days=1), local)
        return any(begins <= at < ends for day in days for begins, ends in self._spans(day))

    def next_open(self, at: datetime) -> datetime:
        """The moment itself when it is working time, else when working time begins again; UTC."""
        for begins, ends in self._from(at):
            if at < ends:
                return max(at, begins).astimezone(UTC)
        raise NeverOpen(self.zone)

    def after(self, at: datetime, working: timedelta) -> datetime:
        """The moment at which so much working time has passed since `at`; UTC."""
        left = working
        for begins, ends in self._from(at):
            start = max(at, begins)
            if start + left <= ends:
                return (start + left).astimezone(UTC)
            left -= max(ends - start, timedelta())
        raise NeverOpen(self.zone)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments."""
        total = timedelta()
        for begins, ends in self._from(start):
            if begins >= end:
                break
            total += max(min(ends, end) - max(begins, start), timedelta())
        return total

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working spans that end after `at`, in order, two years far."""
        day = at.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1)
        for n in range(FURTHEST.days):
            for begins, ends in self._spans(day + timedelta(days=n)):
                if ends > at:
                    yield begins, ends

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        hours = self.hours_of(day)
        if hours is None:
            return []
        closes = self._at(day + timedelta(days=hours.closes <= hours.opens), hours.closes)
        opens = self._at(day, hours.opens)
        if hours.lunch is None:
            return [(opens, closes)]
        return [(opens, self._at(day, hours.lunch[0])), (self._at(day, hours.lunch[1]), closes)]

    def _at(self, day: date, clock: time) -> datetime:
        """The instant, in UTC, so that differences are real time also on a night when clocks change."""
        return datetime.combine(day, clock, ZoneInfo(self.zone)).astimezone(UTC)
