"""What is agreed with own couriers and with a courier service, and wishes within and outside of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from kernel.calendar import Hours
from kernel.money import Money

from logistics.domain.agreement import Agreement, Courier, DailyLimit, Frame, PickUp, Point, Zone
from logistics.domain.promise import Kind, Promise, Reason, Wish
from logistics.domain.reaching import Reach
from logistics.domain.surveying import survey
from logistics.domain.terms import Terms

MOSCOW, NOVOSIBIRSK = "Europe/Moscow", "Asia/Novosibirsk"
MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""Ten in the morning in Moscow, two hours before the cut-off of own couriers."""
TODAY = date(2026, 3, 2)
TUESDAY, WEDNESDAY, SATURDAY, SUNDAY = (TODAY + timedelta(days=n) for n in (1, 2, 5, 6))
LATE = Frame(time(18), time(22), 0, Money(49000))
MORNING = Frame(time(9), time(15), 1, Money(39000))
AFTERNOON = Frame(time(12), time(18), 1, Money(41000))
ANY_THREE_HOURS = Frame(time(9), time(21), 1, Money(59000), narrowest=180)

AT_HOME = Zone("moscow", "Москва", MOSCOW, (LATE, MORNING, AFTERNOON), takes_payment=True)
OWN = Agreement(
    "own-couriers",
    date(2026, 1, 12),
    MOSCOW,
    PickUp(time(14), time(16), packing=120),
    (AT_HOME,),
    ahead_days=14,
)
TEN_TO_NINE = dict.fromkeys(range(1, 7), Hours(time(10), time(21)))
LESNAYA = Point(
    "msk-124", "moscow", "СДЭК, Лесная, 20", "Лесная, 20", MOSCOW, TEN_TO_NINE, 1, Money(19000), True
)
POSTAMAT = Point(
    "msk-p77",
    "moscow",
    "Постамат",
    "Ленинградский, 74",
    MOSCOW,
    dict.fromkeys(range(1, 8), Hours(time(0), time(0))),
    2,
    Money(14900),
    False,
    limit=DailyLimit(1),
    most_pieces=3,
)
FAR = Zone("novosibirsk", "Новосибирск", NOVOSIBIRSK, (replace(MORNING, lead_days=4),), takes_payment=False)
CDEK = Agreement(
    "cdek",
    date(2026, 1, 12),
    MOSCOW,
    PickUp(time(15), time(18), packing=60, weekdays=(1, 2, 3, 4, 5)),
    (
        Zone("moscow", "Москва", MOSCOW, (Frame(time(9), time(22), 1, Money(35000)),), takes_payment=True),
        FAR,
    ),
    (LESNAYA, POSTAMAT),
    weekdays=(1, 2, 3, 4, 5, 6),
)
IVAN = Courier("ivan", ("moscow",), stops=3, minutes_per_stop=60)
PETR = Courier("petr", ("moscow",), stops=2, minutes_per_stop=60, weekdays=(1, 2, 3, 4, 5))


def at(clock: str, day: date = TODAY) -> datetime:
    """When it is so late in Moscow; UTC."""
    return datetime.combine(day, time.fromisoformat(clock)).replace(tzinfo=UTC) - timedelta(hours=3)


def own(**more: Any) -> Agreement:
    """What is agreed with own couriers, otherwise."""
    return replace(OWN, **more)


def own_zone(**more: Any) -> Agreement:
    """The same, with another zone."""
    return own(zones=(replace(AT_HOME, **more),))


def wish(day: date | None = TUESDAY, begins: str | None = None, ends: str | None = None, **more: Any) -> Wish:
    """Something is wanted in Moscow."""
    starts, stops = (time.fromisoformat(each) if each else None for each in (begins, ends))
    return replace(Wish("moscow", Kind.WINDOW, day, starts, stops), **more)


def at_point(day: date | None = TUESDAY, point_id: str | None = "msk-124", **more: Any) -> Wish:
    """It is wanted at a pick-up point."""
    return replace(
        wish(day, more.pop("begins", None), more.pop("ends", None)),
        kind=Kind.POINT,
        point_id=point_id,
        **more,
    )


def promises(agreement: Agreement, wished: Wish, now: datetime = MONDAY) -> list[Promise]:
    """What these terms have for the wish, on its day."""
    assert wished.day is not None
    seen = survey(Reach(Terms(3, agreement), wished, now), wished, wished.day)
    return [each.promise for each in seen if each.promise and each.miss is None]


def reasons(agreement: Agreement, wished: Wish, now: datetime = MONDAY) -> set[Reason]:
    """What stands in the way there."""
    assert wished.day is not None
    seen = survey(Reach(Terms(3, agreement), wished, now), wished, wished.day)
    return {each.miss for each in seen if each.miss}


def hours(promise: Promise) -> str:
    """From when to when, in clocks of the delivery city."""
    from logistics.domain.moments import local

    starts, ends = (local(each, promise.time_zone) for each in (promise.starts_at, promise.ends_at))
    return f"{starts:%d.%m %H:%M}-{ends:%H:%M}"
