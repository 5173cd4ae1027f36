"""Accessories are offered beside the goods; what is said to them is kept by the order until it is counted (R30)."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from chassis.handling import fold
from kernel.actor import Grade
from kernel.money import Money
from kernel.refusal import Refused
from orders.domain import goods_commands as g
from orders.domain import product_links as links
from orders.domain.deadlines import deadlines
from orders.domain.goods_refusals import NotAnAccessory
from orders.domain.offers import Said
from orders.domain.pairs import Count, Counted, Pair, count, counted
from orders.domain.tallies import Heard, Kind, Tally
from orders.testing.lamps import MONDAY, ORDER_ID, cancel, did, given, minutes, opened, place
from orders.testing.people import ANNA, OLGA
from orders.testing.substitutes import COPPER, GONE, STEEL, answer, change, make, suggest, wick


def said(tallies: Sequence[Tally]) -> list[tuple[str, str, str, Heard, int]]:
    return [(each.kind.value, each.product_id, each.other_id, each.heard, each.minor) for each in tallies]


def test_an_accessory_is_offered_once_however_often_it_is_said() -> None:
    order = opened(suggest(), suggest(at=minutes(5)))

    assert len(order.goods.suggested) == 1
    assert said(order.goods.tallies) == [("accessory", "brass-lamp", "wick", Heard.OFFERED, 0)]


def test_an_accessory_that_comes_into_the_order_afterwards_was_taken() -> None:
    order = opened(suggest(), change(add=(wick(),), at=minutes(5)))

    assert order.goods.suggested[0].taken_at == minutes(5)
    assert said(order.goods.tallies)[1:] == [("accessory", "brass-lamp", "wick", Heard.ACCEPTED, 15000)]


def test_it_is_sold_once_however_many_products_it_was_offered_with() -> None:
    order = opened(suggest(("brass-lamp", "wick"), ("green-shade", "wick")), change(add=(wick(),)))

    taken = [each for each in order.goods.tallies if each.heard is Heard.ACCEPTED]
    assert said(taken) == [("accessory", "brass-lamp", "wick", Heard.ACCEPTED, 15000)]


def test_what_nobody_offered_was_not_taken() -> None:
    assert opened(change(add=(wick(),))).goods.tallies == ()


def test_only_what_goes_with_something_ordered_is_offered() -> None:
    with pytest.raises(NotAnAccessory):
        did(suggest(("no-lamp", "wick")), opened())
    assert did(suggest(("brass-lamp", "green-shade")), opened()) == (), "it is in the order already"


def test_offers_and_answers_of_substitutes_are_counted_too() -> None:
    taken = opened(GONE, make(STEEL, COPPER), answer(product_id="steel-lamp"))
    declined = opened(GONE, make(STEEL, COPPER), answer(Said.NO))

    offered = [("substitute", "brass-lamp", each, Heard.OFFERED, 0) for each in ("steel-lamp", "copper-lamp")]
    assert said(taken.goods.tallies) == [
        *offered,
        ("substitute", "brass-lamp", "steel-lamp", Heard.ACCEPTED, 1196000),
    ]
    assert [each.heard for each in declined.goods.tallies[2:]] == [Heard.DECLINED, Heard.DECLINED]


def test_what_is_to_be_counted_is_due_at_once_and_outlives_a_cancellation() -> None:
    order = given(place(), suggest(), cancel())

    assert ("tally:1", MONDAY) in {(each.name, each.at) for each in deadlines(order)}
    kept = given(place(), suggest(), cancel(), g.ForgetTallies(ORDER_ID, 1, MONDAY))
    assert kept.goods.tallies == ()


def test_what_came_meanwhile_stays_to_be_counted() -> None:
    order = opened(suggest(), change(add=(wick(),)), g.ForgetTallies(ORDER_ID, 1, MONDAY))

    assert [each.tally_no for each in order.goods.tallies] == [2]
    assert did(g.ForgetTallies(ORDER_ID, 1, MONDAY), order) == ()


def tally(heard: Heard, minor: int = 0, currency: str = "RUB") -> Counted:
    at = MONDAY + timedelta(days=30)
    return Counted(Tally(1, Kind.ACCESSORY, "brass-lamp", "wick", heard, at, minor, currency))


def test_a_month_of_a_pair_adds_up() -> None:
    heard = [
        tally(Heard.OFFERED),
        tally(Heard.OFFERED),
        tally(Heard.ACCEPTED, 15000),
        tally(Heard.ACCEPTED, 1, "USD"),
        tally(Heard.DECLINED),
    ]

    pair = fold(counted, heard)

    assert pair == Pair(Kind.ACCESSORY, "brass-lamp", "wick", "2026-04", 2, 2, 1, Money(15000))
    assert Count(heard[0].tally).key == "accessory|brass-lamp|wick|2026-04"
    assert count(Count(heard[0].tally), pair) == [heard[0]]


def linked(*commands: links.Command) -> links.ProductLinks | None:
    state: links.ProductLinks | None = None
    for command in commands:
        decision = links.decide(command, state)
        changes = decision.changes if isinstance(decision, Refused) else decision
        state = fold(links.evolve, changes, state)
    return state


LINK = links.LinkProduct("brass-lamp", "wick", "Фитиль", OLGA, MONDAY)
UNLINK = links.UnlinkProduct("brass-lamp", "wick", OLGA, MONDAY)


def test_products_are_linked_renamed_and_unlinked() -> None:
    renamed = links.LinkProduct("brass-lamp", "wick", "Фитиль хлопковый", OLGA, MONDAY)

    assert [each.title for each in (linked(LINK, renamed) or links.ProductLinks("")).accessories] == [
        "Фитиль хлопковый"
    ]
    assert links.decide(LINK, linked(LINK)) == []
    assert linked(LINK, UNLINK) == links.ProductLinks("brass-lamp")
    assert links.decide(UNLINK, linked(LINK, UNLINK)) == []
    with pytest.raises(links.UnknownLink):
        links.decide(UNLINK, None)
    with pytest.raises(links.LinkToItself):
        links.decide(links.LinkProduct("wick", "wick", "Фитиль", OLGA, MONDAY), None)


def test_linking_is_the_duty_of_who_looks_after_products() -> None:
    attempt = links.LinkProduct("brass-lamp", "wick", "Фитиль", ANNA, MONDAY)

    decision = links.decide(attempt, None)

    assert isinstance(decision, Refused)
    assert decision.refusal.rule == "R30"
    assert linked(attempt) == links.ProductLinks("brass-lamp"), "the attempt is kept, and nothing is linked"
    assert ANNA.grade is not Grade.SENIOR
