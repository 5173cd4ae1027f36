"""With his first completed order a customer passes from the sales manager to an account manager, once (R98)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crm.application.announcing_customers import announce_customer
from crm.domain.customer import Change, Customer
from crm.domain.customer_decider import decide
from crm.domain.customer_evolving import evolve
from crm.domain.handover import (
    DeclineHandover,
    FirstOrder,
    FirstOrderNoted,
    HandOver,
    NoteOrder,
    OwnerChanged,
    Stage,
)
from kernel.actor import Actor, Role, service
from kernel.phone import Phone
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
BY = NOW + timedelta(hours=4)
BORIS = Actor("boris", frozenset({Role.ACCOUNT_MANAGER}))
FIRST = FirstOrder("o-1", NOW)
pelageya = Customer("c-1", "igla", (Phone.parse("+79161234567"),), ("h",), owner_id="anna")
to_boris = HandOver("c-1", "boris", "first_order", frozenset({"boris"}), BORIS.roles, service("crm"), NOW, BY)
ordered = NoteOrder("c-1", FIRST, "anna", to_boris)


def did(command: NoteOrder | HandOver | DeclineHandover, customer: Customer) -> Sequence[Change]:
    decision = decide(command, customer)
    assert not isinstance(decision, Refused)
    return decision


def after(*commands: NoteOrder | HandOver | DeclineHandover) -> Customer:
    customer = pelageya
    for command in commands:
        for change in did(command, customer):
            customer = evolve(customer, change)
    return customer


def test_the_order_is_noted_and_the_customer_passes_on_in_one_write() -> None:
    noted, passed_on = did(ordered, pelageya)

    assert noted == FirstOrderNoted(FIRST)
    assert isinstance(passed_on, OwnerChanged)
    assert (passed_on.owner_id, passed_on.reason, passed_on.stage) == ("boris", "first_order", Stage.CUSTOMER)
    assert (passed_on.by, passed_on.accept_by) == ("service:crm", BY)


def test_only_the_new_owner_is_told_of() -> None:
    assert announce_customer(FirstOrderNoted(FIRST), after(ordered)) == []


@pytest.mark.parametrize("order_id", ["o-1", "o-2"])
def test_told_again_or_of_the_next_order_nothing_comes_of_it(order_id: str) -> None:
    again = replace(ordered, first=FirstOrder(order_id, BY), of="boris")

    assert did(again, after(ordered)) == []


def test_where_he_is_to_stay_it_is_noted_all_the_same() -> None:
    assert did(replace(ordered, handing=None), pelageya) == [FirstOrderNoted(FIRST)]


def test_who_was_handed_over_for_a_sale_before_is_left_where_he_is_also_when_he_was_declined() -> None:
    sold = replace(to_boris, reason="sold")
    no = DeclineHandover("c-1", "no_capacity", True, "vera", BORIS, NOW)

    assert did(replace(ordered, of="boris"), after(sold)) == [FirstOrderNoted(FIRST)]
    assert did(ordered, after(sold, no)) == [FirstOrderNoted(FIRST)]
    assert after(ordered, no).owner_id == "anna"


def test_while_another_hand_over_waits_none_is_begun() -> None:
    by_hand = replace(to_boris, reason="handed_over")

    assert did(replace(ordered, of="boris"), after(by_hand)) == [FirstOrderNoted(FIRST)]


def test_who_is_anothers_by_now_is_looked_at_anew() -> None:
    assert did(ordered, replace(pelageya, owner_id="vera")) == []
