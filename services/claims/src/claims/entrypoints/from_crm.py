"""What crm tells, in claims' own words."""

from collections.abc import Sequence
from datetime import date

from contracts.crm import DayHoursV1, DayOverrideV1, ShopChangedV1, StaffChangedV1
from kernel.calendar import Hours
from kernel.shop import Shop

from claims.domain.team import Member


def shop_of(told: ShopChangedV1) -> Shop:
    """A shop as told; raises when its time zone is none."""
    return Shop(
        shop_id=told.shop_id,
        zone=told.time_zone,
        week={day.weekday: _hours(day) for day in told.hours},
        overrides=_overrides(told.overrides),
        production=told.follows_production_calendar,
        owner_id=told.owner_id,
    )


def member_of(told: StaffChangedV1) -> Member:
    """A member of the staff as told."""
    away = told.absence
    return Member(
        staff_id=told.staff_id,
        shop_id=told.shop_id,
        roles=tuple(told.roles),
        grade=told.grade,
        active=told.active,
        absent_since=away.since if away else None,
        absent_until=away.until if away else None,
        deputy_id=told.deputy_id,
    )


def _hours(day: DayHoursV1) -> Hours:
    lunch = (day.lunch_from, day.lunch_until) if day.lunch_from and day.lunch_until else None
    return Hours(day.opens, day.closes, lunch)


def _overrides(told: Sequence[DayOverrideV1]) -> dict[date, Hours | None]:
    return {each.day: Hours(each.opens, each.closes) if each.opens and each.closes else None for each in told}
