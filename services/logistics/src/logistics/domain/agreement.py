"""What is agreed with a carrier (R60): where, when, how many, how fast, for how much. Once kept it never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from kernel.calendar import Hours
from kernel.money import Money

from logistics.domain.penalty import Penalty

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class DailyLimit:
    """How many a day: on this date, else on this ISO weekday, else usually. None: as many as come."""

    usually: int | None = None
    weekdays: Mapping[int, int] = field(default_factory=dict[int, int])
    dates: Mapping[date, int] = field(default_factory=dict[date, int])

    def on(self, day: date) -> int | None:
        """The limit of a day."""
        return self.dates.get(day, self.weekdays.get(day.isoweekday(), self.usually))


@dataclass(frozen=True, slots=True)
class Frame:
    """Hours of a day within which a zone is delivered to; clocks of the zone.

    `narrowest`: any window inside that is at least so many minutes wide may be promised; None: only the whole frame.
    `lead_days` are the carrier's working days after the pick-up; `most` stops in it on one day.
    """

    begins: time
    ends: time
    lead_days: int
    price: Money
    narrowest: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """Where is delivered to the door. `time_zone` is that of the delivery city: windows are promised in its clocks."""

    code: str
    title: str
    time_zone: str
    frames: tuple[Frame, ...]
    takes_payment: bool
    limit: DailyLimit = field(default_factory=DailyLimit)
    most_pieces: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A pick-up point (R68). Parcels lie there when it opens, `lead_days` working days of the carrier after the pick-up,
    and wait for `keeps_days`. `week` gives its hours by ISO weekday, `days` those of single days (None: closed).
    """

    point_id: str
    zone: str
    title: str
    address: str
    time_zone: str
    week: Mapping[int, Hours]
    lead_days: int
    price: Money
    takes_payment: bool
    days: Mapping[date, Hours | None] = field(default_factory=dict[date, Hours | None])
    limit: DailyLimit = field(default_factory=DailyLimit)
    keeps_days: int = 7
    most_pieces: int | None = None

    def hours_on(self, day: date) -> Hours | None:
        """Its hours on a day; None when it is closed."""
        return self.days[day] if day in self.days else self.week.get(day.isoweekday())


@dataclass(frozen=True, slots=True)
class Courier:
    """Who drives, where and on which ISO weekdays: so many stops a day, each taking its minutes, fitting of shoes and
    traffic jams included (R64).
    """

    courier_id: str
    zones: tuple[str, ...]
    stops: int
    minutes_per_stop: int
    weekdays: tuple[int, ...] = EVERY_DAY

    def drives(self, zone: str, day: date) -> bool:
        """Whether he delivers to the zone on this day."""
        return zone in self.zones and day.isoweekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class PickUp:
    """When the carrier takes parcels at our warehouse, in clocks of the agreement (R61-R63).

    `packing` minutes before it begins is the cut-off of orders. `least_minutes` is how wide the carrier wants it to be
    (R62). `takes_arrivals`: goods that come in on a day make the pick-up of that day; else they go with the next one.
    So many minutes `asked_ahead` of the cut-off it is asked for by itself; None: a person asks (R61).
    """

    begins: time
    ends: time
    packing: int
    weekdays: tuple[int, ...] = EVERY_DAY
    least_minutes: int = 0
    takes_arrivals: bool = False
    asked_ahead: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of what is agreed. `weekdays`, `holidays_off` and `days` make up the carrier's own working calendar:
    many deliver on Sundays (market-facts.md 12). Without couriers by name there is no limit by courier.
    `penalties`: what he owes for what he does not keep, one for a kind (R70).
    """

    carrier_id: str
    effective_from: date
    time_zone: str
    pick_up: PickUp
    zones: tuple[Zone, ...] = ()
    points: tuple[Point, ...] = ()
    couriers: tuple[Courier, ...] = ()
    weekdays: tuple[int, ...] = EVERY_DAY
    holidays_off: bool = False
    days: Mapping[date, bool] = field(default_factory=dict[date, bool])
    ahead_days: int = 30
    penalties: tuple[Penalty, ...] = ()
