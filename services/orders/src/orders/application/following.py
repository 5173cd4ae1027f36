"""Following crm: what it tells of shops and staff, newest first told wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from chassis.handling import Decider
from contracts.crm import DayHoursV1, DayOverrideV1, ShopChangedV1, StaffChangedV1
from contracts.fact import Fact
from kernel.calendar import Hours
from kernel.deadline import Deadline

from orders.domain.shop import Shop
from orders.domain.team import Member

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hear(Generic[T]):
    """Somebody told how a thing is now."""

    key: str
    now: T


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    """It is so now."""

    now: T


def decide(command: Hear[T], known: T | None) -> Sequence[Heard[T]]:
    """News changes it; the same again does not. Older news never comes here: the handler passes it over."""
    return [] if command.now == known else [Heard(command.now)]


def evolve(known: T | None, change: Heard[T]) -> T:
    """It is as was told."""
    del known
    return change.now


def tell_nobody(change: Heard[T], now: T) -> Sequence[Fact]:
    """What was heard from others is not told again."""
    del change, now
    return ()


def nothing_due(now: object) -> Sequence[Deadline]:
    """A projection waits for nothing."""
    del now
    return ()


SHOPS: Decider[Hear[Shop], Shop, Heard[Shop]] = Decider(
    lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due
)
MEMBERS: Decider[Hear[Member], Member, Heard[Member]] = Decider(
    lambda hear: hear.key, decide, evolve, tell_nobody, nothing_due
)


def shop_of(told: ShopChangedV1) -> Shop:
    """A shop as told."""
    return Shop(
        shop_id=told.shop_id,
        zone=told.time_zone,
        week={day.weekday: _hours(day) for day in told.hours},
        overrides=_overrides(told.overrides),
        production=told.follows_production_calendar,
        owner_id=told.owner_id,
    )


def member_of(told: StaffChangedV1) -> Member:
    """A member of the staff as told; absence alone tells who is away, since a break is over soon."""
    return Member(
        staff_id=told.staff_id,
        shop_id=told.shop_id,
        roles=tuple(told.roles),
        active=told.active,
        absent_since=told.absence.since if told.absence else None,
        absent_until=told.absence.until if told.absence else None,
        deputy_id=told.deputy_id,
    )


def _hours(day: DayHoursV1) -> Hours:
    lunch = (day.lunch_from, day.lunch_until) if day.lunch_from and day.lunch_until else None
    return Hours(day.opens, day.closes, lunch)


def _overrides(told: Sequence[DayOverrideV1]) -> dict[date, Hours | None]:
    return {each.day: Hours(each.opens, each.closes) if each.opens and each.closes else None for each in told}
