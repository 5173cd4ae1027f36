"""What the shop lets a customer off takes a second person above the limit, by whatever way it is asked for (R55, R80)."""

import pytest
from kernel.money import Money
from orders.domain.decider import decide
from orders.domain.goods_commands import Added, ChangeLines
from orders.domain.ledger import RefundReason, RefundStage, Terms
from orders.domain.money_commands import RefuseGoodwill
from orders.domain.money_refusals import StillDue
from orders.domain.order import Completed, Order
from orders.domain.owing import balance
from orders.domain.words import Supply
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, given, opened, place, reach, supply
from orders.testing.owed import SMALL, after
from orders.testing.parcels import arrived, left
from orders.testing.people import ANNA, NINA
from orders.testing.promises import agree
from orders.testing.purse import ALL, approve, goodwill, pay

LARGE = Money(1_200_000)
"""Above the limit of 10,000 roubles."""
MOST = Money(900_000)
"""Below it, once."""


def test_what_is_taken_off_a_debt_stays_within_the_limit_since_nobody_would_be_asked() -> None:
    order = opened(pay(LARGE))

    with pytest.raises(StillDue):
        decide(goodwill(MOST), after(order, goodwill(SMALL), goodwill(SMALL)))
    assert not balance(after(order, goodwill(SMALL))).refund_due.minor


def test_goodwill_that_waits_for_a_second_person_pays_for_nothing() -> None:
    order = opened(pay(), goodwill(LARGE))

    added = after(order, adds(LARGE))

    (refund,) = added.money.refunds
    assert (refund.amount, refund.stage, balance(added).due) == (LARGE, RefundStage.DUE, LARGE)


def test_once_agreed_to_it_is_set_off_against_what_the_customer_owes() -> None:
    order = opened(pay(), goodwill(LARGE))

    agreed = after(order, adds(LARGE), approve())

    (refund,) = agreed.money.refunds
    assert (refund.stage, balance(agreed).due.minor) == (RefundStage.WITHDRAWN, 0)


def test_refused_after_goods_were_added_the_customer_owes_for_them() -> None:
    order = opened(pay(), goodwill(LARGE), adds(LARGE))

    refused = after(order, RefuseGoodwill(ORDER_ID, "r-1", NINA, MONDAY))

    assert (balance(refused).due, balance(refused).refund_due.minor) == (LARGE, 0)


def test_no_limit_is_passed_by_goodwill_that_was_set_off_meanwhile() -> None:
    order = opened(pay(), goodwill(MOST), adds(MOST))
    assert not balance(order).refund_due.minor

    again = after(order, goodwill(MOST))

    assert [each.needs_approval for each in again.money.refunds] == [False, True]


def test_goodwill_is_goodwill_where_a_part_was_not_kept_too_and_can_be_refused() -> None:
    order = after(partly_kept(), goodwill(SMALL))

    refund = order.money.refunds[-1]
    assert (refund.amount, refund.reason) == (SMALL, RefundReason.GOODWILL)
    refused = after(order, RefuseGoodwill(ORDER_ID, refund.refund_id, NINA, MONDAY))
    assert balance(refused).refund_due == balance(partly_kept()).refund_due


def partly_kept() -> Order:
    """Maria paid for two lamps and a shade, and kept one lamp."""
    whole = ALL + Money(39_000)
    order = given(place(terms=Terms.PREPAID), reach(), supply(Supply.ALLOCATED), agree(), pay(whole), left())
    ended = after(order, arrived(((1, 1),)))
    assert isinstance(ended, Completed)
    return ended


def adds(worth: Money) -> ChangeLines:
    """Maria takes something more."""
    return ChangeLines(ORDER_ID, (), (Added("fuse", "Предохранитель", 1, worth),), ANNA, MONDAY, CLOCKS)
