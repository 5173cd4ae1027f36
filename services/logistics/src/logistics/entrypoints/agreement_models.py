"""An agreement as one JSON document, both ways (R60)."""

from datetime import date, time
from typing import Annotated

from chassis.http.fields import Id, Line
from kernel.calendar import Hours
from pydantic import BaseModel, ConfigDict, Field

from logistics.domain import agreement as a
from logistics.entrypoints.values import Clock, MoneyIO, OnDay, TimeZone, Weekday, amount, clock_out
from logistics.entrypoints.wired import ZoneCode

Lead = Annotated[int, Field(ge=0, le=60, description="Working days of the carrier from the pick-up on.")]
Limit = Annotated[int, Field(ge=0, le=100_000)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]
Weekdays = Annotated[list[Weekday], Field(min_length=1, max_length=7)]
EVERY_DAY: list[int] = list(a.EVERY_DAY)


class Strict(BaseModel):
    """A misspelt word of an agreement is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class LimitIO(Strict):
    """How many a day: on a date, else on a weekday, else usually. Left out: as many as come."""

    usually: Limit | None = None
    weekdays: dict[Weekday, Limit] = Field(default_factory=dict[int, int])
    dates: Annotated[dict[OnDay, Limit], Field(max_length=400)] = Field(default_factory=dict[date, int])

    def limit(self) -> a.DailyLimit:
        return a.DailyLimit(self.usually, self.weekdays, self.dates)


class WindowIO(Strict):
    begins: Clock = Field(alias="from")
    ends: Clock = Field(alias="to")
    lead_days: Lead
    price: MoneyIO
    narrowest_minutes: Minutes | None = Field(
        None, description="A window inside, at least so wide, may be promised too; left out: the whole only."
    )
    most: Limit | None = Field(None, description="Stops in it on one day.")

    def frame(self) -> a.Frame:
        return a.Frame(
            time.fromisoformat(self.begins),
            time.fromisoformat(self.ends),
            self.lead_days,
            self.price.money(),
            self.narrowest_minutes,
            self.most,
        )


class ZoneIO(Strict):
    code: ZoneCode
    title: Line
    time_zone: TimeZone = Field(description="Of the delivery city: its windows are promised in these clocks.")
    windows: Annotated[list[WindowIO], Field(min_length=1, max_length=50)]
    payment_on_delivery: bool
    limit: LimitIO = Field(default_factory=LimitIO)
    most_pieces: Annotated[int, Field(ge=1, le=10_000)] | None = None

    def zone(self) -> a.Zone:
        frames = tuple(each.frame() for each in self.windows)
        return a.Zone(
            self.code,
            self.title,
            self.time_zone,
            frames,
            self.payment_on_delivery,
            self.limit.limit(),
            self.most_pieces,
        )


class HoursIO(Strict):
    """Hours that close at or before they open end on the next day; 00:00 to 00:00 is round the clock."""

    opens: Clock
    closes: Clock

    def hours(self) -> Hours:
        return Hours(time.fromisoformat(self.opens), time.fromisoformat(self.closes))


class PointIO(Strict):
    point_id: Id
    zone: ZoneCode
    title: Line
    address: Line
    time_zone: TimeZone
    hours: dict[Weekday, HoursIO] = Field(description="By ISO weekday; a day left out is closed.")
    days: Annotated[dict[OnDay, HoursIO | None], Field(max_length=400)] = Field(
        default_factory=dict[date, "HoursIO | None"], description="Single days; null is closed."
    )
    lead_days: Lead
    price: MoneyIO
    payment_on_delivery: bool
    limit: LimitIO = Field(default_factory=LimitIO)
    keeps_days: Annotated[int, Field(ge=1, le=90)] = 7
    most_pieces: Annotated[int, Field(ge=1, le=10_000)] | None = None

    def point(self) -> a.Point:
        return a.Point(
            self.point_id,
            self.zone,
            self.title,
            self.address,
            self.time_zone,
            {weekday: each.hours() for weekday, each in self.hours.items()},
            self.lead_days,
            self.price.money(),
            self.payment_on_delivery,
            {day: each and each.hours() for day, each in self.days.items()},
            self.limit.limit(),
            self.keeps_days,
            self.most_pieces,
        )


class CourierIO(Strict):
    courier_id: Id
    zones: Annotated[list[ZoneCode], Field(min_length=1, max_length=200)]
    stops: Annotated[int, Field(ge=0, le=1000)] = Field(description="A day (R64).")
    minutes_per_stop: Annotated[int, Field(ge=1, le=24 * 60)] = Field(description="Fitting included.")
    weekdays: Weekdays = EVERY_DAY

    def courier(self) -> a.Courier:
        return a.Courier(
            self.courier_id, tuple(self.zones), self.stops, self.minutes_per_stop, tuple(self.weekdays)
        )


def hours_out(hours: Hours) -> HoursIO:
    """Hours as answered."""
    return HoursIO.model_construct(opens=clock_out(hours.opens), closes=clock_out(hours.closes))


def limit_out(limit: a.DailyLimit) -> LimitIO:
    """A limit as answered."""
    weekdays: dict[int, int] = dict(limit.weekdays)
    dates: dict[date, int] = dict(limit.dates)
    return LimitIO.model_construct(usually=limit.usually, weekdays=weekdays, dates=dates)


def window_out(frame: a.Frame) -> WindowIO:
    """A window as answered."""
    return WindowIO.model_construct(
        begins=clock_out(frame.begins),
        ends=clock_out(frame.ends),
        lead_days=frame.lead_days,
        price=amount(frame.price),
        narrowest_minutes=frame.narrowest,
        most=frame.most,
    )
