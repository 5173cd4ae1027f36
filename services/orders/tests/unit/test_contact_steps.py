"""Each step of the contact clock is a fact; who is gone does not keep an order; nothing lapses in silence (R20-R24)."""

from datetime import timedelta

import pytest
from kernel.actor import Role
from kernel.deadline import Deadline
from orders.domain.changes import AttentionPassed, Change, ContactOverdue, ContactReminded, OrderReassigned
from orders.domain.commands import DeadlinePassed
from orders.domain.deadlines import due
from orders.domain.order import Open
from orders.domain.team import Team
from orders.domain.words import Chosen, Supply
from orders.testing.lamps import (
    CLOCKS,
    MONDAY,
    cancel,
    did,
    give,
    given,
    minutes,
    opened,
    passed,
    place,
    reach,
    supply,
)
from orders.testing.people import OLGA, SELLERS, member, team

remind, reassign, alarm = (
    passed("remind", minutes(30)),
    passed("reassign", minutes(120)),
    passed("alarm", minutes(300)),
)
TUESDAY = CLOCKS.look_again(minutes(300))
ANNA_AWAY = team(member("anna", away=(MONDAY, None), deputy="vera"), member("boris"), member("vera"))
ANNA_GONE = team(member("anna", active=False, deputy="vera"), member("boris"))
NOBODY_ELSE = team(member("anna"))


def names(order_after: tuple[Change, ...]) -> list[str]:
    return [type(each).__name__ for each in order_after]


def people_owe(order: Open) -> list[Deadline]:
    """What is due besides the promise, whose clock runs beside this one (R31)."""
    return [each for each in due(order) if each.name != "promise"]


def test_after_half_an_hour_the_responsible_person_is_reminded() -> None:
    assert did(remind, opened()) == (ContactReminded(minutes(30)),)


def test_after_two_hours_somebody_else_answers_for_the_order() -> None:
    assert did(reassign, opened(remind)) == (
        OrderReassigned("anna", "boris", "not_contacted", Chosen.RULE, minutes(120), step=True),
    )


def test_after_four_hours_the_owner_of_the_shop_is_alarmed() -> None:
    changes = did(alarm, opened(remind, reassign))

    assert changes == (ContactOverdue("olga", minutes(300), TUESDAY),)
    assert people_owe(opened(remind, reassign, alarm)) == [Deadline("attention", TUESDAY)]


@pytest.mark.parametrize("step", [remind, reassign, alarm])
def test_a_step_is_taken_once(step: DeadlinePassed) -> None:
    order = opened(remind, reassign, alarm)

    assert did(step, order) == ()


def test_when_nobody_else_sells_the_owner_takes_it() -> None:
    (moved,) = did(passed("reassign", minutes(120), NOBODY_ELSE), opened())

    assert isinstance(moved, OrderReassigned)
    assert (moved.to_id, moved.chosen) == ("olga", Chosen.DEFAULT)


def test_when_there_is_only_one_person_the_step_is_a_fact_all_the_same() -> None:
    alone = given(place(team=team()))

    (moved,) = did(passed("reassign", minutes(120), team()), alone)

    assert isinstance(moved, OrderReassigned)
    assert (moved.from_id, moved.to_id, moved.reason) == ("olga", "olga", "nobody_else")


def test_a_person_may_pass_it_on_and_the_clock_still_runs() -> None:
    order = opened(give("boris", OLGA), remind)

    (moved,) = did(reassign, order)

    assert isinstance(moved, OrderReassigned)
    assert (moved.from_id, moved.to_id) == ("boris", "anna")


@pytest.mark.parametrize("name", ["remind", "alarm", "attention"])
@pytest.mark.parametrize(("people", "to_id"), [(ANNA_AWAY, "vera"), (ANNA_GONE, "boris")])
def test_at_each_step_an_order_leaves_who_is_gone_or_away(name: str, people: Team, to_id: str) -> None:
    order = opened()

    moved = did(passed(name, minutes(30), people), order)[0]

    assert isinstance(moved, OrderReassigned)
    assert (moved.from_id, moved.to_id, moved.reason, moved.step) == ("anna", to_id, "absent", False)


def test_leaving_who_is_away_does_not_spare_the_second_step() -> None:
    order = opened(passed("remind", minutes(30), ANNA_AWAY))

    assert order.responsible_id == "vera"
    assert "reassign" in {each.name for each in due(order)}


def test_somebody_unknown_to_orders_is_not_taken_for_gone() -> None:
    assert names(did(passed("remind", minutes(30), team(member("boris"))), opened())) == ["ContactReminded"]


def test_nobody_there_at_all_leaves_the_order_with_the_owner() -> None:
    gone = team(member("anna", active=False))

    moved = did(passed("remind", minutes(30), gone), opened())[0]

    assert isinstance(moved, OrderReassigned)
    assert moved.to_id == "olga"


def test_contact_stops_the_clock_and_sets_when_to_look_again() -> None:
    order = opened(reach(minutes(10)))

    assert [did(step, order) for step in (remind, reassign, alarm)] == [(), (), ()]
    assert people_owe(order) == [Deadline("attention", CLOCKS.look_again(minutes(10)))]


def test_an_open_order_is_looked_at_again_and_again() -> None:
    order, at = opened(reach()), MONDAY
    for _ in range(20):
        (waiting,) = people_owe(order)
        at = waiting.at
        (again,) = did(passed("attention", at), order)
        assert isinstance(again, AttentionPassed)
        assert timedelta(0) < again.attention_at - at < timedelta(days=5)
        order = opened(reach(), passed("attention", at))


def test_an_apology_that_is_not_made_in_time_is_overdue_once() -> None:
    short = opened(supply(Supply.SHORT, "brass-lamp"))
    late = passed("apology", minutes(120))

    assert names(did(late, short)) == ["ApologyOverdue"]
    assert did(late, opened(supply(Supply.SHORT, "brass-lamp"), late)) == ()


@pytest.mark.parametrize("name", ["remind", "reassign", "alarm", "apology", "attention"])
def test_a_cancelled_order_waits_for_nothing(name: str) -> None:
    order = opened()
    assert due(order)
    ended = given(place(), cancel())

    assert due(ended) == []
    assert did(passed(name, minutes(300)), ended) == ()


def test_a_deadline_of_an_unknown_order_means_nothing() -> None:
    assert did(remind, None) == ()


def test_the_owner_is_alarmed_of_the_shop_as_it_is_now() -> None:
    new_owner = team(member("anna"), member("pavel", Role.OWNER), last_resort="pavel")

    (alarmed,) = did(
        passed("alarm", minutes(300), new_owner), opened(remind, passed("reassign", minutes(120), SELLERS))
    )

    assert isinstance(alarmed, ContactOverdue)
    assert alarmed.alarmed_id == "pavel"
