"""What commands about people are checked for first."""

from kernel.actor import Actor
from kernel.duties import DUTIES, Action, may, overridable_by
from kernel.refusal import Refused

from crm.domain.refusals import NotYourDuty, StaffGone, UnknownStaff
from crm.domain.staff import Change, DutyRefused, Staff


def working(staff: Staff | None) -> Staff:
    """He works here."""
    if staff is None:
        raise UnknownStaff("There is no such member of the staff.")
    if not staff.active:
        raise StaffGone("He does not work here any more.")
    return staff


def refused(actor: Actor, action: str, rule: str) -> DutyRefused:
    """The attempt, as it is written down."""
    return DutyRefused(action, rule, actor.id, tuple(sorted(actor.roles)))


def duty(actor: Actor, action: Action) -> Refused[Change] | None:
    """A refusal to be remembered when the action is somebody else's duty."""
    if may(actor, action):
        return None
    rule = DUTIES[action].rule
    no = NotYourDuty(f"Your roles may not do this ({rule}).", may_do_it=", ".join(overridable_by(action)))
    return Refused((refused(actor, action, rule),), no)
