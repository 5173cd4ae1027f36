"""Crm is asked who the customer is until it answers; the order never waits for it (R20)."""

from datetime import timedelta

from kernel.deadline import Deadline
from orders.domain.changes import NamingGivenUp, NamingPostponed
from orders.domain.commands import GiveUpNaming, PostponeNaming
from orders.domain.deadlines import deadlines, due
from orders.testing.lamps import MONDAY, ORDER_ID, cancel, did, given, link, minutes, opened, place

not_now, never = PostponeNaming(ORDER_ID, MONDAY), GiveUpNaming(ORDER_ID, "crm answered 422", MONDAY)


def asked_at(*asked: PostponeNaming) -> list[Deadline]:
    return [each for each in deadlines(opened(*asked)) if each.name == "resolve_customer"]


def test_crm_is_asked_again_after_a_moment() -> None:
    assert did(not_now, opened()) == (NamingPostponed(1, MONDAY + timedelta(seconds=5)),)
    assert asked_at(not_now) == [Deadline("resolve_customer", MONDAY + timedelta(seconds=5))]


def test_the_pauses_grow_to_ten_minutes_and_there_is_no_end_to_them() -> None:
    pauses = [(asked_at(*[not_now] * n)[0].at - MONDAY).total_seconds() for n in range(1, 12)]

    assert pauses == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]


def test_an_outage_of_crm_leaves_the_steps_of_an_order_alone() -> None:
    assert due(opened(*[not_now] * 50)) == due(opened())


def test_a_named_customer_is_not_asked_for_again() -> None:
    order = opened(not_now, link())

    assert "resolve_customer" not in {each.name for each in deadlines(order)}
    assert did(not_now, order) == ()


def test_a_number_that_crm_will_not_have_is_left_to_a_person() -> None:
    order = opened(never)

    assert order.customer_problem == "crm answered 422"
    assert did(never, order) == did(not_now, order) == ()
    assert deadlines(order) == due(order)


def test_giving_up_is_forgotten_when_the_customer_gets_a_name_all_the_same() -> None:
    order = opened(never, link())

    assert (order.customer_id, order.customer_problem) == ("c-maria", None)
    assert did(never, order) == ()


def test_giving_up_is_a_change() -> None:
    assert did(never, opened()) == (NamingGivenUp("crm answered 422"),)


def test_nobody_asks_about_a_cancelled_order() -> None:
    ended = given(place(), cancel())

    assert [did(each, ended) for each in (not_now, never, link())] == [(), (), ()]
    assert deadlines(ended) == []


def test_the_first_deadline_is_the_first_step_even_when_crm_was_asked_late() -> None:
    assert min(due(opened(not_now)), key=lambda each: each.at) == Deadline("remind", minutes(30))
