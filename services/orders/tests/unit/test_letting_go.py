"""Nobody who came with money is let go in silence (R21, R25, R27)."""

from datetime import timedelta

import pytest
from orders.domain.changes import ApologySent, OrderCancelled, SubstituteOffered
from orders.domain.commands import Command
from orders.domain.order import Cancelled
from orders.domain.policies import Clocks, Policy
from orders.domain.refusals import (
    ApologyIsWritten,
    LapseNotEarned,
    NotATestOrder,
    OfferOwed,
    OrderCancelledAlready,
)
from orders.domain.words import OUR_FAULT, CancelReason, Channel, Supply
from orders.testing.lamps import (
    CLOCKS,
    MONDAY,
    apologise,
    attempt,
    cancel,
    did,
    give,
    given,
    lapse,
    minutes,
    offer,
    opened,
    place,
    reach,
    supply,
)

TOMORROW = MONDAY + timedelta(days=1)
TRIES = (attempt(), attempt(minutes(90)), attempt(TOMORROW))
ALL_TRIED = (*TRIES, apologise(), offer())


def test_an_apology_in_writing_is_noted_once() -> None:
    assert did(apologise(), opened()) == (ApologySent("anna", Channel.EMAIL, MONDAY),)
    assert did(apologise(minutes(5)), opened(apologise())) == ()


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.POINT])
def test_what_is_spoken_is_no_written_apology(channel: Channel) -> None:
    with pytest.raises(ApologyIsWritten):
        did(apologise(channel=channel), opened())


def test_an_offer_is_noted_once() -> None:
    assert did(offer("steel-lamp"), opened()) == (SubstituteOffered("anna", ("steel-lamp",), None, MONDAY),)
    assert did(offer("steel-lamp"), opened(offer("steel-lamp"))) == ()


def test_something_else_is_another_offer() -> None:
    assert opened(offer("steel-lamp"), offer("tin-lamp")).offered == ("steel-lamp", "tin-lamp")


@pytest.mark.parametrize("reason", set(CancelReason) - OUR_FAULT - {CancelReason.TEST})
def test_a_customer_may_go_for_his_own_reasons(reason: CancelReason) -> None:
    ended = given(place(), cancel(reason))

    assert isinstance(ended, Cancelled)
    assert (ended.reason, ended.lapsed, ended.offer_made, ended.cancelled_by) == (
        reason,
        False,
        False,
        "anna",
    )


@pytest.mark.parametrize("reason", OUR_FAULT)
def test_after_a_fault_of_ours_nobody_goes_without_an_offer(reason: CancelReason) -> None:
    with pytest.raises(OfferOwed):
        did(cancel(reason), opened())


@pytest.mark.parametrize("reason", OUR_FAULT)
def test_after_an_offer_he_may_go(reason: CancelReason) -> None:
    for change in (*did(cancel(reason, offer_made=True), opened()), *did(cancel(reason), opened(offer()))):
        assert isinstance(change, OrderCancelled)
        assert change.offer_made


def test_an_offer_made_before_goods_were_missing_anew_does_not_count() -> None:
    with pytest.raises(OfferOwed):
        did(cancel(CancelReason.OUT_OF_STOCK), opened(offer(), supply(Supply.SHORT, "brass-lamp")))


def test_only_a_test_order_is_cancelled_as_a_test() -> None:
    with pytest.raises(NotATestOrder):
        did(cancel(CancelReason.TEST), opened())

    assert isinstance(given(place(is_test=True), cancel(CancelReason.TEST)), Cancelled)


def test_an_order_lapses_after_attempts_on_two_days_an_apology_and_an_offer() -> None:
    ended = given(place(), *ALL_TRIED, lapse(TOMORROW))

    assert isinstance(ended, Cancelled)
    assert (ended.reason, ended.lapsed, ended.offer_made) == ("lapsed", True, True)


@pytest.mark.parametrize(
    ("tried", "lacking"),
    [
        ((), "3 attempts (0 made), attempts on 2 days (0 so far), a written apology, an offer"),
        ((*TRIES[:2], apologise(), offer()), "3 attempts (2 made), attempts on 2 days (1 so far)"),
        ((*TRIES[:2], attempt(minutes(200)), apologise(), offer()), "attempts on 2 days (1 so far)"),
        ((TRIES[0], TRIES[2], apologise(), offer()), "3 attempts (2 made)"),
        ((*TRIES, offer()), "a written apology"),
        ((*TRIES, apologise()), "an offer"),
    ],
)
def test_it_does_not_lapse_before_and_the_refusal_names_what_is_missing(
    tried: tuple[Command, ...], lacking: str
) -> None:
    with pytest.raises(LapseNotEarned) as no:
        did(lapse(TOMORROW), opened(*tried))

    assert no.value.about == {"missing": lacking}


def test_days_are_days_of_the_shop() -> None:
    midnight_in_moscow = MONDAY + timedelta(hours=14)  # 21:00 UTC
    around = (
        attempt(midnight_in_moscow - timedelta(minutes=5)),
        attempt(midnight_in_moscow + timedelta(minutes=5)),
    )

    assert len(did(lapse(TOMORROW), opened(attempt(), *around, apologise(), offer()))) == 1


def test_a_stricter_shop_asks_for_more() -> None:
    strict = Clocks(CLOCKS.calendar, Policy(lapse_attempts=4, lapse_days=3))

    with pytest.raises(LapseNotEarned, match=r"4 attempts \(3 made\), attempts on 3 days \(2 so far\)"):
        did(lapse(TOMORROW, clocks=strict), opened(*ALL_TRIED))


def test_letting_go_twice_changes_nothing() -> None:
    lapsed, cancelled = given(place(), *ALL_TRIED, lapse(TOMORROW)), given(place(), cancel())

    assert [did(again, ended) for again in (lapse(TOMORROW), cancel()) for ended in (lapsed, cancelled)] == [
        ()
    ] * 4


@pytest.mark.parametrize("command", [attempt(), reach(), apologise(), offer(), give("boris")])
def test_nothing_more_is_done_about_a_cancelled_order(command: Command) -> None:
    with pytest.raises(OrderCancelledAlready):
        did(command, given(place(), cancel()))
