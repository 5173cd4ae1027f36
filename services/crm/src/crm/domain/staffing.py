"""Hiring, absence, presence, leaving; and which rule a command goes to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from kernel.actor import Grade, Role
from kernel.deadline import Deadline
from kernel.duties import Action
from kernel.refusal import Decision

from crm.domain import staff as s
from crm.domain.granting import grant, superior_fits, take
from crm.domain.guarding import duty, working
from crm.domain.refusals import DeputyNeeded, DeputyUnfit, NotYourDuty, OwnerStays
from crm.domain.staff import Change, Command, Presence, Staff


class ImpossibleHistory(Exception):
    """A change that can't have happened to this person: a defect."""


def decide(command: Command, staff: Staff | None) -> Decision[Change]:  # noqa: C901, PLR0911 - one case a command
    """The rule of each command."""
    match command:
        case s.HireStaff():
            return hire(command, staff)
        case s.DescribeStaff():
            return describe(command, staff)
        case s.GrantRole():
            return grant(command, staff)
        case s.TakeRole():
            return take(command, staff)
        case s.StartAbsence():
            return leave_for_a_while(command, staff)
        case s.EndAbsence():
            return come_back(command, staff)
        case s.ShowPresence():
            return show(command, staff)
        case s.DismissStaff():
            return dismiss(command, staff)
        case _:
            assert_never(command)


def hire(command: s.HireStaff, staff: Staff | None) -> Decision[Change]:
    """A new member, without any role yet."""
    if staff is not None:
        return []
    if duty(command.actor, Action.MANAGE_STAFF):
        raise NotYourDuty("Only who manages the staff hires (R9).")
    return [
        s.StaffHired(
            Staff(
                staff_id=command.staff_id,
                shop_id=command.shop_id,
                login=command.login,
                name=command.name,
                grade=command.grade,
                reports_to=command.reports_to,
                phones=command.phones,
            )
        )
    ]


def describe(command: s.DescribeStaff, staff: Staff | None) -> Decision[Change]:
    """Another grade, superior or phone. A buyer stays senior (R4)."""
    found = working(staff)
    no = duty(command.actor, Action.MANAGE_STAFF)
    if no:
        return no
    reports_to = command.reports_to or found.reports_to
    if command.reports_to:
        chain = (command.reports_to, *command.chain)
        superior_fits(found.staff_id, found.roles, chain, is_owner=command.superior_is_owner)
    grade = command.grade or found.grade
    if Role.BUYER in found.roles and grade is not Grade.SENIOR:
        raise NotYourDuty("A buyer is a senior; take the role first (R4).")
    described = s.StaffDescribed(grade, reports_to, command.phones or found.phones)
    same = (grade, reports_to, described.phones) == (found.grade, found.reports_to, found.phones)
    return [] if same else [described]


def leave_for_a_while(command: s.StartAbsence, staff: Staff | None) -> Decision[Change]:
    """Away, with a deputy who is there and can do the work; a conflict manager's absence needs one (R5)."""
    found = working(staff)
    no = None if command.actor.id == found.staff_id else duty(command.actor, Action.MANAGE_STAFF)
    if no:
        return no
    deputy = command.deputy
    if deputy is None and Role.CONFLICT_MANAGER in found.roles:
        raise DeputyNeeded("A conflict manager names a deputy before he is away (R5).")
    if deputy is not None and not _can_stand_in(deputy, found, command):
        raise DeputyUnfit("The deputy is gone, away himself, the same person, or lacks the roles (R5).")
    deputy_id = deputy.staff_id if deputy else None
    if (found.absence, found.deputy_id) == (command.absence, deputy_id):
        return []
    return [s.AbsenceStarted(command.absence, deputy_id)]


def _can_stand_in(deputy: Staff, absent: Staff, command: s.StartAbsence) -> bool:
    needed = absent.roles - {Role.OWNER, Role.OFFICE_ADMINISTRATOR, Role.SERVICE_OWNER}
    away = deputy.absence and (deputy.absence.until is None or command.absence.since < deputy.absence.until)
    return deputy.active and not away and deputy.staff_id != absent.staff_id and needed <= deputy.roles


def come_back(command: s.EndAbsence, staff: Staff | None) -> Decision[Change]:
    """Back at work."""
    found = working(staff)
    no = None if command.actor.id == found.staff_id else duty(command.actor, Action.MANAGE_STAFF)
    if no:
        return no
    return [s.AbsenceEnded()] if found.absence else []


def show(command: s.ShowPresence, staff: Staff | None) -> Decision[Change]:
    """At work, on a break, off: he himself says, or who manages the staff, or a service that knows."""
    found = working(staff)
    own = command.actor.id == found.staff_id or command.actor.has(Role.SERVICE)
    no = None if own else duty(command.actor, Action.MANAGE_STAFF)
    if no:
        return no
    return [] if found.presence is command.presence else [s.PresenceShown(command.presence)]


def dismiss(command: s.DismissStaff, staff: Staff | None) -> Decision[Change]:
    """He works here no more; his tokens end within minutes, his history stays."""
    if staff is not None and not staff.active:
        return []
    found = working(staff)
    no = duty(command.actor, Action.MANAGE_STAFF)
    if no:
        return no
    if Role.OWNER in found.roles and not command.other_owners:
        raise OwnerStays("The last owner stays.")
    return [s.StaffDismissed(command.actor.id)]


def evolve(staff: Staff | None, change: Change) -> Staff:  # noqa: C901, PLR0911 - one case a change
    """The person after the change."""
    if isinstance(change, s.StaffHired):
        return change.staff
    if staff is None:
        raise ImpossibleHistory(type(change).__name__)
    match change:
        case s.StaffDescribed():
            return replace(staff, grade=change.grade, reports_to=change.reports_to, phones=change.phones)
        case s.RoleGranted():
            waived = {**staff.waived, change.role: change.waived_by} if change.waived_by else staff.waived
            return replace(staff, roles=staff.roles | {change.role}, waived=waived)
        case s.RoleTaken():
            waived = {role: by for role, by in staff.waived.items() if role is not change.role}
            return replace(staff, roles=staff.roles - {change.role}, waived=waived)
        case s.AbsenceStarted():
            return replace(staff, absence=change.absence, deputy_id=change.deputy_id)
        case s.AbsenceEnded():
            return replace(staff, absence=None, deputy_id=None)
        case s.PresenceShown():
            return replace(staff, presence=change.presence)
        case s.StaffDismissed():
            return replace(staff, active=False, presence=Presence.OFF)
        case s.DutyRefused():
            return staff


def deadlines(staff: Staff) -> Sequence[Deadline]:
    """A person waits for nothing; who is absent is back when his absence is over."""
    del staff
    return ()
