"""Joining, being described, leaving; whom an owner alone manages (R4, R9, R10)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from crm.domain.refusals import (
    BuyerStaysSenior,
    ControllerReportsToOwner,
    GoesInCircles,
    OwnerStays,
    RolesNotTogether,
    StaffGone,
    StaffIdTaken,
    UnknownStaff,
)
from crm.domain.staff import Phones, Presence, Staff
from crm.domain.staff_changes import LeavingSettled, PasswordSet, StaffDescribed, StaffDismissed, StaffHired
from crm.domain.staff_commands import DescribeStaff, DismissStaff, HireStaff, SetPassword, SettleLeaving
from crm.domain.staffing import SETTLE_LEAVING, deadlines, decide, evolve
from kernel.actor import Actor, Grade, Role
from kernel.deadline import Deadline
from kernel.personal import Personal
from kernel.refusal import Refused
from kernel.refused_duty import NotYourDuty

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
VERA = Actor("vera", frozenset({Role.OWNER}))
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))


def anna(*roles: Role, grade: Grade = Grade.REGULAR) -> Staff:
    return Staff("anna", "igla", "anna", Personal("Anna"), grade, frozenset(roles), reports_to="vera")


def hire(staff: Staff, by: Actor = VERA, *, superior_is_owner: bool = True) -> HireStaff:
    return HireStaff(staff, superior_is_owner, by, NOW)


def describe(
    by: Actor = VERA, grade: Grade | None = None, to: str | None = None, *chain: str
) -> DescribeStaff:
    return DescribeStaff("anna", grade, to, chain, to == "vera", None, by, NOW)


def test_somebody_joins() -> None:
    assert decide(hire(anna(), CLERK), None) == [StaffHired(anna(), "clerk")]


def test_the_same_hired_twice_is_one_and_a_staff_id_is_never_another_persons() -> None:
    assert decide(hire(anna()), anna(Role.COURIER)) == []
    with pytest.raises(StaffIdTaken):
        decide(hire(replace(anna(), name=Personal("Another Anna"))), anna())


def test_who_does_not_manage_the_staff_hires_nobody() -> None:
    with pytest.raises(NotYourDuty):
        decide(hire(anna(), ANNA), None)


def test_the_first_people_begin_with_roles_that_go_together() -> None:
    senior = anna(Role.BUYER, Role.SALES_MANAGER, grade=Grade.SENIOR)

    assert decide(hire(senior), None) == [StaffHired(senior, "vera")]
    with pytest.raises(RolesNotTogether):
        decide(hire(anna(Role.CONFLICT_MANAGER, Role.SALES_MANAGER)), None)
    with pytest.raises(ControllerReportsToOwner):
        decide(hire(anna(Role.QUALITY_CONTROLLER), superior_is_owner=False), None)


def test_an_owner_says_who_is_a_senior_and_the_office_does_not() -> None:
    assert decide(describe(VERA, Grade.SENIOR), anna()) == [StaffDescribed(Grade.SENIOR, "vera", Phones())]
    assert isinstance(decide(describe(CLERK, Grade.SENIOR), anna()), Refused)


def test_a_buyer_stays_senior() -> None:
    with pytest.raises(BuyerStaysSenior):
        decide(describe(VERA, Grade.REGULAR), anna(Role.BUYER, grade=Grade.SENIOR))


def test_nobody_reports_to_himself_through_however_many() -> None:
    with pytest.raises(GoesInCircles):
        decide(describe(VERA, None, "boris", "carl", "anna", "vera"), anna())
    with pytest.raises(GoesInCircles):
        decide(describe(VERA, None, "anna"), anna())


def test_quality_control_reports_to_an_owner() -> None:
    with pytest.raises(ControllerReportsToOwner):
        decide(describe(VERA, None, "boris"), anna(Role.QUALITY_CONTROLLER))


def test_describing_as_it_is_changes_nothing() -> None:
    assert decide(describe(VERA, Grade.REGULAR, "vera"), anna()) == []


@pytest.mark.parametrize("role", [Role.OWNER, Role.QUALITY_CONTROLLER, Role.OFFICE_ADMINISTRATOR])
def test_whom_an_owner_alone_appoints_an_owner_alone_manages(role: Role) -> None:
    for command in (
        describe(CLERK, None, "boris"),
        DismissStaff("anna", CLERK, NOW),
        SetPassword("anna", CLERK, NOW),
    ):
        assert isinstance(decide(command, anna(role)), Refused)
        assert not isinstance(decide(command, anna()), Refused)


def test_everybody_sets_his_own_password_and_no_colleague_does() -> None:
    assert decide(SetPassword("anna", ANNA, NOW), anna()) == [PasswordSet("anna")]
    assert isinstance(decide(SetPassword("anna", replace(ANNA, id="boris"), NOW), anna()), Refused)


def test_who_is_dismissed_is_gone_and_what_he_had_in_hand_is_settled_at_once() -> None:
    dismissed = decide(DismissStaff("anna", VERA, NOW), anna())

    assert dismissed == [StaffDismissed("vera", NOW)]
    gone = evolve(anna(), StaffDismissed("vera", NOW))
    assert (gone.active, gone.presence, gone.is_there(NOW)) == (False, Presence.OFF, False)
    assert deadlines(gone) == [Deadline(SETTLE_LEAVING, NOW)]
    assert decide(SettleLeaving("anna", NOW), gone) == [LeavingSettled()]
    assert deadlines(evolve(gone, LeavingSettled())) == []


def test_dismissing_twice_is_dismissing_once() -> None:
    gone = evolve(anna(), StaffDismissed("vera", NOW))

    assert decide(DismissStaff("anna", VERA, NOW), gone) == []
    assert decide(SettleLeaving("anna", NOW), anna()) == []
    with pytest.raises(StaffGone):
        decide(describe(), gone)


def test_the_last_owner_is_not_dismissed() -> None:
    with pytest.raises(OwnerStays):
        decide(DismissStaff("anna", VERA, NOW, other_owners=False), anna(Role.OWNER))


def test_nobody_is_described_before_he_is_hired() -> None:
    with pytest.raises(UnknownStaff):
        decide(describe(), None)
