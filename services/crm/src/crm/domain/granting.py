"""Granting and taking roles: the matrix is checked at the grant (R4-R6, R9, R10, R12, R17)."""

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.pairs import breach
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, NotYourDuty, duty, refused

from crm.domain.guarding import OWNERS_TO_GIVE, working
from crm.domain.refusals import (
    ControllerReportsToOwner,
    DeputyNeeded,
    GoesInCircles,
    OwnerStays,
    RolesNotTogether,
)
from crm.domain.staff import Staff
from crm.domain.staff_changes import Change, RoleGranted, RoleTaken
from crm.domain.staff_commands import GrantRole, TakeRole


def grant(command: GrantRole, staff: Staff | None) -> Decision[Change]:
    """Grant a role, unless the matrix forbids it. Nobody grants himself one."""
    found = working(staff)
    no = _not_to_give(command.actor, command.role)
    if no:
        return no
    if command.role in found.roles:
        return []
    if command.actor.id == found.staff_id:
        return _refused(command.actor, command.role, "Nobody grants himself a role (R9).")
    waives = command.waiver and command.actor.has(Role.OWNER)
    waived = {*found.waived, *([command.role] if waives else [])}
    against = breach(found.roles, command.role, found.grade, waived)
    if against is not None:
        text = f"{against.words} ({against.rule})."
        no = RolesNotTogether(text, role=command.role.value)
        return refused(command.actor, f"grant_{command.role}", against.rule, no)
    fits(found, command.role, superior_is_owner=command.superior_is_owner)
    needed = waives and breach(found.roles, command.role, found.grade, found.waived) is not None
    return [RoleGranted(command.role, command.actor.id, command.actor.id if needed else None)]


def take(command: TakeRole, staff: Staff | None) -> Decision[Change]:
    """Take a role away; the shop keeps an owner."""
    found = working(staff)
    no = _not_to_give(command.actor, command.role)
    if no:
        return no
    if command.role not in found.roles:
        return []
    if command.role is Role.OWNER and not command.other_owners:
        raise OwnerStays("The last owner stays.")
    return [RoleTaken(command.role, command.actor.id)]


def fits(staff: Staff, role: Role, *, superior_is_owner: bool) -> None:
    """Quality control reports to an owner (R10); a conflict manager is not away without a deputy (R5)."""
    if role is Role.QUALITY_CONTROLLER and not superior_is_owner:
        raise ControllerReportsToOwner("A quality controller reports to an owner (R10); set that first.")
    if role is Role.CONFLICT_MANAGER and staff.absence and staff.deputy_id is None:
        raise DeputyNeeded("He is away; a conflict manager names a deputy before (R5).")


def begin_with(staff: Staff, *, superior_is_owner: bool) -> None:
    """The roles that somebody is to begin with go together as if they were granted one by one."""
    held: set[Role] = set()
    for role in sorted(staff.roles):
        against = breach(held, role, staff.grade, staff.waived)
        if against:
            raise RolesNotTogether(f"{against.words} ({against.rule}).", role=role.value).by(against.rule)
        fits(staff, role, superior_is_owner=superior_is_owner)
        held.add(role)


def superior_fits(staff_id: str, roles: frozenset[Role], chain: tuple[str, ...], *, is_owner: bool) -> None:
    """Who reports to whom makes no circle, and a quality controller reports to an owner alone (R10)."""
    if staff_id in chain:
        raise GoesInCircles("He would report to himself.")
    if Role.QUALITY_CONTROLLER in roles and not is_owner:
        raise ControllerReportsToOwner("A quality controller reports to an owner (R10).")


def _not_to_give(actor: Actor, role: Role) -> Refused[DutyRefused] | None:
    no = duty(actor, Action.GRANT_ROLE)
    if no:
        return no
    if role in OWNERS_TO_GIVE and not actor.has(Role.OWNER):
        return _refused(actor, role, "Only an owner gives and takes this role (R9).")
    return None


def _refused(actor: Actor, role: Role, text: str) -> Refused[DutyRefused]:
    return refused(actor, f"grant_{role}", "R9", NotYourDuty(text, may_do_it=Role.OWNER.value))
