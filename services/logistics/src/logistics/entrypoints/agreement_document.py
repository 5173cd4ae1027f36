"""The whole agreement: from JSON and back to the same JSON."""

from datetime import date, time
from typing import Annotated

from pydantic import Field

from logistics.domain import agreement as a
from logistics.entrypoints.agreement_models import (
    EVERY_DAY,
    CourierIO,
    Minutes,
    PointIO,
    Strict,
    Weekdays,
    ZoneIO,
    hours_out,
    limit_out,
    window_out,
)
from logistics.entrypoints.penalty_models import PenaltyIO, penalty_out
from logistics.entrypoints.values import Clock, OnDay, TimeZone, amount, clock_out
from logistics.entrypoints.wired import Ahead


class WorksIO(Strict):
    """The carrier's own working calendar: many deliver on Sundays."""

    weekdays: Weekdays = EVERY_DAY
    holidays_off: bool = Field(default=False, description="Whether public holidays are his days off.")
    days: Annotated[dict[OnDay, bool], Field(max_length=400)] = Field(
        default_factory=dict[date, bool], description="Single days: true is working."
    )


class PickUpIO(Strict):
    """When parcels are taken at our warehouse. Its beginning less the packing is the cut-off of orders (R63)."""

    begins: Clock = Field(alias="from")
    ends: Clock = Field(alias="to")
    packing_minutes: Minutes
    weekdays: Weekdays = EVERY_DAY
    least_minutes: Minutes = Field(0, description="How wide the carrier wants it to be (R62).")
    takes_arrivals: bool = Field(
        False, description="Goods that come in on a day make that day's pick-up; else the next one."
    )
    asked_ahead_minutes: Minutes | None = Field(
        None,
        description="So long before the cut-off it is asked for by itself; left out: a person asks (R61).",
    )

    def pick_up(self) -> a.PickUp:
        return a.PickUp(
            time.fromisoformat(self.begins),
            time.fromisoformat(self.ends),
            self.packing_minutes,
            tuple(self.weekdays),
            self.least_minutes,
            self.takes_arrivals,
            self.asked_ahead_minutes,
        )


class AgreementIO(Strict):
    """All that is agreed with a carrier from a day on."""

    effective_from: OnDay = Field(description="A day in `time_zone`.")
    time_zone: TimeZone = Field(description="Of our warehouse: pick-ups and the carrier's days go by it.")
    ahead_days: Ahead = Field(30, description="How many days ahead it may be promised.")
    works: WorksIO = Field(default_factory=WorksIO)
    pick_up: PickUpIO
    zones: Annotated[list[ZoneIO], Field(max_length=500)] = Field(default_factory=list[ZoneIO])
    points: Annotated[list[PointIO], Field(max_length=10_000)] = Field(default_factory=list[PointIO])
    couriers: Annotated[list[CourierIO], Field(max_length=500)] = Field(default_factory=list[CourierIO])
    penalties: Annotated[list[PenaltyIO], Field(max_length=3)] = Field(default_factory=list[PenaltyIO])

    def agreement(self, carrier_id: str) -> a.Agreement:
        return a.Agreement(
            carrier_id=carrier_id,
            effective_from=self.effective_from,
            time_zone=self.time_zone,
            pick_up=self.pick_up.pick_up(),
            zones=tuple(each.zone() for each in self.zones),
            points=tuple(each.point() for each in self.points),
            couriers=tuple(each.courier() for each in self.couriers),
            weekdays=tuple(self.works.weekdays),
            holidays_off=self.works.holidays_off,
            days=self.works.days,
            ahead_days=self.ahead_days,
            penalties=tuple(each.penalty() for each in self.penalties),
        )


def agreement_out(agreed: a.Agreement) -> AgreementIO:
    """An agreement as it was written."""
    return AgreementIO.model_construct(
        effective_from=agreed.effective_from,
        time_zone=agreed.time_zone,
        ahead_days=agreed.ahead_days,
        works=WorksIO.model_construct(
            weekdays=list(agreed.weekdays), holidays_off=agreed.holidays_off, days=dict(agreed.days)
        ),
        pick_up=PickUpIO.model_construct(
            begins=clock_out(agreed.pick_up.begins),
            ends=clock_out(agreed.pick_up.ends),
            packing_minutes=agreed.pick_up.packing,
            weekdays=list(agreed.pick_up.weekdays),
            least_minutes=agreed.pick_up.least_minutes,
            takes_arrivals=agreed.pick_up.takes_arrivals,
            asked_ahead_minutes=agreed.pick_up.asked_ahead,
        ),
        zones=[zone_out(each) for each in agreed.zones],
        points=[point_out(each) for each in agreed.points],
        couriers=[
            CourierIO.model_construct(
                courier_id=each.courier_id,
                zones=list(each.zones),
                stops=each.stops,
                minutes_per_stop=each.minutes_per_stop,
                weekdays=list(each.weekdays),
            )
            for each in agreed.couriers
        ],
        penalties=[penalty_out(each) for each in agreed.penalties],
    )


def zone_out(zone: a.Zone) -> ZoneIO:
    """A zone as answered."""
    return ZoneIO.model_construct(
        code=zone.code,
        title=zone.title,
        time_zone=zone.time_zone,
        windows=[window_out(each) for each in zone.frames],
        payment_on_delivery=zone.takes_payment,
        limit=limit_out(zone.limit),
        most_pieces=zone.most_pieces,
    )


def point_out(point: a.Point) -> PointIO:
    """A point as answered."""
    return PointIO.model_construct(
        point_id=point.point_id,
        zone=point.zone,
        title=point.title,
        address=point.address,
        time_zone=point.time_zone,
        hours={weekday: hours_out(each) for weekday, each in point.week.items()},
        days={day: each and hours_out(each) for day, each in point.days.items()},
        lead_days=point.lead_days,
        price=amount(point.price),
        payment_on_delivery=point.takes_payment,
        limit=limit_out(point.limit),
        keeps_days=point.keeps_days,
        most_pieces=point.most_pieces,
    )
