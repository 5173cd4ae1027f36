"""Roles that one person may not hold together (rules.md, "Pairs that must not be combined"; R4-R12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Grade, Role
from kernel.pairs import MACHINES, PAIRS, Pair, breach, conflicts

FORBIDDEN_PAIRS = tuple(pair for pair in PAIRS if not pair.tolerated)
TOLERATED_PAIRS = tuple(pair for pair in PAIRS if pair.tolerated)

SENIOR = Grade.SENIOR
BY_PAIR = {frozenset({pair.one, pair.other}): pair for pair in PAIRS}

people = st.sets(st.sampled_from([role for role in Role if role not in MACHINES]))


def together(one: str, other: str) -> Pair | None:
    return BY_PAIR.get(frozenset({Role(one), Role(other)}))


@pytest.mark.parametrize(
    "controlled",
    [
        "sales_manager", "account_manager", "phone_operator", "call_centre_agent",
        "buyer", "conflict_manager", "warehouse_worker", "courier",
    ],
)  # fmt: skip
def test_who_controls_is_none_of_the_controlled(controlled: str) -> None:
    """R8, R9: nobody can strike a deal with the controller."""
    pair = together("quality_controller", controlled)

    assert pair is not None
    assert pair.rule == "R9"
    assert not pair.tolerated


@pytest.mark.parametrize("sells", ["sales_manager", "account_manager", "phone_operator", "call_centre_agent"])
def test_claims_are_not_given_to_who_sells(sells: str) -> None:
    """R6."""
    pair = together("conflict_manager", sells)

    assert pair is not None
    assert pair.rule == "R6"
    assert not pair.tolerated


@pytest.mark.parametrize("together_with", ["logistician", "office_administrator"])
def test_a_small_firm_may_join_quality_with_logistics_and_the_office(together_with: str) -> None:
    """R12: but the owner says so, and it is recorded."""
    pair = together("quality_controller", together_with)

    assert pair is not None
    assert pair.rule == "R12"
    assert pair.tolerated


def test_logistics_and_the_office_go_together_without_asking() -> None:
    assert breach({Role.LOGISTICIAN}, Role.OFFICE_ADMINISTRATOR, Grade.REGULAR) is None


def test_a_pair_is_either_forbidden_or_tolerated_and_stands_once() -> None:
    assert FORBIDDEN_PAIRS
    assert TOLERATED_PAIRS
    assert len(BY_PAIR) == len(PAIRS)
    assert all(pair.rule and pair.one is not pair.other for pair in PAIRS)


@pytest.mark.parametrize("grade", [Grade.TRAINEE, Grade.REGULAR])
def test_only_a_senior_becomes_a_buyer(grade: Grade) -> None:
    """R4."""
    refused = breach((), Role.BUYER, grade)

    assert refused is not None
    assert refused.rule == "R4"
    assert breach((), Role.BUYER, SENIOR) is None


@pytest.mark.parametrize("machine", ["service", "site", "partner"])
def test_a_person_never_gets_the_role_of_a_program(machine: str) -> None:
    assert breach((), Role(machine), SENIOR, {Role(machine)}) is not None


@pytest.mark.parametrize("pair", FORBIDDEN_PAIRS, ids=lambda pair: f"{pair.one}+{pair.other}")
def test_a_forbidden_pair_is_refused_both_ways_whatever_was_waived(pair: Pair) -> None:
    for held, wanted in ((pair.one, pair.other), (pair.other, pair.one)):
        refused = breach({held}, wanted, SENIOR, set(Role))

        assert refused is not None
        assert refused.rule == pair.rule
        assert pair.one in refused.words
        assert pair.other in refused.words


@pytest.mark.parametrize("pair", TOLERATED_PAIRS, ids=lambda pair: f"{pair.one}+{pair.other}")
def test_a_tolerated_pair_needs_the_owners_waiver(pair: Pair) -> None:
    for held, wanted in ((pair.one, pair.other), (pair.other, pair.one)):
        refused = breach({held}, wanted, SENIOR)

        assert refused is not None
        assert "owner may waive" in refused.words
        assert breach({held}, wanted, SENIOR, {wanted}) is None


def test_a_waiver_for_one_role_is_none_for_another() -> None:
    assert breach({Role.QUALITY_CONTROLLER}, Role.LOGISTICIAN, SENIOR, {Role.SERVICE_OWNER}) is not None


def test_an_old_sin_does_not_stand_in_the_way_of_a_harmless_role() -> None:
    """A pair held already is for the audit; the grant asks about the new role alone."""
    held = {Role.QUALITY_CONTROLLER, Role.COURIER}

    assert breach(held, Role.TOP_MANAGEMENT, SENIOR) is None
    assert [pair.rule for pair in conflicts(held)] == ["R9"]


@given(people, st.sampled_from(list(Grade)))
def test_roles_granted_one_by_one_never_make_a_forbidden_pair(wanted: set[Role], grade: Grade) -> None:
    held: set[Role] = set()

    for role in sorted(wanted):
        if breach(held, role, grade, wanted) is None:
            held.add(role)

    assert all(pair.tolerated for pair in conflicts(held))
    assert grade is SENIOR or Role.BUYER not in held
