"""Something is offered instead of missing goods, and the customer answers once: his consent stays with the line (R25, R30)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.refusal import Refusal
from orders.domain import goods_refusals as no
from orders.domain.deadlines import deadlines, due
from orders.domain.goods_changes import (
    OfferExpired,
    OfferMade,
    SubstituteAccepted,
    SubstituteDeclined,
)
from orders.domain.goods_commands import GoodsCommand
from orders.domain.offers import Said
from orders.domain.refusals import MixedCurrencyOrder, OrderCancelledAlready
from orders.domain.words import CancelReason, Channel, Supply
from orders.testing.lamps import (
    CLOCKS,
    MONDAY,
    SHADE,
    cancel,
    did,
    given,
    minutes,
    opened,
    passed,
    place,
    refused,
    supply,
)
from orders.testing.people import KIRA, SITE
from orders.testing.substitutes import COPPER, GONE, STEEL, answer, change, later, make

THREE_DAYS = timedelta(days=3)


def test_an_offer_names_the_line_the_products_their_prices_and_its_hour() -> None:
    (made,) = did(make(STEEL, COPPER), opened(GONE))

    assert isinstance(made, OfferMade)
    offer = made.offer
    assert (offer.offer_no, offer.line_no, offer.product_id, offer.quantity) == (1, 1, "brass-lamp", 2)
    assert offer.expires_at == MONDAY + CLOCKS.policy.offer_lasts == MONDAY + THREE_DAYS
    assert [offer.difference(each) for each in offer.substitutes] == [Money(-100000), Money(200000)]


def test_an_offer_and_a_written_apology_are_what_a_shortage_owes() -> None:
    order = opened(GONE, make())

    assert (order.offered, order.offered_at, order.owes_apology) == (("steel-lamp",), MONDAY, True)


def test_the_same_offer_while_it_waits_offers_nothing_anew() -> None:
    order = opened(GONE, make())

    assert did(make(at=minutes(5)), order) == ()
    assert len(did(make(COPPER, at=minutes(5)), order)) == 1
    assert len(did(make(at=minutes(5), lasts=timedelta(hours=1)), order)) == 1


def test_a_new_offer_for_a_line_withdraws_the_one_before() -> None:
    order = opened(GONE, make(), make(COPPER, at=minutes(5)))

    assert [each.withdrawn for each in order.goods.offers] == [True, False]
    with pytest.raises(no.OfferWithdrawn):
        did(answer(), order)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (make(line_no=7), no.UnknownLine),
        (make(replace(STEEL, product_id="brass-lamp")), no.SameProduct),
        (make(closed=frozenset({"steel-lamp"})), no.SaleClosed),
        (make(replace(STEEL, unit_price=Money(5000, "USD"))), MixedCurrencyOrder),
        (make(lasts=timedelta(minutes=-1)), no.OfferOutOfSight),
        (make(lasts=timedelta(days=367)), no.OfferOutOfSight),
    ],
)
def test_what_can_not_be_offered(command: GoodsCommand, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        did(command, opened(GONE))


def test_who_does_not_work_orders_neither_offers_nor_answers() -> None:
    order = opened(GONE, make())

    assert refused(make(COPPER, actor=KIRA), order).refusal.rule == "R31"
    assert refused(answer(actor=SITE), order).refusal.rule == "R31"


@pytest.mark.parametrize("channel", [None, Channel.PHONE, Channel.MESSENGER])
def test_a_yes_replaces_the_line_and_keeps_the_consent(channel: Channel | None) -> None:
    order = opened(GONE, make(), answer(channel=channel, at=minutes(10)))

    steel, shade = order.lines
    assert (steel.line_no, steel.product_id, steel.quantity, steel.unit_price) == (
        3,
        "steel-lamp",
        2,
        STEEL.unit_price,
    )
    assert shade == SHADE
    assert order.goods_total == Money(2 * 598000 + 90000)
    consent = order.goods.offers[0].answer
    assert consent
    by = "anna" if channel else "customer"
    assert (consent.said, consent.by, consent.at, consent.channel) == (Said.YES, by, minutes(10), channel)
    assert (consent.product_id, consent.line_no) == ("steel-lamp", 3)


def test_after_a_yes_procurement_has_to_look_again() -> None:
    order = opened(GONE, make(), answer())

    assert (order.supply, order.missing) == (Supply.SOUGHT, ())


def test_of_several_the_answer_says_which() -> None:
    order = opened(GONE, make(STEEL, COPPER))

    with pytest.raises(no.NotInTheOffer):
        did(answer(), order)
    with pytest.raises(no.NotInTheOffer):
        did(answer(product_id="gold-lamp"), order)
    (accepted,) = did(answer(product_id="copper-lamp"), order)
    assert isinstance(accepted, SubstituteAccepted)
    assert accepted.line.product_id == "copper-lamp"


def test_an_offer_has_one_answer() -> None:
    taken = opened(GONE, make(), answer(channel=None))

    assert did(answer(), taken) == (), "the same said to a person changes nothing"
    with pytest.raises(no.OfferAnsweredAlready):
        did(answer(Said.NO), taken)


def test_a_no_makes_the_next_offer_due_or_lets_the_order_be_cancelled() -> None:
    order = opened(GONE, make())

    (declined,) = did(answer(Said.NO, at=minutes(10)), order)

    assert isinstance(declined, SubstituteDeclined)
    assert declined.next_offer_at == minutes(130)
    after = opened(GONE, make(), answer(Said.NO, at=minutes(10)))
    assert Deadline("next_offer", minutes(130)) in due(after)
    assert Deadline("next_offer", minutes(130)) not in due(
        opened(GONE, make(), answer(Said.NO), make(COPPER))
    )
    assert given(place(), GONE, make(), answer(Said.NO), cancel(CancelReason.OUT_OF_STOCK)).goods_total


def test_nobody_offers_again_in_time_and_it_is_told_once() -> None:
    order = opened(GONE, make(), answer(Said.NO), passed("next_offer", minutes(120)))

    assert order.goods.next_offer_overdue
    assert "next_offer" not in {each.name for each in due(order)}


def test_a_no_to_goods_that_came_meanwhile_owes_nothing() -> None:
    order = opened(GONE, make(), supply(Supply.ALLOCATED), answer(Said.NO))

    assert order.goods.next_offer_at is None
    assert not order.owes_next_offer


def test_an_offer_ends_by_the_clock_and_then_another_is_due() -> None:
    order = opened(GONE, make())
    until = order.goods.offers[0].expires_at
    assert Deadline("offer:1", until) in deadlines(order)

    (expired,) = [each for each in did(passed("offer:1", until), order) if isinstance(each, OfferExpired)]

    assert expired.next_offer_at == CLOCKS.after(until, CLOCKS.policy.apology_within)
    after = opened(GONE, make(), passed("offer:1", until))
    assert after.owes_next_offer
    with pytest.raises(no.OfferExpiredAlready):
        did(later(answer(), THREE_DAYS), after)


def test_an_answer_at_the_very_end_comes_too_late() -> None:
    order = opened(GONE, make())

    with pytest.raises(no.OfferExpiredAlready):
        did(later(answer(), THREE_DAYS), order)
    assert did(later(answer(), THREE_DAYS - timedelta(seconds=1)), order)


@pytest.mark.parametrize("changed", [change((1, 0)), change((1, 5))])
def test_an_offer_for_a_line_that_is_not_as_it_was_is_withdrawn(changed: GoodsCommand) -> None:
    order = opened(GONE, make(), changed)

    with pytest.raises(no.OfferWithdrawn):
        did(answer(), order)


def test_a_cancelled_order_takes_no_answer() -> None:
    ended = given(place(), GONE, make(), cancel())

    with pytest.raises(OrderCancelledAlready):
        did(answer(channel=None), ended)
    assert "offer:1" not in {each.name for each in deadlines(ended)}


def test_nothing_of_that_number_was_offered() -> None:
    with pytest.raises(no.UnknownOffer):
        did(answer(offer_no=2), opened(GONE, make()))
