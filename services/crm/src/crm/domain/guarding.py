"""What commands about people are checked for first."""

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, NotYourDuty, duty, refused

from crm.domain.refusals import StaffGone, UnknownStaff
from crm.domain.staff import Staff

OWNERS_TO_GIVE = frozenset(
    {
        Role.OWNER, Role.SERVICE_OWNER, Role.OFFICE_ADMINISTRATOR, Role.QUALITY_CONTROLLER, Role.TOP_MANAGEMENT,
        Role.LAWYER,
    }
)  # fmt: skip
"""Roles that an owner alone gives and takes: they control others, manage others, or see more than the day's work needs
(R7, R9, R10, R13). Whoever holds one is managed by an owner alone: who can set a man's password can be that man.
"""


def working(staff: Staff | None) -> Staff:
    """He works here."""
    if staff is None:
        raise UnknownStaff("There is no such member of the staff.")
    if not staff.active:
        raise StaffGone("He does not work here any more.")
    return staff


def managing(actor: Actor, staff: Staff) -> Refused[DutyRefused] | None:
    """A refusal when the actor does not manage this person."""
    no = duty(actor, Action.MANAGE_STAFF)
    if no:
        return no
    if staff.roles & OWNERS_TO_GIVE and not actor.has(Role.OWNER):
        text = "Only an owner manages somebody of this role (R9)."
        return refused(actor, Action.MANAGE_STAFF, "R9", NotYourDuty(text, may_do_it=Role.OWNER.value))
    return None


def himself_or_managing(actor: Actor, staff: Staff) -> Refused[DutyRefused] | None:
    """Of his own affairs everybody decides himself."""
    return None if actor.id == staff.staff_id else managing(actor, staff)
