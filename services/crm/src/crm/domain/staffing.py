"""The rules of a member of the staff: joining, being described, leaving; and which rule a command goes to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from kernel.action import Action
from kernel.actor import Grade, Role
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, NotYourDuty, duty, refused

from crm.domain import staff_changes as s
from crm.domain import staff_commands as c
from crm.domain.attending import come_back, leave_for_a_while, show
from crm.domain.granting import begin_with, grant, superior_fits, take
from crm.domain.guarding import himself_or_managing, managing, working
from crm.domain.refusals import BuyerStaysSenior, OwnerStays, StaffIdTaken
from crm.domain.staff import Presence, Staff
from crm.domain.staff_changes import Change
from crm.domain.staff_commands import Command

SETTLE_LEAVING = "settle_leaving"


class ImpossibleHistory(Exception):
    """A change that can't have happened to this person: a defect."""


def decide(command: Command, staff: Staff | None) -> Decision[Change]:  # noqa: C901, PLR0911 - one case a command
    """The rule of each command."""
    match command:
        case c.HireStaff():
            return hire(command, staff)
        case c.DescribeStaff():
            return describe(command, staff)
        case c.GrantRole():
            return grant(command, staff)
        case c.TakeRole():
            return take(command, staff)
        case c.StartAbsence():
            return leave_for_a_while(command, staff)
        case c.EndAbsence():
            return come_back(command, staff)
        case c.ShowPresence():
            return show(command, staff)
        case c.SetPassword():
            return himself_or_managing(command.actor, working(staff)) or [s.PasswordSet(command.actor.id)]
        case c.DismissStaff():
            return dismiss(command, staff)
        case c.SettleLeaving():
            return [s.LeavingSettled()] if staff and staff.dismissed_at else []
        case c.KnowPhones():
            return know_phones(command, staff)
        case _:
            assert_never(command)


def know_phones(command: c.KnowPhones, staff: Staff | None) -> Decision[Change]:
    """Where he is rung, and nothing else: a service alone says so without managing him."""
    found = working(staff)
    no = None if command.actor.has(Role.SERVICE) else managing(command.actor, found)
    phones = command.phones if command.whole else command.phones.over(found.phones)
    described = s.StaffDescribed(found.grade, found.reports_to, phones)
    return no or ([] if phones == found.phones else [described])


def hire(command: c.HireStaff, staff: Staff | None) -> Decision[Change]:
    """A new member. The same again changes nothing; a staff id is never given to somebody else."""
    no = duty(command.actor, Action.MANAGE_STAFF)
    if no:
        raise no.refusal  # nobody is there yet whose history could remember the attempt
    if staff is not None:
        if (staff.login, staff.shop_id, staff.name) == _who(command.staff):
            return []
        raise StaffIdTaken("Somebody has or had this staff id.", staff_id=staff.staff_id)
    begin_with(command.staff, superior_is_owner=command.superior_is_owner)
    return [s.StaffHired(command.staff, command.actor.id)]


def describe(command: c.DescribeStaff, staff: Staff | None) -> Decision[Change]:
    """Another grade, superior or phone. An owner says who is how far, and a buyer stays senior (R4)."""
    found = working(staff)
    no = managing(command.actor, found)
    if no:
        return no
    grade = command.grade or found.grade
    if grade is not found.grade and not command.actor.has(Role.OWNER):
        text = "Only an owner sets a grade (R4)."
        return refused(
            command.actor, Action.MANAGE_STAFF, "R4", NotYourDuty(text, may_do_it=Role.OWNER.value)
        )
    if Role.BUYER in found.roles and grade is not Grade.SENIOR:
        raise BuyerStaysSenior("A buyer is a senior; take the role first (R4).")
    if command.reports_to:
        chain = (command.reports_to, *command.chain)
        superior_fits(found.staff_id, found.roles, chain, is_owner=command.superior_is_owner)
    phones = command.phones.over(found.phones) if command.phones else found.phones
    described = s.StaffDescribed(grade, command.reports_to or found.reports_to, phones)
    same = described == s.StaffDescribed(found.grade, found.reports_to, found.phones)
    return [] if same else [described]


def dismiss(command: c.DismissStaff, staff: Staff | None) -> Decision[Change]:
    """He works here no more; his tokens end within minutes, his history stays."""
    if staff is not None and not staff.active:
        return []
    found = working(staff)
    no = managing(command.actor, found)
    if no:
        return no
    if Role.OWNER in found.roles and not command.other_owners:
        raise OwnerStays("The last owner stays.")
    return [s.StaffDismissed(command.actor.id, command.at)]


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
            return replace(staff, active=False, presence=Presence.OFF, dismissed_at=change.at)
        case s.LeavingSettled():
            return replace(staff, dismissed_at=None)
        case s.PasswordSet() | DutyRefused():
            return staff


def deadlines(staff: Staff) -> Sequence[Deadline]:
    """What somebody who left had in hand is given to others at once. Who is absent is back when his absence is over."""
    return [Deadline(SETTLE_LEAVING, staff.dismissed_at)] if staff.dismissed_at else []


def _who(staff: Staff) -> tuple[object, ...]:
    return (staff.login, staff.shop_id, staff.name)
