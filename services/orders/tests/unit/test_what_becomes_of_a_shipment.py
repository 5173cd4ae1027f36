"""An order is completed, or comes back to its person, by what it hears of its shipments (R50-R52)."""

from dataclasses import replace
from functools import reduce
from itertools import permutations

import pytest
from kernel.money import Money
from orders.domain.commands import Command
from orders.domain.deadlines import due
from orders.domain.evolving import evolve
from orders.domain.goods_commands import ChangeAddress, ChangeLines
from orders.domain.journey_commands import SeeToDelivery
from orders.domain.journeys import Trouble
from orders.domain.ledger import Method, RefundReason, RefundStage, Terms
from orders.domain.order import Cancelled, Completed, Open, Order
from orders.domain.owing import balance
from orders.domain.refusals import GoodsAreOnTheirWay, OrderCompletedAlready
from orders.domain.words import Supply
from orders.testing.lamps import CLOCKS, MARIA, ORDER_ID, cancel, did, given, passed, place, reach, supply
from orders.testing.parcels import WEDNESDAY_NOON, arrived, came_back, failed, left
from orders.testing.people import ANNA, KIRA
from orders.testing.promises import EVENING, agree
from orders.testing.purse import pay

ALL = Money(1_386_000 + 39_000)
"""Goods and delivery."""
PROMISED: tuple[Command, ...] = (reach(), supply(Supply.ALLOCATED), agree())


def promised(terms: Terms = Terms.ON_DELIVERY) -> Order:
    return given(place(terms=terms), *PROMISED)


def after(order: Order, *commands: Command) -> Order:
    for command in commands:
        order = reduce(evolve, did(command, order), order)
    return order


def names(order: Order, command: Command) -> list[str]:
    return [type(each).__name__ for each in did(command, order)]


def test_delivered_whole_it_is_completed() -> None:
    order = after(promised(), left())

    assert names(order, arrived(collected=ALL)) == ["ShipmentArrived", "PaymentRecorded", "OrderCompleted"]
    ended = after(order, arrived(collected=ALL))

    assert isinstance(ended, Completed)
    assert (ended.kept, balance(ended).due.minor, due(ended)) == (((1, 2), (2, 1)), 0, [])
    assert [(each.method, each.reference) for each in ended.money.payments] == [
        (Method.AT_DOOR, f"delivery:{ORDER_ID}.1")
    ]


def test_what_was_paid_and_not_kept_is_owed_back() -> None:
    order = after(promised(Terms.PREPAID), pay(ALL), left())

    ended = after(order, arrived(kept=((1, 1),)))

    (refund,) = ended.money.refunds
    assert (refund.amount, refund.reason) == (Money(648_000 + 90_000), RefundReason.NOT_KEPT)
    assert balance(ended).owed == Money(648_000 + 39_000)


def test_bonuses_pay_for_what_was_kept_in_proportion() -> None:
    order = after(promised(), left())
    assert isinstance(order, Open)
    order = replace(order, goods=replace(order.goods, bonuses=Money(693_000)))

    ended = after(order, arrived(kept=((1, 1),)))

    assert balance(ended).bonuses == Money(693_000 * 648_000 // 1_386_000)
    assert balance(ended).owed == Money(648_000 + 39_000 - 324_000)


def test_what_he_still_owes_is_asked_after_until_it_is_paid() -> None:
    ended = after(promised(), left(), arrived())
    assert isinstance(ended, Completed)

    assert [each.name for each in due(ended)] == ["collect"]
    assert names(ended, passed("collect", ended.collect_at)) == ["CollectingOverdue"]
    assert due(after(ended, pay(ALL))) == []


@pytest.mark.parametrize("news", [failed(), failed(final=True), came_back()])
def test_what_failed_comes_back_to_its_person_with_a_deadline(news: Command) -> None:
    order = after(promised(), left(), news)

    assert isinstance(order, Open)
    task = order.shipping.task
    assert task
    assert task.due_at == CLOCKS.after(WEDNESDAY_NOON, CLOCKS.policy.come_back_within)
    assert "delivery" in [each.name for each in due(order)]
    assert names(order, passed("delivery", task.due_at)) == ["ComingBackOverdue"]
    decides = task.trouble is Trouble.DECIDE
    assert (order.delivery.holds is None, order.delivery.void) == (
        (True, "delivery_failed") if decides else (False, None)
    )


def test_seeing_to_it_is_enough_while_it_is_tried_again() -> None:
    see = SeeToDelivery(ORDER_ID, ANNA, WEDNESDAY_NOON)
    trying, over = after(promised(), left(), failed()), after(promised(), left(), failed(final=True))

    assert (names(trying, see), names(over, see)) == (["DeliverySeenTo"], [])
    assert names(after(trying, see), see) == []


def test_sent_again_it_needs_another_agreement_and_is_completed_by_it() -> None:
    order = after(promised(), left(), failed(final=True), came_back(), agree(EVENING))
    assert isinstance(order, Open)
    assert order.shipping.task is None

    ended = after(order, left("2"), arrived(shipment="2"))

    assert isinstance(ended, Completed)
    assert len(ended.shipping.journeys) == 2


def test_late_news_of_the_first_shipment_does_not_touch_the_second() -> None:
    order = after(promised(), left(), agree(EVENING), left("2"))

    order = after(order, failed(final=True), came_back())

    assert isinstance(order, Open)
    assert (order.shipping.task, order.delivery.void) == (None, None)


@pytest.mark.parametrize("told", [*permutations([left(), failed(), failed(final=True, told=7), came_back()])])
def test_a_failure_ends_the_same_in_whatever_order_it_is_told(told: tuple[Command, ...]) -> None:
    order = after(promised(), *told, *told)

    assert isinstance(order, Open)
    assert order.shipping.task
    assert (order.shipping.task.trouble, order.delivery.void) == (Trouble.DECIDE, "delivery_failed")
    assert order.shipping.journeys == after(promised(), *told[::-1]).shipping.journeys


@pytest.mark.parametrize("told", [*permutations([left(), failed(), arrived(collected=ALL), came_back()])])
def test_a_delivery_ends_the_same_in_whatever_order_it_is_told(told: tuple[Command, ...]) -> None:
    ended = after(promised(), *told, *told)

    assert isinstance(ended, Completed)
    assert (balance(ended).paid, balance(ended).due.minor) == (ALL, 0)


def test_nothing_is_changed_while_the_goods_are_on_their_way() -> None:
    order = after(promised(), left())
    lines = ChangeLines(ORDER_ID, ((1, 1),), (), ANNA, WEDNESDAY_NOON, CLOCKS, frozenset())
    assert MARIA.address
    move = ChangeAddress(ORDER_ID, MARIA.name, ANNA, WEDNESDAY_NOON, CLOCKS)

    for command in (lines, move):
        with pytest.raises(GoodsAreOnTheirWay):
            did(command, order)
    assert names(after(order, failed(final=True)), lines) == ["LinesChanged"]


def test_cancelled_on_its_way_it_stays_cancelled_when_it_comes_back() -> None:
    order = after(promised(Terms.PREPAID), pay(ALL), left(), cancel(), came_back())

    assert isinstance(order, Cancelled)
    assert [each.amount for each in order.money.refunds] == [ALL]


def test_handed_over_while_it_was_cancelled_it_is_completed_and_nothing_is_owed_back() -> None:
    order = after(promised(Terms.PREPAID), pay(ALL), left(), cancel(), arrived())

    assert isinstance(order, Completed)
    assert order.cancelled_for == "changed_mind"
    assert balance(order).refund_due.minor == 0
    assert [each.stage for each in order.money.refunds] == [RefundStage.WITHDRAWN]


def test_refused_at_the_door_it_is_to_be_decided() -> None:
    order = after(promised(), left(), arrived(kept=()))

    assert isinstance(order, Open)
    assert order.shipping.task
    assert order.shipping.task.trouble is Trouble.DECIDE


def test_a_completed_order_is_neither_changed_nor_cancelled() -> None:
    ended = after(promised(), left(), arrived(collected=ALL))

    with pytest.raises(OrderCompletedAlready):
        did(cancel(actor=ANNA), ended)
    with pytest.raises(OrderCompletedAlready):
        did(SeeToDelivery(ORDER_ID, KIRA, WEDNESDAY_NOON), ended)


def test_cancelled_while_it_was_handed_over_it_says_why_also_when_a_second_shipment_arrives() -> None:
    order = after(promised(), left(), cancel())

    ended = after(order, arrived(((1, 2),)), arrived(((2, 1),), shipment="2"))

    assert isinstance(ended, Completed)
    assert (ended.kept, ended.cancelled_for) == (((1, 2), (2, 1)), "changed_mind")
