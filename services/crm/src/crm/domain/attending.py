"""Who is away, who stands in for him, and who is at work (R5)."""

from kernel.actor import Role
from kernel.refusal import Decision

from crm.domain.guarding import himself_or_managing, working
from crm.domain.refusals import AbsenceMakesNoSense, DeputyNeeded, DeputyUnfit
from crm.domain.staff import Staff
from crm.domain.staff_changes import AbsenceEnded, AbsenceStarted, Change, PresenceShown
from crm.domain.staff_commands import EndAbsence, ShowPresence, StartAbsence

NOT_MISSED = frozenset({Role.OWNER, Role.OFFICE_ADMINISTRATOR, Role.SERVICE_OWNER, Role.TOP_MANAGEMENT})
"""Roles that nobody needs to stand in for."""


def leave_for_a_while(command: StartAbsence, staff: Staff | None) -> Decision[Change]:
    """Away, with a deputy who is there and can do the work; a conflict manager's absence needs one (R5)."""
    found = working(staff)
    no = himself_or_managing(command.actor, found)
    if no:
        return no
    deputy_id = command.deputy.staff_id if command.deputy else None
    if (found.absence, found.deputy_id) == (command.absence, deputy_id):
        return []
    ends = command.absence.until
    if ends is not None and ends <= max(command.absence.since, command.at):
        raise AbsenceMakesNoSense("An absence ends after it begins, and not in the past.")
    if command.deputy is None and Role.CONFLICT_MANAGER in found.roles:
        raise DeputyNeeded("A conflict manager names a deputy before he is away (R5).")
    if command.deputy is not None and not _can_stand_in(command.deputy, found, command):
        raise DeputyUnfit("The deputy is gone, away himself, the same person, or lacks the roles (R5).")
    return [AbsenceStarted(command.absence, deputy_id)]


def come_back(command: EndAbsence, staff: Staff | None) -> Decision[Change]:
    """Back at work."""
    found = working(staff)
    no = himself_or_managing(command.actor, found)
    return no or ([AbsenceEnded()] if found.absence else [])


def show(command: ShowPresence, staff: Staff | None) -> Decision[Change]:
    """At work, on a break, off: he himself says, or who manages the staff, or a service that knows."""
    found = working(staff)
    no = None if command.actor.has(Role.SERVICE) else himself_or_managing(command.actor, found)
    return no or ([] if found.presence is command.presence else [PresenceShown(command.presence)])


def _can_stand_in(deputy: Staff, absent: Staff, command: StartAbsence) -> bool:
    away = deputy.absence is not None and deputy.absence.meets(command.absence)
    able = Role.OWNER in deputy.roles or (absent.roles - NOT_MISSED) <= deputy.roles
    return deputy.active and not away and deputy.staff_id != absent.staff_id and able
