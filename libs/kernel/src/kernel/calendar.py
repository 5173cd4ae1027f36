"""Working time of a shop: its hours, its lunch, the production calendar, and the days that are otherwise.

Three calendars must not be mixed up (market-facts.md 12): this one counts a shop's promises to itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from kernel.production import DECREED, production_year
from kernel.zone import zone_named

FURTHEST = timedelta(days=366 * 2)
DAY = timedelta(days=1)
FRIDAY, SATURDAY, SUNDAY = 5, 6, 7

Span = tuple[datetime, datetime]


class NeverOpen(ValueError):
    """A calendar in which the working moment asked for does not come within two years."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One day's hours, local time. Hours that close at or before they open (22 to 6, 0 to 0) end on the next day.

    `lunch` is not working time; what of it lies outside the hours does not count.
    """

    opens: time
    closes: time
    lunch: tuple[time, time] | None = None

    @property
    def overnight(self) -> bool:
        return self.closes <= self.opens


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

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if not all(1 <= weekday <= SUNDAY for weekday in self.week):
            raise ValueError("a week has days 1 (Monday) to 7")

    @classmethod
    def usual(cls, zone: str = "Europe/Moscow") -> "WorkingCalendar":
        """Monday to Friday, 10 to 18, lunch 13 to 14 (market-facts.md 13)."""
        day = Hours(time(10), time(18), (time(13), time(14)))
        return cls(zone, dict.fromkeys(range(1, SATURDAY), day))

    @classmethod
    def round_the_clock(cls, zone: str = "Europe/Moscow") -> "WorkingCalendar":
        """Open at every minute of the year."""
        return cls(zone, dict.fromkeys(range(1, SUNDAY + 1), Hours(time(0), time(0))), production=False)

    @staticmethod
    def is_decreed(year: int) -> bool:
        """Whether the year's days off are decreed, and not guessed."""
        return year in DECREED

    def hours_of(self, day: date) -> Hours | None:
        """The hours of a day; None when the shop is closed."""
        if day in self.overrides:
            return self.overrides[day]
        weekday = day.isoweekday()
        if self.production:
            year = production_year(day.year)
            if day in year.off:
                return None
            if day in year.moved and weekday >= SATURDAY:
                return self.week.get(FRIDAY) or self.week.get(weekday)
        return self.week.get(weekday)

    def working_day(self, day: date) -> bool:
        """Whether the shop opens at all that day."""
        return self.hours_of(day) is not None

    def nth_working_day(self, day: date, n: int) -> date:
        """The nth working day after `day`; for n = 0 the day itself, or the next that is working."""
        _forward(n >= 0)
        left, current = (n, day + DAY) if n else (1, day)
        for _ in range(FURTHEST.days):
            left -= self.working_day(current)
            if not left:
                return current
            current += DAY
        raise NeverOpen(self.zone)

    def is_working(self, at: datetime) -> bool:
        """Whether the moment is working time; a closing moment is not."""
        today = at.astimezone(zone_named(self.zone)).date()
        return any(
            begins <= at < ends for day in (today - DAY, today) for begins, ends in self._spans_of(day)
        )

    def next_open(self, at: datetime) -> datetime:
        """The moment itself when it is working time, else when working time begins again; UTC."""
        return self.after(at, timedelta())

    def after(self, at: datetime, working: timedelta) -> datetime:
        """The moment at which so much working time has passed since `at`; UTC."""
        _forward(working >= timedelta())
        left = working
        for begins, ends in self._spans(at, at + FURTHEST):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise NeverOpen(self.zone)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none when the end is not after the start."""
        return sum((ends - begins for begins, ends in self._spans(start, end)), timedelta())

    def _spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Working time from start to end, in order, none of it twice and none left out though a night's hours, with
        their lunch, may run into the next day's; in UTC, where differences are real time also on a night when clocks
        change.
        """
        done, until = start.astimezone(UTC), end.astimezone(UTC)
        day = start.astimezone(zone_named(self.zone)).date() - DAY
        waiting: list[Span] = []
        while done < until and self._at(day, time(0)) < until:
            waiting = sorted((*waiting, *self._spans_of(day)))
            day += DAY
            tomorrow = self._at(day, time(0))
            today = [span for span in waiting if span[0] < tomorrow]
            for begins, ends in today:
                begins, ends = max(begins, done), min(ends, until)  # noqa: PLW2901
                if begins < ends:
                    yield begins, ends
                    done = ends
            waiting = waiting[len(today) :]

    def _spans_of(self, day: date) -> list[Span]:
        """The working time that begins on a day, before and after lunch."""
        hours = self.hours_of(day)
        if hours is None:
            return []
        opens, closes = self._at(day, hours.opens), self._at(day + hours.overnight * DAY, hours.closes)
        if hours.lunch is None:
            return [(opens, closes)]
        leaves, returns = (self._during(day, hours, clock) for clock in hours.lunch)
        return [(opens, min(leaves, closes)), (max(returns, opens), closes)]

    def _during(self, day: date, hours: Hours, clock: time) -> datetime:
        return self._at(day + (hours.overnight and clock < hours.opens) * DAY, clock)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, zone_named(self.zone)).astimezone(UTC)


def _forward(it: bool) -> None:
    if not it:
        raise ValueError("working time is counted forward only")
