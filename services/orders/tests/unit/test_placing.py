"""An order is taken, whoever else is down; from then on somebody answers for it by a deadline (R20, R31)."""

from dataclasses import replace

import pytest
from kernel.deadline import Deadline
from kernel.money import Money
from orders.domain.changes import OrderPlaced
from orders.domain.deadlines import deadlines, due
from orders.domain.numbering import ALPHABET, number_of, read_number
from orders.domain.order import Open
from orders.domain.refusals import EmptyOrder, MixedCurrencyOrder
from orders.domain.words import Chosen, Supply
from orders.testing.lamps import LAMPS, MONDAY, SHADE, did, given, minutes, place


def test_an_order_opens_with_a_person_and_what_is_to_be_done_by_when() -> None:
    order = given(place())

    assert isinstance(order, Open)
    assert (order.responsible_id, order.chosen, order.supply) == ("anna", Chosen.RULE, Supply.SOUGHT)
    assert due(order) == [
        Deadline("remind", minutes(30)),
        Deadline("reassign", minutes(120)),
        Deadline("alarm", minutes(300)),  # an hour of it is lunch
        Deadline("promise", minutes(480)),  # by the end of the working day (R31)
    ]


def test_crm_is_to_be_asked_at_once_who_the_customer_is() -> None:
    assert Deadline("resolve_customer", MONDAY) in deadlines(given(place()))


def test_the_total_is_what_the_lines_cost_together() -> None:
    order = given(place())

    assert order.placing.total == Money(2 * 648000 + 90000)


def test_placing_the_same_order_again_changes_nothing() -> None:
    assert did(place(at=minutes(3)), given(place())) == ()


def test_an_order_without_lines_is_none() -> None:
    with pytest.raises(EmptyOrder):
        did(place(lines=()), None)


def test_one_order_is_priced_in_one_currency() -> None:
    in_tenge = replace(SHADE, unit_price=Money(900000, "KZT"))

    with pytest.raises(MixedCurrencyOrder):
        did(place(lines=(LAMPS, in_tenge)), None)


def test_the_number_can_be_said_aloud_and_typed_back() -> None:
    number = number_of("order-1")

    assert len(number) == 11
    assert number[5] == "-"
    assert set(number.replace("-", "")) <= set(ALPHABET)
    assert {
        read_number(each) for each in (number, number.lower(), number.replace("-", ""), f" {number} ")
    } == {number}


def test_letters_that_look_alike_are_the_same() -> None:
    assert read_number("oiluO 0ill1") == "011V0-01111"


def test_another_draw_gives_another_number_to_the_same_order() -> None:
    (first,) = did(place(), None)
    (second,) = did(place(draw=1), None)

    assert isinstance(first, OrderPlaced)
    assert isinstance(second, OrderPlaced)
    assert first.placing.number == number_of("order-1") != second.placing.number
    assert second.placing.number == number_of("order-1", 1)


def test_numbers_of_many_orders_differ() -> None:
    assert len({number_of(f"order-{n}") for n in range(20_000)}) == 20_000
