"""A point's promise is that the parcel lies there while it is open (R68)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kernel.money import Money
from logistics.domain.promise import Reason, Wish
from logistics.testing.agreements import (
    CDEK,
    LESNAYA,
    SATURDAY,
    SUNDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    at,
    at_point,
    hours,
    promises,
    reasons,
)


def test_a_parcel_may_be_collected_while_the_point_is_open() -> None:
    assert [hours(each) for each in promises(CDEK, at_point(TUESDAY))] == ["03.03 10:00-21:00"]
    assert [hours(each) for each in promises(CDEK, at_point(TUESDAY, begins="20:00"))] == [
        "03.03 10:00-21:00"
    ]


def test_a_parcel_that_came_before_lies_there_on_the_carriers_day_off() -> None:
    (promise,) = promises(CDEK, at_point(SUNDAY, "msk-p77"))

    assert (hours(promise), promise.ends_at - promise.starts_at) == ("08.03 00:00-00:00", timedelta(days=1))


def test_without_a_point_named_every_point_of_the_zone_will_do() -> None:
    found = promises(CDEK, at_point(WEDNESDAY, None))

    assert [each.point_id for each in found] == ["msk-p77", "msk-124"]


def test_of_hundreds_of_points_the_cheapest_are_looked_at_and_any_that_is_named() -> None:
    many = tuple(replace(LESNAYA, point_id=f"p-{n:03}", price=Money(1000 - n)) for n in range(300))

    found = promises(replace(CDEK, points=many), at_point(WEDNESDAY, None))

    assert [each.point_id for each in found] == [f"p-{n}" for n in range(299, 259, -1)]
    assert promises(replace(CDEK, points=many), at_point(WEDNESDAY, "p-000"))


def test_single_days_of_a_point_win_over_its_week() -> None:
    closed = replace(CDEK, points=(replace(LESNAYA, days={TUESDAY: None}),))

    assert reasons(closed, at_point(TUESDAY)) == {Reason.POINT_CLOSED}


@pytest.mark.parametrize(
    ("wished", "now", "reason"),
    [
        (at_point(point_id="nsk-1"), "10:00", Reason.NO_SUCH_POINT),
        (at_point(zone="novosibirsk"), "10:00", Reason.NO_SUCH_POINT),
        (at_point(point_id=None, zone="omsk"), "10:00", Reason.NO_SUCH_ZONE),
        (at_point(SUNDAY), "10:00", Reason.POINT_CLOSED),
        (at_point(TUESDAY, begins="21:30"), "10:00", Reason.POINT_OUT_OF_HOURS),
        (at_point(TUESDAY, begins="06:00", ends="09:00"), "10:00", Reason.POINT_OUT_OF_HOURS),
        (at_point(TUESDAY), "14:00", Reason.PAST_CUT_OFF),
        (at_point(TODAY), "10:00", Reason.LEAD_TIME),
        (at_point(TUESDAY, ready_on=TUESDAY), "10:00", Reason.GOODS_NOT_READY),
        (at_point(SATURDAY, "msk-p77", on_delivery=True), "10:00", Reason.NO_PAYMENT_ON_DELIVERY),
        (at_point(SATURDAY, "msk-p77", pieces=4), "10:00", Reason.TOO_MANY_PIECES),
    ],
)
def test_what_cannot_be_kept_at_a_point_is_refused_with_its_reason(
    wished: Wish, now: str, reason: Reason
) -> None:
    assert promises(CDEK, wished, at(now)) == []
    assert reason in reasons(CDEK, wished, at(now))
