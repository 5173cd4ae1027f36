"""Granting and taking roles: the matrix is checked at the grant (R4, R6, R9, R12, R17)."""

from kernel.actor import Role
from kernel.duties import Action, breach
from kernel.refusal import Decision, Refused

from crm.domain.guarding import duty, refused, working
from crm.domain.refusals import ControllerReportsToOwner, NotYourDuty, OwnerStays, RolesNotTogether
from crm.domain.staff import Change, GrantRole, RoleGranted, RoleTaken, Staff, TakeRole


def grant(command: GrantRole, staff: Staff | None) -> Decision[Change]:
    """Grant a role, unless the matrix forbids it. Nobody grants himself one, and an owner is made by an owner only."""
    found = working(staff)
    no = duty(command.actor, Action.GRANT_ROLE)
    if no:
        return no
    if command.role in found.roles:
        return []
    if command.actor.id == found.staff_id or (
        command.role is Role.OWNER and not command.actor.has(Role.OWNER)
    ):
        return _not_his(command)
    waives = command.waiver and command.actor.has(Role.OWNER)
    waived = {*found.waived, *([command.role] if waives else [])}
    against = breach(found.roles, command.role, found.grade, waived)
    if against is not None:
        change = refused(command.actor, f"grant_{command.role}", against.rule)
        text = f"{against.words} ({against.rule})."
        return Refused((change,), RolesNotTogether(text, role=command.role.value, breaks=against.rule))
    needed = waives and breach(found.roles, command.role, found.grade, found.waived) is not None
    return [RoleGranted(command.role, command.actor.id, command.actor.id if needed else None)]


def take(command: TakeRole, staff: Staff | None) -> Decision[Change]:
    """Take a role away; the shop keeps an owner."""
    found = working(staff)
    no = duty(command.actor, Action.GRANT_ROLE)
    if no:
        return no
    if command.role not in found.roles:
        return []
    if command.role is Role.OWNER and not command.actor.has(Role.OWNER):
        return Refused(
            (refused(command.actor, "take_owner", "R9"),),
            NotYourDuty("Only an owner takes this role away (R9)."),
        )
    if command.role is Role.OWNER and not command.other_owners:
        raise OwnerStays("The last owner stays.")
    return [RoleTaken(command.role, command.actor.id)]


def superior_fits(staff_id: str, roles: frozenset[Role], chain: tuple[str, ...], *, is_owner: bool) -> None:
    """Who reports to whom makes no circle, and a quality controller reports to the owner alone (R10)."""
    from crm.domain.refusals import GoesInCircles

    if staff_id in chain:
        raise GoesInCircles("He would report to himself.")
    if Role.QUALITY_CONTROLLER in roles and chain and not is_owner:
        raise ControllerReportsToOwner("A quality controller reports to the owner (R10).")


def _not_his(command: GrantRole) -> Refused[Change]:
    change = refused(command.actor, f"grant_{command.role}", "R9")
    return Refused(
        (change,), NotYourDuty("Nobody grants himself a role, and an owner is made by an owner (R9).")
    )
