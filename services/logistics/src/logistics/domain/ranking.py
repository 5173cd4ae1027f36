"""What to offer: whatever holds the asked hour first, then the nearest in time, then the cheapest (R65, R67, R68)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from logistics.domain.moments import DAY, local, moment
from logistics.domain.promise import Kind, Promise, Why, Wish
from logistics.domain.surveying import asked_hours

MOST_WINDOWS, MOST_POINTS = 6, 3
FIRST_LOOK = 3
"""So many days are looked at in one round trip: the day asked for and its neighbours; then three times as many, and so on."""


@dataclass(frozen=True, slots=True)
class Option:
    """A promise that can be kept, and why it is offered."""

    promise: Promise
    why: Why


def nearest(promises: Iterable[Promise], wish: Wish, at: datetime) -> list[Promise]:
    """Each promise once, the best first."""
    return sorted(dict.fromkeys(promises), key=lambda promise: _rank(promise, wish, at))


def _rank(promise: Promise, wish: Wish, at: datetime) -> tuple[bool, timedelta, int, datetime, str, str]:
    begins, ends = _target(promise, wish, at)
    holds = asked_hours(wish) is not None and promise.starts_at <= begins and ends <= promise.ends_at
    away = max(timedelta(), promise.starts_at - ends, begins - promise.ends_at)
    by_name = (promise.carrier_id, promise.point_id or "")
    return (not holds, away, promise.price.minor, promise.starts_at, *by_name)


def _target(promise: Promise, wish: Wish, at: datetime) -> tuple[datetime, datetime]:
    """When the customer wants it, in clocks of the delivery city; when he does not say, now."""
    if wish.day is None:
        return at, at
    begins, ends = asked_hours(wish) or (time(0), None)
    starts = moment(wish.day, begins, promise.time_zone)
    return starts, moment(wish.day, ends, promise.time_zone) if ends else moment(
        wish.day + DAY, time(0), promise.time_zone
    )


def options(promises: Iterable[Promise], wish: Wish, at: datetime) -> list[Option]:
    """The best few, windows before points, each with the reason why it is offered (R67, R68)."""
    ranked = [Option(each, why(each, wish)) for each in nearest(promises, wish, at)]
    windows = [each for each in ranked if each.why is not Why.PICK_UP_POINT]
    points = [each for each in ranked if each.why is Why.PICK_UP_POINT]
    return [*windows[:MOST_WINDOWS], *points[:MOST_POINTS]]


def why(promise: Promise, wish: Wish) -> Why:
    """Why this is offered for that wish."""
    if promise.kind is Kind.POINT and wish.kind is Kind.WINDOW:
        return Why.PICK_UP_POINT
    starts, ends = local(promise.starts_at, promise.time_zone), local(promise.ends_at, promise.time_zone)
    if wish.day is None:
        return Why.AS_WISHED
    if starts.date() != wish.day:
        return Why.ANOTHER_DAY
    asked = asked_hours(wish)
    if asked and starts.time() <= asked[0] and asked[1] <= ends.time():
        return Why.HOLDS_THE_HOUR
    return Why.SAME_DAY


def days_to_try(wish: Wish, today: date, furthest: int) -> Iterator[list[date]]:
    """The day asked for first, though it may be out of question, since the answer says why; then the days around it, the
    nearest first, as far as any carrier promises.
    """
    target = wish.day or today
    ahead = [today + n * DAY for n in range(furthest + 1)]
    around = sorted(
        (day for day in ahead if day != target), key=lambda day: (abs(day - target), day < target)
    )
    days = [target, *around]
    start, size = 0, FIRST_LOOK
    while start < len(days):
        yield days[start : start + size]
        start, size = start + size, size * 3
