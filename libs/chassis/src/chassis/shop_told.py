"""A shop as crm tells of it, for every service that follows it."""

from contracts.crm import DayHoursV1, ShopChangedV1
from kernel.calendar import Hours
from kernel.shop import Shop


def shop_of(told: ShopChangedV1) -> Shop:
    """A shop as told; raises when its time zone is none."""
    return Shop(
        shop_id=told.shop_id,
        zone=told.time_zone,
        week={day.weekday: _hours(day) for day in told.hours},
        overrides={
            each.day: Hours(each.opens, each.closes) if each.opens and each.closes else None
            for each in told.overrides
        },
        production=told.follows_production_calendar,
        owner_id=told.owner_id,
    )


def _hours(day: DayHoursV1) -> Hours:
    lunch = (day.lunch_from, day.lunch_until) if day.lunch_from and day.lunch_until else None
    return Hours(day.opens, day.closes, lunch)
