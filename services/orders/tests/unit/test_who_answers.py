"""Who answers for an order: a pure rule over the people as crm told of them (R20, R98)."""

from collections import Counter
from datetime import timedelta

import pytest
from kernel.actor import Role
from orders.domain.changes import CustomerLinked, OrderReassigned, OwnerHeard
from orders.domain.team import Team, choose
from orders.domain.words import Chosen
from orders.testing.lamps import MONDAY, did, follow, give, given, link, minutes, opened, place
from orders.testing.people import SELLERS, member, team

YESTERDAY, TOMORROW = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)
AWAY = (YESTERDAY, None)

anna, busy_boris = member("anna"), member("boris", open_orders=7)


@pytest.mark.parametrize(
    ("people", "chosen"),
    [
        pytest.param(SELLERS, "anna", id="who answers for the fewest"),
        pytest.param(team(member("anna", away=AWAY), busy_boris), "boris", id="nobody who is away"),
        pytest.param(team(member("anna", away=(TOMORROW, None)), busy_boris), "anna", id="away from tomorrow on"),
        pytest.param(team(member("anna", away=(YESTERDAY, MONDAY)), busy_boris), "anna", id="back this very moment"),
        pytest.param(team(member("anna", active=False), busy_boris), "boris", id="nobody who has left"),
        pytest.param(team(member("rita", Role.BUYER), busy_boris), "boris", id="nobody who does not sell"),
        pytest.param(team(member("alla", Role.ACCOUNT_MANAGER), busy_boris), "boris", id="sales before accounts"),
        pytest.param(team(member("alla", Role.ACCOUNT_MANAGER)), "alla", id="accounts when nobody else sells"),
        pytest.param(
            team(member("anna", away=AWAY, deputy="svet"), member("svet", Role.SERVICE_OWNER)), "svet",
            id="the deputy of who is away",
        ),
        pytest.param(
            team(member("anna", active=False, deputy="svet"), member("svet", Role.SERVICE_OWNER)), "olga",
            id="no deputy of who has left",
        ),
        pytest.param(team(member("rita", Role.BUYER)), "olga", id="the owner when nobody sells"),
        pytest.param(team(), "olga", id="the owner when crm has told of nobody"),
        pytest.param(
            team(member("olga", Role.OWNER, away=AWAY, deputy="svet"), member("svet", Role.SERVICE_OWNER)), "svet",
            id="the deputy of the owner",
        ),
    ],
)  # fmt: skip
def test_an_order_is_given_to(people: Team, chosen: str) -> None:
    assert choose(people, MONDAY, "order-1")[0] == chosen


def test_only_a_choice_by_default_is_called_so() -> None:
    assert choose(SELLERS, MONDAY, "order-1")[1] is Chosen.RULE
    assert choose(team(), MONDAY, "order-1")[1] is Chosen.DEFAULT


def test_among_equals_work_spreads_and_the_same_order_meets_the_same_person() -> None:
    equals = team(member("anna"), member("boris"), member("vera"))

    given_to = [choose(equals, MONDAY, f"order-{n}")[0] for n in range(300)]

    assert given_to == [choose(equals, MONDAY, f"order-{n}")[0] for n in range(300)]
    assert min(Counter(given_to).values()) > 60


def test_the_order_goes_to_who_answers_for_the_customer() -> None:
    changes = did(link("vera"), given(place()))

    assert changes == (
        CustomerLinked("c-maria", "vera"),
        OrderReassigned("anna", "vera", "customer_owner", Chosen.CUSTOMER_OWNER, minutes(1)),
    )


@pytest.mark.parametrize("owner", [None, "anna"])
def test_a_customer_without_an_owner_or_with_the_same_one_moves_nothing(owner: str | None) -> None:
    assert did(link(owner), given(place())) == (CustomerLinked("c-maria", owner),)


def test_a_customer_is_named_once() -> None:
    assert did(link("vera"), opened(link("anna"))) == ()


def test_an_owner_who_is_away_is_stood_in_for() -> None:
    people = team(member("vera", away=AWAY, deputy="boris"), member("boris"))

    moved = did(link("vera", people), given(place()))[1]

    assert isinstance(moved, OrderReassigned)
    assert moved.to_id == "boris"


def test_an_owner_who_is_away_without_a_deputy_changes_nobodys_place() -> None:
    people = team(member("vera", away=AWAY), member("anna"))

    assert did(link("vera", people), given(place())) == (CustomerLinked("c-maria", "vera"),)


def test_an_owner_of_whom_crm_has_not_told_yet_is_believed() -> None:
    order = opened(follow("newcomer"))

    assert (order.responsible_id, order.owner_id) == ("newcomer", "newcomer")


def test_the_order_follows_its_customer_to_his_new_owner() -> None:
    order = opened(link("vera"), follow("boris"))

    assert (order.responsible_id, order.chosen) == ("boris", Chosen.CUSTOMER_OWNER)


def test_the_same_owner_again_moves_nobody_and_is_noted() -> None:
    assert did(follow("boris"), opened(link("vera"), follow("boris"))) == (OwnerHeard("boris"),)


def test_whom_a_person_chose_no_rule_moves() -> None:
    order = opened(give("boris"), link("vera"), follow("anna"))

    assert (order.responsible_id, order.chosen) == ("boris", Chosen.PERSON)
