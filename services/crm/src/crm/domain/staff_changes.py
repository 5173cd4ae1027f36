"""What may happen to a member of the staff."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Grade, Role
from kernel.refused_duty import DutyRefused

from crm.domain.staff import Absence, Phones, Presence, Staff


@dataclass(frozen=True, slots=True)
class StaffHired:
    staff: Staff
    by: str


@dataclass(frozen=True, slots=True)
class StaffDescribed:
    grade: Grade
    reports_to: str | None
    phones: Phones


@dataclass(frozen=True, slots=True)
class RoleGranted:
    role: Role
    by: str
    waived_by: str | None


@dataclass(frozen=True, slots=True)
class RoleTaken:
    role: Role
    by: str


@dataclass(frozen=True, slots=True)
class AbsenceStarted:
    absence: Absence
    deputy_id: str | None


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    pass


@dataclass(frozen=True, slots=True)
class PresenceShown:
    presence: Presence


@dataclass(frozen=True, slots=True)
class PasswordSet:
    by: str


@dataclass(frozen=True, slots=True)
class StaffDismissed:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LeavingSettled:
    pass


Change = (
    StaffHired | StaffDescribed | RoleGranted | RoleTaken | AbsenceStarted | AbsenceEnded | PresenceShown
    | PasswordSet | StaffDismissed | LeavingSettled | DutyRefused
)  # fmt: skip
