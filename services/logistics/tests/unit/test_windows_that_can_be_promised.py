"""Windows are promised within what is agreed, and a no says why (R63-R67)."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from kernel.money import Money
from logistics.domain.agreement import Agreement, Frame
from logistics.domain.promise import Reason, Wish
from logistics.testing.agreements import (
    ANY_THREE_HOURS,
    CDEK,
    MORNING,
    OWN,
    SUNDAY,
    TODAY,
    TUESDAY,
    WEDNESDAY,
    at,
    hours,
    own,
    own_zone,
    promises,
    reasons,
    wish,
)

YESTERDAY, FAR_AWAY = TODAY - timedelta(days=1), TODAY + timedelta(days=15)
FLEXIBLE = own_zone(frames=(ANY_THREE_HOURS,))
NO_PAYMENT, FEW_PIECES = own_zone(takes_payment=False), own_zone(most_pieces=2)
CLOSED_SUNDAYS = own(weekdays=(1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize(
    ("wished", "promised"),
    [
        (wish(TUESDAY), ["03.03 18:00-22:00", "03.03 09:00-15:00", "03.03 12:00-18:00"]),
        (wish(TUESDAY, "09:00", "15:00"), ["03.03 09:00-15:00"]),
        (wish(TUESDAY, "08:00", "18:00"), ["03.03 09:00-15:00", "03.03 12:00-18:00"]),
        (wish(TUESDAY, None, "15:00"), ["03.03 09:00-15:00"]),
        (wish(TODAY), ["02.03 18:00-22:00"]),
    ],
)
def test_every_agreed_window_that_lies_in_the_asked_hours_can_be_promised(
    wished: Wish, promised: list[str]
) -> None:
    assert [hours(each) for each in promises(OWN, wished)] == promised


def test_a_promise_names_its_terms_and_price() -> None:
    (promise,) = promises(OWN, wish(TUESDAY, "09:00", "15:00"))

    assert (promise.carrier_id, promise.terms_version, promise.price) == ("own-couriers", 3, Money(39000))
    assert (promise.starts_at, promise.time_zone) == (at("09:00", TUESDAY), "Europe/Moscow")


def test_windows_are_in_clocks_of_the_delivery_city() -> None:
    (promise,) = promises(CDEK, wish(TUESDAY + timedelta(days=4), zone="novosibirsk"))

    assert hours(promise) == "07.03 09:00-15:00"
    assert promise.starts_at == at("05:00", TUESDAY + timedelta(days=4))


@pytest.mark.parametrize(
    ("wished", "promised"),
    [
        (wish(TUESDAY, "10:00", "14:00"), "03.03 10:00-14:00"),
        (wish(TUESDAY, "10:30", "13:30"), "03.03 10:30-13:30"),
        (wish(TUESDAY, "06:00", "12:00"), "03.03 09:00-12:00"),
        (wish(TUESDAY, "09:00", "21:00"), "03.03 09:00-21:00"),
    ],
)
def test_a_wide_frame_may_be_promised_in_part_but_not_narrower_than_agreed(
    wished: Wish, promised: str
) -> None:
    assert promised in [hours(each) for each in promises(FLEXIBLE, wished)]


def test_of_the_same_hours_by_two_frames_the_exact_one_counts() -> None:
    both = own_zone(frames=(ANY_THREE_HOURS, MORNING, replace(ANY_THREE_HOURS, price=Money(1))))

    (promise,) = promises(both, wish(TUESDAY, "09:00", "15:00"))

    assert promise.price == MORNING.price


@pytest.mark.parametrize(
    ("agreement", "wished", "now", "reason"),
    [
        (OWN, wish(zone="omsk"), "10:00", Reason.NO_SUCH_ZONE),
        (NO_PAYMENT, wish(on_delivery=True), "10:00", Reason.NO_PAYMENT_ON_DELIVERY),
        (FEW_PIECES, wish(pieces=3), "10:00", Reason.TOO_MANY_PIECES),
        (OWN, wish(YESTERDAY), "10:00", Reason.DATE_PASSED),
        (OWN, wish(FAR_AWAY), "10:00", Reason.TOO_FAR_AHEAD),
        (CLOSED_SUNDAYS, wish(SUNDAY), "10:00", Reason.DAY_OFF),
        (OWN, wish(TODAY, "18:00", "22:00"), "12:00", Reason.PAST_CUT_OFF),
        (OWN, wish(TUESDAY, "09:00", "15:00"), "12:00", Reason.PAST_CUT_OFF),
        (OWN, wish(TODAY, "09:00", "15:00"), "10:00", Reason.LEAD_TIME),
        (OWN, wish(TUESDAY, ready_on=WEDNESDAY), "10:00", Reason.GOODS_NOT_READY),
        (OWN, wish(TUESDAY, "10:00"), "10:00", Reason.EXACT_HOUR),
        (OWN, wish(TUESDAY, "10:00", "10:00"), "10:00", Reason.EXACT_HOUR),
        (OWN, wish(TUESDAY, "10:00", "12:00"), "10:00", Reason.NARROWER_THAN_AGREED),
        (OWN, wish(TUESDAY, "02:00", "04:00"), "10:00", Reason.NO_SUCH_WINDOW),
        (OWN, wish(TUESDAY, "23:30"), "10:00", Reason.NO_SUCH_WINDOW),
        (FLEXIBLE, wish(TUESDAY, "10:00", "12:00"), "10:00", Reason.NARROWER_THAN_AGREED),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(
    agreement: Agreement, wished: Wish, now: str, reason: Reason
) -> None:
    assert promises(agreement, wished, at(now)) == []
    assert reason in reasons(agreement, wished, at(now))


def test_a_window_whose_hours_the_clocks_skip_is_not_promised_that_night() -> None:
    berlin = own_zone(time_zone="Europe/Berlin", frames=(Frame(time(2, 30), time(6), 1, Money(1)),))
    spring = date(2026, 3, 29)

    assert promises(berlin, wish(spring), at("10:00", spring - timedelta(days=5))) == []
    assert promises(berlin, wish(spring - timedelta(days=1)), at("10:00", spring - timedelta(days=5)))


def test_a_same_day_window_begins_after_the_pick_up() -> None:
    before = own_zone(frames=(Frame(time(9), time(13), 0, Money(1)),))

    assert promises(before, wish(TODAY), at("08:00")) == []
    assert [hours(each) for each in promises(before, wish(TUESDAY), at("08:00"))] == ["03.03 09:00-13:00"]


def test_an_asked_hour_is_offered_the_narrowest_window_around_it() -> None:
    from logistics.domain.reaching import Reach
    from logistics.domain.surveying import survey
    from logistics.domain.terms import Terms

    for hour, around in (("10:00", "10:00-13:00"), ("20:00", "18:00-21:00")):
        wished = wish(TUESDAY, hour)
        seen = survey(Reach(Terms(3, FLEXIBLE), wished, at("10:00")), wished, TUESDAY)
        assert f"03.03 {around}" in [hours(each.promise) for each in seen if each.promise]
