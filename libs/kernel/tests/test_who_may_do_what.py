"""Duties are judged again at each action, since a token of another issuer never met the check at the grant (R9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.action import Action
from kernel.actor import Actor, Grade, Role, service
from kernel.duties import DUTIES, may, may_approve, overridable_by, rule_against
from kernel.pairs import CONTROLLED, MACHINES, SELLS

CLAIM_WORK = (Action.TAKE_CLAIM, Action.ANSWER_CLAIM, Action.CLOSE_CLAIM)


def somebody(*roles: str, grade: Grade = Grade.REGULAR) -> Actor:
    return Actor("misha", frozenset(map(Role, roles)), grade)


OWNER, SELLER, NOBODY = somebody("owner"), somebody("sales_manager"), somebody()
SETTLER, CONTROLLER = somebody("conflict_manager"), somebody("quality_controller")
RAISA = somebody("buyer", grade=Grade.SENIOR)


@pytest.mark.parametrize("action", Action)
def test_every_action_has_its_duty_and_its_rule(action: Action) -> None:
    assert DUTIES[action].rule.startswith("R")
    assert bool(DUTIES[action].never) == bool(DUTIES[action].never_rule)
    assert may(OWNER, action)
    assert rule_against(NOBODY, action) == DUTIES[action].rule


@pytest.mark.parametrize("sells", sorted(SELLS))
def test_who_sells_opens_and_reads_a_claim_but_never_settles_it(sells: Role) -> None:
    """R6: whatever else he is, the owner included."""
    for actor in (somebody(sells), somebody(sells, "conflict_manager"), somebody(sells, "owner")):
        assert may(actor, Action.OPEN_CLAIM)
        assert may(actor, Action.READ_CLAIM)
        assert [rule_against(actor, action) for action in CLAIM_WORK] == ["R6", "R6", "R6"]


def test_claims_are_settled_by_the_conflict_manager() -> None:
    """R5."""
    assert all(may(SETTLER, action) for action in CLAIM_WORK)
    assert rule_against(somebody("logistician"), Action.CLOSE_CLAIM) == "R5"


def test_who_settles_claims_does_not_sell() -> None:
    assert not may(SETTLER, Action.PLACE_ORDER)


@pytest.mark.parametrize("controlled", sorted(CONTROLLED))
def test_the_controlled_never_check_quality(controlled: Role) -> None:
    """R8, R9."""
    for actor in (somebody(controlled), somebody(controlled, "quality_controller")):
        assert not may(actor, Action.CHECK_QUALITY)
    assert rule_against(somebody(controlled, "quality_controller"), Action.CHECK_QUALITY) == "R9"


def test_the_controller_checks_and_touches_nothing_he_checks() -> None:
    """R9: he calls every customer, and opens a claim from a bad answer."""
    assert {action for action in Action if may(CONTROLLER, action)} == {
        Action.CHECK_QUALITY,
        Action.READ_ANSWERS,
        Action.UNMASK_CUSTOMER,
        Action.OPEN_CLAIM,
        Action.READ_CLAIM,
        Action.READ_CALL,
        Action.HEAR_RECORDING,
    }


@pytest.mark.parametrize("action", [Action.IMPORT_FEED, Action.CONFIRM_SUPPLY, Action.SET_STOCK])
def test_only_a_senior_deals_with_suppliers(action: Action) -> None:
    """R4: a buyer's token of another issuer is worth nothing without the grade."""
    assert may(RAISA, action)
    assert rule_against(somebody("buyer"), action) == "R4"
    assert not may(SELLER, action)


def test_a_warehouse_worker_who_is_called_a_buyer_still_counts_the_stock() -> None:
    assert may(somebody("buyer", "warehouse_worker"), Action.SET_STOCK)


def test_nobody_approves_what_he_asked_for() -> None:
    """R80: four eyes."""
    assert not may_approve("raisa", "raisa")
    assert may_approve("owner", "raisa")


def test_an_order_is_placed_by_who_sells_and_by_the_site() -> None:
    site = somebody("site")

    assert all(may(somebody(role), Action.PLACE_ORDER) for role in SELLS)
    assert may(site, Action.PLACE_ORDER)
    assert not may(site, Action.LAPSE_ORDER)
    assert not may(site, Action.UNMASK_CUSTOMER)


@pytest.mark.parametrize("role", ["warehouse_worker", "courier", "partner", "lawyer", "call_centre_agent"])
def test_who_packs_brings_or_helps_out_does_not_change_an_order(role: str) -> None:
    """R50, R59, R115."""
    for action in (Action.WORK_ORDER, Action.CANCEL_ORDER, Action.LAPSE_ORDER, Action.UNMASK_CUSTOMER):
        assert not may(somebody(role), action)


def test_only_the_owner_waives() -> None:
    """R12."""
    waivers = [role for role in Role if may(somebody(role), Action.WAIVE_PAIR)]

    assert waivers == [Role.OWNER]


def test_a_service_does_by_itself_only_what_is_told_of_it() -> None:
    assert {action for action in Action if may(service("orders"), action)} == {
        Action.PLACE_ORDER,
        Action.RECORD_PAYMENT,
        Action.ASK_REFUND,
        Action.READ_CONTACT,
        Action.RESERVE_CAPACITY,
        Action.READ_DIRECTORY,
    }


def test_who_asks_for_money_or_writes_terms_is_not_who_approves_them() -> None:
    """R60, R80: by role already, and by `may_approve` where one person holds both."""
    assert may(SELLER, Action.ASK_REFUND)
    assert rule_against(SELLER, Action.APPROVE_REFUND) == "R80"
    assert rule_against(somebody("logistician"), Action.APPROVE_TERMS) == "R60"
    assert rule_against(RAISA, Action.APPROVE_PURCHASE) == "R80"


def test_only_the_owner_runs_a_rush() -> None:
    """R18, R116."""
    assert [role for role in Role if may(somebody(role), Action.RUN_RUSH)] == [Role.OWNER]


@pytest.mark.parametrize("action", Action)
def test_a_refusal_names_people_to_turn_to(action: Action) -> None:
    named = overridable_by(action)

    assert "owner" in named
    assert not MACHINES & set(map(Role, named))


@given(st.sets(st.sampled_from(list(Role))), st.sampled_from(list(Action)))
def test_no_set_of_roles_settles_claims_and_sells_or_controls(roles: set[Role], action: Action) -> None:
    actor = Actor("misha", frozenset(roles), Grade.SENIOR)

    if action in CLAIM_WORK and may(actor, action):
        assert not roles & (SELLS | {Role.QUALITY_CONTROLLER})
    if action is Action.CHECK_QUALITY and may(actor, action):
        assert not roles & CONTROLLED
