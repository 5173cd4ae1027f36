"""What an order makes of procurement's news: goods that are missing make an apology and an offer due (R24, R25)."""

import pytest
from kernel.deadline import Deadline
from orders.domain.changes import ItemUnavailable, SupplyHeard, SupplyToldAgain
from orders.domain.commands import Command
from orders.domain.deadlines import due
from orders.domain.order import Cancelled, Open
from orders.domain.words import Supply
from orders.testing.lamps import (
    MONDAY,
    apologise,
    cancel,
    did,
    given,
    minutes,
    offer,
    opened,
    passed,
    place,
    supply,
)

short = supply(Supply.SHORT, "brass-lamp")
APOLOGY = Deadline("apology", minutes(120))


def apology_due(order: Open) -> bool:
    return "apology" in {each.name for each in due(order)}


def test_goods_that_are_found_are_noted() -> None:
    assert did(supply(Supply.ALLOCATED), opened()) == (SupplyHeard(Supply.ALLOCATED),)


def test_missing_goods_make_an_apology_and_an_offer_due_in_two_working_hours() -> None:
    assert did(short, opened()) == (
        SupplyHeard(Supply.SHORT, ("brass-lamp",)),
        ItemUnavailable(("brass-lamp",), minutes(120), MONDAY),
    )
    assert APOLOGY in due(opened(short))


@pytest.mark.parametrize("news", [supply(Supply.ALLOCATED), short, supply(Supply.RELEASED)])
def test_news_told_again_changes_nothing_but_is_remembered(news: Command) -> None:
    assert did(news, opened(news)) == (SupplyToldAgain(),)


def test_an_apology_alone_is_not_enough() -> None:
    assert apology_due(opened(short, apologise()))


def test_an_offer_alone_is_not_enough() -> None:
    assert apology_due(opened(short, offer()))


def test_apology_and_offer_settle_it_in_either_order() -> None:
    assert not apology_due(opened(short, apologise(), offer()))
    assert not apology_due(opened(short, offer(), apologise()))


def test_goods_found_after_all_owe_no_apology() -> None:
    order = opened(short, supply(Supply.ALLOCATED))

    assert not order.owes_apology
    assert (order.supply, order.missing) == (Supply.ALLOCATED, ())


def test_goods_missing_anew_owe_a_new_apology_and_a_new_offer() -> None:
    order = opened(
        short,
        apologise(),
        offer(),
        supply(Supply.ALLOCATED),
        supply(Supply.SHORT, "green-shade", at=minutes(60)),
    )

    assert order.owes_apology
    assert (order.apologised_at, order.offered) == (None, ())


def test_more_goods_missing_do_not_put_the_apology_off() -> None:
    order = opened(short, supply(Supply.SHORT, "brass-lamp", "green-shade", at=minutes(90)))

    assert APOLOGY in due(order)
    assert order.missing == ("brass-lamp", "green-shade")


def test_fewer_goods_missing_ask_for_nothing_new() -> None:
    both = supply(Supply.SHORT, "brass-lamp", "green-shade")

    assert did(short, opened(both, apologise(), offer())) == (SupplyHeard(Supply.SHORT, ("brass-lamp",)),)


def test_goods_missing_after_an_overdue_apology_get_their_own_time() -> None:
    late = passed("apology", minutes(120))

    order = opened(short, late, supply(Supply.SHORT, "brass-lamp", "green-shade", at=minutes(240)))

    assert Deadline("apology", minutes(360)) in due(order)


def test_a_cancelled_order_stays_cancelled_whatever_procurement_tells() -> None:
    ended = given(place(), cancel())

    assert isinstance(ended, Cancelled)
    assert [did(news, ended) for news in (short, supply(Supply.ALLOCATED), supply(Supply.RELEASED))] == [
        (),
        (),
        (),
    ]


def test_news_of_an_unknown_order_opens_nothing() -> None:
    assert did(short, None) == ()
