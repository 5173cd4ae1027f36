"""There is room as long as no limit is reached: of the zone's day, of the window, of each courier (R64, R65)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logistics.domain.agreement import Agreement, DailyLimit
from logistics.domain.counting import counted
from logistics.domain.day import BookSlot, Command, Day, FirmSlot, FreeSlot
from logistics.domain.day_decider import decide, evolve
from logistics.domain.promise import Promise, Reason, Wish
from logistics.domain.rooming import Place, keeps_up, place, slot_of
from logistics.domain.terms import Terms
from logistics.testing.agreements import (
    ANY_THREE_HOURS,
    CDEK,
    IVAN,
    MONDAY,
    MORNING,
    PETR,
    SUNDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    at_point,
    own,
    own_zone,
    promises,
    wish,
)

MORNINGS = wish(TUESDAY, "09:00", "15:00")


def promised(agreement: Agreement, wished: Wish = MORNINGS) -> Promise:
    return promises(agreement, wished)[0]


def command(
    kind: type[BookSlot] | type[FirmSlot], agreement: Agreement, promise: Promise, name: str, round_: int = 1
) -> Command:
    slot, room = slot_of(Terms(promise.terms_version, agreement), promise)
    return kind(promise.carrier_id, TUESDAY, name, f"o-{name}", round_, slot, room, MONDAY, MONDAY)


def done(*commands: Command, start: Day | None = None) -> Day:
    day = start
    for each in commands:
        day = reduce(evolve, decide(each, day), day)
    assert day is not None
    return day


def booked(agreement: Agreement, *wishes: Wish) -> Day:
    return done(
        *(command(BookSlot, agreement, promised(agreement, each), f"r-{n}") for n, each in enumerate(wishes))
    )


def room(agreement: Agreement, day: Day, wished: Wish = MORNINGS) -> Place | Reason:
    return place(day, *slot_of(Terms(3, agreement), promised(agreement, wished)))


def test_a_zone_takes_so_many_a_day_over_all_its_windows() -> None:
    two = own_zone(limit=DailyLimit(2))
    late = wish(TUESDAY, "18:00", "22:00")

    assert room(two, booked(two, MORNINGS)) == Place()
    assert room(two, booked(two, MORNINGS, late)) is Reason.FULL_DAY


def test_limits_of_a_date_go_before_those_of_a_weekday_and_of_any_day() -> None:
    limit = DailyLimit(5, {2: 7, 7: 0}, {TUESDAY: 9})

    assert [limit.on(day) for day in (TUESDAY, TUESDAY + timedelta(days=7), SUNDAY, TODAY)] == [9, 7, 0, 5]


def test_a_window_takes_so_many_whatever_the_others_do() -> None:
    one = own_zone(frames=(replace(MORNING, most=1), replace(ANY_THREE_HOURS, most=1)))
    inside = wish(TUESDAY, "10:00", "14:00")

    assert room(one, booked(one, MORNINGS)) is Reason.FULL_WINDOW
    assert room(one, booked(one, MORNINGS), inside) == Place()
    assert room(one, booked(one, inside), wish(TUESDAY, "16:00", "20:00")) is Reason.FULL_WINDOW


def test_a_change_of_terms_does_not_give_the_same_hours_away_twice() -> None:
    before, after = (
        own_zone(frames=(replace(MORNING, most=1),)),
        own_zone(frames=(replace(ANY_THREE_HOURS, most=1),)),
    )
    older = replace(promised(before), terms_version=2)

    day = done(command(BookSlot, before, older, "r-1"))

    assert room(after, day, wish(TUESDAY, "10:00", "14:00")) is Reason.FULL_WINDOW
    assert (
        room(after, day, wish(TUESDAY, "16:00", "20:00")) is Reason.FULL_WINDOW
    )  # the frame is the same one


def test_a_stop_goes_to_the_courier_with_the_most_stops_left() -> None:
    couriers = own(couriers=(IVAN, PETR))

    day = booked(couriers, *(replace(MORNINGS) for _ in range(5)))

    assert [each.courier_id for each in day.booked] == ["ivan", "ivan", "petr", "ivan", "petr"]
    assert room(couriers, day) is Reason.FULL_DAY


def test_a_courier_takes_no_more_into_a_window_than_he_has_time_for() -> None:
    slow = own(couriers=(replace(IVAN, stops=9, minutes_per_stop=180),))

    day = booked(slow, MORNINGS, MORNINGS)

    assert room(slow, day) is Reason.FULL_WINDOW
    assert room(slow, day, wish(TUESDAY, "18:00", "22:00")) == Place("ivan")


def test_nobody_drives_there_on_that_day() -> None:
    assert (
        room(own(couriers=(replace(IVAN, weekdays=(7,)),)), Day("own-couriers", TUESDAY)) is Reason.FULL_DAY
    )


def test_a_point_takes_so_many_parcels_a_day_and_no_courier_is_asked() -> None:
    wished = at_point(WEDNESDAY, "msk-p77")
    full = done(command(BookSlot, CDEK, promised(CDEK, wished), "r-1"))

    assert room(CDEK, full, wished) is Reason.FULL_DAY
    assert room(CDEK, full, at_point(WEDNESDAY)) == Place()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 6)), min_size=1, max_size=5), st.integers(1, 2))
def test_no_courier_is_sent_on_a_round_that_can_not_be_driven(
    windows: list[tuple[int, int]], takes: int
) -> None:
    """Compared with every order of stops. Where stops take as long as windows are apart nothing drivable is refused."""
    starts = [(MONDAY + timedelta(hours=a), MONDAY + timedelta(hours=a + b)) for a, b in windows]

    possible = any(_drivable(order, timedelta(hours=takes)) for order in permutations(starts))

    assert possible or not keeps_up(starts, takes * 60)
    assert takes > 1 or keeps_up(starts, 60) == possible


def _drivable(stops: tuple[tuple[datetime, datetime], ...], takes: timedelta) -> bool:
    now = MONDAY
    for begins, ends in stops:
        now = max(now, begins) + takes
        if now > ends:
            return False
    return True


@pytest.mark.parametrize("kind", [BookSlot, FirmSlot])
def test_a_step_is_decided_once_for_its_round(kind: type[BookSlot] | type[FirmSlot]) -> None:
    one = own_zone(limit=DailyLimit(1))
    first = command(kind, one, promised(one), "r-1")

    day = done(first, first, command(BookSlot, one, promised(one), "r-2"))
    freed = done(FreeSlot("own-couriers", TUESDAY, "r-1", "o-r-1", 2, MONDAY), start=day)

    assert [name for name, each in day.bookings.items() if each.slot] == ["r-1"]
    assert done(first, command(BookSlot, one, promised(one), "r-2"), start=freed).booked == []


def test_a_confirmed_order_keeps_its_place_and_gets_one_where_there_is_none() -> None:
    one = own_zone(limit=DailyLimit(1))
    day = booked(one, MORNINGS)

    kept = done(command(FirmSlot, one, promised(one), "r-0", 2), start=day)
    over = done(command(FirmSlot, one, promised(one), "r-1", 3), start=kept)

    assert [(each.firm, each.over) for each in over.booked] == [(True, False), (True, True)]


def test_fences_are_forgotten_and_what_comes_later_than_that_is_not_taken() -> None:
    one = own_zone(limit=DailyLimit(1))
    later = MONDAY + timedelta(minutes=6)
    day = done(FreeSlot("own-couriers", TUESDAY, "r-1", "o-1", 2, MONDAY))
    day = done(FreeSlot("own-couriers", TUESDAY, "r-2", "o-2", 2, later), start=day)

    late = command(BookSlot, one, promised(one), "r-1")
    again = replace(late, due=later, at=later, round=3)

    assert list(day.bookings) == ["r-2"]
    assert (decide(late, day), len(done(again, start=day).booked)) == ([], 1)


def test_what_is_left_is_counted_by_zone_window_courier_and_point() -> None:
    couriers = own(
        couriers=(IVAN,), zones=own_zone(limit=DailyLimit(5), frames=(replace(MORNING, most=4),)).zones
    )
    day = booked(couriers, MORNINGS, MORNINGS)
    day = done(command(FirmSlot, couriers, promised(couriers), "r-0", 2), start=day)

    count = counted(Terms(3, couriers), day, TUESDAY)

    zone, (ivan,) = count.zones[0], count.couriers
    assert (zone.count.limit, zone.count.booked, zone.count.held, zone.count.left) == (5, 1, 1, 3)
    assert (zone.windows[0].taken, zone.windows[0].left, ivan.left) == (2, 2, 1)
    assert counted(Terms(1, CDEK), None, date(2026, 3, 8)).points[0].left == 1
