"""Who may hold which role, and who may say so (R4-R6, R9, R10, R12)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from crm.domain.refusals import ControllerReportsToOwner, DeputyNeeded, OwnerStays, RolesNotTogether
from crm.domain.staff import Absence, Staff
from crm.domain.staff_changes import Change, RoleGranted, RoleTaken
from crm.domain.staff_commands import GrantRole, TakeRole
from crm.domain.staffing import decide, evolve
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Actor, Grade, Role
from kernel.pairs import MACHINES, PAIRS, Pair
from kernel.personal import Personal
from kernel.refusal import Decision, Refusal, Refused
from kernel.refused_duty import DutyRefused, NotYourDuty

FORBIDDEN_PAIRS = [pair for pair in PAIRS if not pair.tolerated]
TOLERATED_PAIRS = [pair for pair in PAIRS if pair.tolerated]
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
VERA = Actor("vera", frozenset({Role.OWNER}))
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))


def anna(*roles: Role, grade: Grade = Grade.REGULAR) -> Staff:
    return Staff("anna", "igla", "anna", Personal("Anna"), grade, frozenset(roles))


def grant(role: Role, by: Actor = VERA, *, waiver: bool = False, superior_is_owner: bool = True) -> GrantRole:
    return GrantRole("anna", role, waiver, superior_is_owner, by, NOW)


def refusal(decision: Decision[Change]) -> tuple[DutyRefused, Refusal]:
    assert isinstance(decision, Refused)
    (change,) = decision.changes
    assert isinstance(change, DutyRefused)
    return change, decision.refusal


def test_an_owner_grants_a_role() -> None:
    assert decide(grant(Role.SALES_MANAGER), anna()) == [RoleGranted(Role.SALES_MANAGER, "vera", None)]


def test_granting_twice_changes_nothing() -> None:
    assert decide(grant(Role.SALES_MANAGER), anna(Role.SALES_MANAGER)) == []


@pytest.mark.parametrize("pair", FORBIDDEN_PAIRS, ids=str)
def test_a_forbidden_pair_is_refused_and_written_down_whatever_is_waived(pair: Pair) -> None:
    one, other = pair.one, pair.other

    change, no = refusal(decide(grant(other, waiver=True), anna(one, grade=Grade.SENIOR)))

    assert isinstance(no, RolesNotTogether)
    assert (change.action, change.actor_id) == (f"grant_{other}", "vera")


@pytest.mark.parametrize("pair", TOLERATED_PAIRS, ids=str)
def test_a_tolerated_pair_needs_the_owners_waiver_which_is_recorded(pair: Pair) -> None:
    one, other = pair.one, pair.other

    _, no = refusal(decide(grant(other), anna(one)))
    waived = decide(grant(other, waiver=True), anna(one))

    assert isinstance(no, RolesNotTogether)
    assert waived == [RoleGranted(other, "vera", "vera")]


def test_a_waiver_ends_with_the_role_it_was_given_for() -> None:
    both = replace(anna(Role.LOGISTICIAN, Role.QUALITY_CONTROLLER), waived={Role.QUALITY_CONTROLLER: "vera"})

    after = evolve(both, RoleTaken(Role.QUALITY_CONTROLLER, "vera"))

    assert after.waived == {}
    assert isinstance(decide(grant(Role.QUALITY_CONTROLLER), after), Refused)


def test_only_a_senior_buys() -> None:
    change, _ = refusal(decide(grant(Role.BUYER), anna()))

    assert change.rule == "R4"
    assert decide(grant(Role.BUYER), anna(grade=Grade.SENIOR)) == [RoleGranted(Role.BUYER, "vera", None)]


def test_nobody_grants_himself_a_role_and_be_he_the_owner() -> None:
    boss = replace(anna(Role.OWNER), staff_id="vera")
    itself = replace(grant(Role.SALES_MANAGER), staff_id="vera")

    change, no = refusal(decide(itself, boss))

    assert isinstance(no, NotYourDuty)
    assert change.rule == "R9"


@pytest.mark.parametrize("who", [ANNA, Actor("service:orders", frozenset({Role.SERVICE}))])
def test_whose_duty_it_is_not_grants_nothing(who: Actor) -> None:
    change, _ = refusal(decide(grant(Role.COURIER, who), anna()))

    assert change.actor_roles == tuple(sorted(who.roles))


@pytest.mark.parametrize("role", [Role.OWNER, Role.QUALITY_CONTROLLER, Role.OFFICE_ADMINISTRATOR])
def test_the_office_gives_and_takes_only_the_roles_of_the_days_work(role: Role) -> None:
    assert decide(grant(Role.COURIER, CLERK), anna()) == [RoleGranted(Role.COURIER, "clerk", None)]
    assert isinstance(decide(grant(role, CLERK), anna()), Refused)
    assert isinstance(decide(TakeRole("anna", role, CLERK, NOW), anna(role)), Refused)


def test_quality_control_reports_to_an_owner_and_to_nobody_else() -> None:
    with pytest.raises(ControllerReportsToOwner):
        decide(grant(Role.QUALITY_CONTROLLER, superior_is_owner=False), anna())


def test_who_is_away_without_a_deputy_does_not_become_conflict_manager() -> None:
    away = replace(anna(), absence=Absence(NOW))

    with pytest.raises(DeputyNeeded):
        decide(grant(Role.CONFLICT_MANAGER), away)


def test_the_last_owner_stays_owner() -> None:
    take = TakeRole("anna", Role.OWNER, VERA, NOW, other_owners=False)

    with pytest.raises(OwnerStays):
        decide(take, anna(Role.OWNER))


def test_a_role_taken_twice_is_taken_once() -> None:
    take = TakeRole("anna", Role.COURIER, VERA, NOW)

    assert decide(take, anna(Role.COURIER)) == [RoleTaken(Role.COURIER, "vera")]
    assert decide(take, anna()) == []


asked = st.tuples(
    st.sampled_from(sorted(Role)), st.sampled_from([VERA, CLERK, ANNA]), st.booleans(), st.booleans()
)


@given(st.lists(asked, max_size=30), st.sampled_from(Grade))
def test_whatever_is_granted_and_taken_no_forbidden_pair_is_ever_held(
    story: list[tuple[Role, Actor, bool, bool]], grade: Grade
) -> None:
    staff = replace(anna(grade=grade), staff_id="boris")
    for role, by, waiver, taking in story:
        command = (
            TakeRole("boris", role, by, NOW)
            if taking
            else GrantRole("boris", role, waiver, superior_is_owner=True, actor=by, at=NOW)
        )
        decision = decide(command, staff)
        for change in decision.changes if isinstance(decision, Refused) else decision:
            staff = evolve(staff, change)

        assert not [pair for pair in FORBIDDEN_PAIRS if pair.within(staff.roles)]
        assert all(
            pair.one in staff.waived or pair.other in staff.waived
            for pair in TOLERATED_PAIRS
            if pair.within(staff.roles)
        )
        assert set(staff.waived) <= staff.roles
        assert staff.roles.isdisjoint(MACHINES)
        assert Role.BUYER not in staff.roles or grade is Grade.SENIOR
