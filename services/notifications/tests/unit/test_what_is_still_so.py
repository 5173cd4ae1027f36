"""What is known of an order, in whatever order it is heard; which messages it asks for, and which must not go any more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from chassis.handling import fold
from kernel.money import Money
from notifications.domain.correspondence import Correspondence, HearOrder, evolve, hear
from notifications.domain.message import About, Refund
from notifications.domain.planning import message_id, on_agreed, on_offer, on_refund, on_taken
from notifications.domain.policies import USUAL
from notifications.domain.wanting import is_silent, unwanted
from notifications.domain.words import Channel, Template
from notifications.testing.letters import MONDAY, PROMISE, known, minutes, order, writing

OTHER = replace(PROMISE, reservation_id="r-2")


def heard(*news: HearOrder) -> Correspondence | None:
    it: Correspondence | None = None
    for each in news:
        it = fold(evolve, list(hear(each, it)), it)
    return it


def test_news_in_any_order_and_twice_ends_the_same() -> None:
    news = (
        HearOrder(order(), 1),
        HearOrder(order(promise=PROMISE), 2, offered=True),
        HearOrder(order(promise=OTHER), 3, refunded="rf-1"),
        HearOrder(order(promise=OTHER, cancelled=True), 4, refunded="rf-2"),
    )
    for way in permutations(news):
        it = heard(*way, *way)
        assert it
        assert (it.order.cancelled, it.sequence, it.offer, set(it.refunded)) == (True, 4, 2, {"rf-1", "rf-2"})


def test_what_was_known_changes_nothing() -> None:
    assert hear(HearOrder(order(), 1), known()) == []
    assert hear(HearOrder(order(cancelled=True), 1), replace(known(), sequence=2)) == []


@pytest.mark.parametrize("template", list(Template))
def test_of_a_cancelled_order_only_money_is_told(template: Template) -> None:
    about = About(promise=PROMISE, refund=Refund("rf-1", Money(100), date(2026, 3, 12)))

    reason = unwanted(writing(template, about=about), known(cancelled=True, promise=PROMISE), MONDAY)

    money = template in (Template.REFUND_DUE, Template.REFUNDED)
    assert reason == (None if money else "order_cancelled")


def test_what_was_agreed_anew_offered_anew_or_refunded_since_is_not_told() -> None:
    agreed = writing(Template.DELIVERY_AGREED, about=About(promise=PROMISE))
    offer = writing(Template.APOLOGY_AND_OFFER, about=About(offer=5))
    due = writing(Template.REFUND_DUE, about=About(refund=Refund("rf-1", Money(100))))

    assert unwanted(agreed, known(promise=PROMISE), MONDAY) is None
    assert unwanted(agreed, known(promise=OTHER), MONDAY) == "agreed_anew"
    assert unwanted(agreed, known(), MONDAY) == "agreed_anew"
    assert unwanted(agreed, known(promise=PROMISE), PROMISE.ends_at) == "too_late"
    assert unwanted(offer, replace(known(), offer=5), MONDAY) is None
    assert unwanted(offer, replace(known(), offer=6), MONDAY) == "offered_anew"
    assert unwanted(due, known(), MONDAY) is None
    assert unwanted(due, replace(known(), refunded=("rf-1",)), MONDAY) == "refunded_since"


def test_a_reminder_speaks_of_tomorrow_so_it_ends_with_today() -> None:
    reminder = writing(Template.DELIVERY_REMINDER, about=About(promise=PROMISE))
    midnight = datetime(2026, 3, 3, 21, tzinfo=UTC)  # in Moscow

    assert unwanted(reminder, known(promise=PROMISE), midnight - timedelta(minutes=1)) is None
    assert unwanted(reminder, known(promise=PROMISE), midnight) == "too_late"


def test_test_orders_and_those_of_before_are_silent() -> None:
    since = replace(USUAL, silent_before=minutes(1))

    assert is_silent(known(is_test=True), USUAL)
    assert is_silent(known(), since)
    assert not is_silent(known(placed_at=minutes(1)), since)
    assert not is_silent(known(), USUAL)


def test_the_same_thing_to_say_is_the_same_message_by_whatever_fact() -> None:
    first, second = (on_taken(order(), at, USUAL)[0] for at in (MONDAY, minutes(9)))
    agreed, reminder = on_agreed(PROMISE, MONDAY, USUAL)
    anew = on_agreed(replace(PROMISE, promised_at=minutes(5)), MONDAY, USUAL)[0]

    assert message_id("o-1", first, Channel.SMS) == message_id("o-1", second, Channel.SMS)
    named = [
        message_id("o-1", first, Channel.SMS),
        message_id("o-1", first, Channel.EMAIL),
        message_id("o-2", first, Channel.SMS),
        message_id("o-1", agreed, Channel.SMS),
        message_id("o-1", reminder, Channel.SMS),
        message_id("o-1", anew, Channel.SMS),
    ]
    assert len(set(named)) == len(named)


def test_each_occasion_has_its_moment_and_its_end() -> None:
    (taken,) = on_taken(order(), minutes(3), USUAL)
    (offer,) = on_offer(("copper-lamp",), None, sequence=4, at=MONDAY, policy=USUAL)
    (until,) = on_offer(("copper-lamp",), minutes(90), sequence=4, at=MONDAY, policy=USUAL)
    agreed, reminder = on_agreed(PROMISE, MONDAY, USUAL)
    (due,) = on_refund(Refund("rf-1", Money(1), date(2026, 3, 12)), MONDAY, USUAL)

    assert taken.expires_at == MONDAY + timedelta(hours=24)
    assert offer.expires_at == MONDAY + timedelta(hours=24)
    assert until.expires_at == minutes(90)
    assert agreed.expires_at == PROMISE.ends_at
    assert reminder.not_before == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert due.template is Template.REFUND_DUE
    assert on_refund(Refund("rf-1", Money(1)), MONDAY, USUAL)[0].template is Template.REFUNDED
