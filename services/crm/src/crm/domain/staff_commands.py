"""What may be asked of a member of the staff, and what may happen to him."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor, Grade, Role
from kernel.calendar import Hours
from kernel.personal import Personal
from kernel.phone import Phone

from crm.domain.duty import DutyRefused
from crm.domain.member import Absence, Member, Presence, Team, Waiver


@dataclass(frozen=True, slots=True)
class Establish:
    """The first people of a shop, from its bootstrap file; nobody is there yet who could grant."""

    member: Member
    team: Team

    @property
    def staff_id(self) -> str:
        return self.member.staff_id


@dataclass(frozen=True, slots=True)
class Hire:
    """Somebody joins, with no role yet."""

    member: Member
    actor: Actor
    team: Team

    @property
    def staff_id(self) -> str:
        return self.member.staff_id


@dataclass(frozen=True, slots=True)
class GrantRole:
    """`waiver` is the owner's reason for letting a tolerated pair be one person (R12)."""

    staff_id: str
    role: Role
    waiver: Personal | None
    actor: Actor
    team: Team
    at: datetime


@dataclass(frozen=True, slots=True)
class RevokeRole:
    staff_id: str
    role: Role
    actor: Actor
    team: Team


@dataclass(frozen=True, slots=True)
class SetGrade:
    staff_id: str
    grade: Grade
    actor: Actor


@dataclass(frozen=True, slots=True)
class SetSuperior:
    staff_id: str
    superior_id: str | None
    actor: Actor
    team: Team


@dataclass(frozen=True, slots=True)
class SetCard:
    """How colleagues know and reach him, and his own working hours."""

    staff_id: str
    name: Personal | None
    phone: Phone | None
    hours: Mapping[int, Hours]
    actor: Actor


@dataclass(frozen=True, slots=True)
class RecordAbsence:
    staff_id: str
    absence: Absence
    actor: Actor
    team: Team
    at: datetime


@dataclass(frozen=True, slots=True)
class EndAbsence:
    staff_id: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class NotePresence:
    staff_id: str
    presence: Presence
    actor: Actor


@dataclass(frozen=True, slots=True)
class Deactivate:
    staff_id: str
    actor: Actor
    team: Team
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeBack:
    staff_id: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class AllowPasswordReset:
    """Somebody else sets his password: recorded before it is done."""

    staff_id: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    staff_id: str
    name: str
    at: datetime


Command = (
    Establish | Hire | GrantRole | RevokeRole | SetGrade | SetSuperior | SetCard | RecordAbsence | EndAbsence
    | NotePresence | Deactivate | TakeBack | AllowPasswordReset | DeadlinePassed
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    member: Member


@dataclass(frozen=True, slots=True)
class RoleGranted:
    role: Role
    by: str
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class RoleRevoked:
    role: Role
    by: str


@dataclass(frozen=True, slots=True)
class GradeSet:
    grade: Grade


@dataclass(frozen=True, slots=True)
class SuperiorSet:
    superior_id: str | None


@dataclass(frozen=True, slots=True)
class CardSet:
    name: Personal | None
    phone: Phone | None
    hours: Mapping[int, Hours]


@dataclass(frozen=True, slots=True)
class AbsenceRecorded:
    absence: Absence


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    pass


@dataclass(frozen=True, slots=True)
class PresenceNoted:
    presence: Presence


@dataclass(frozen=True, slots=True)
class Left:
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    pass


@dataclass(frozen=True, slots=True)
class PasswordResetAllowed:
    by: str


Change = (
    Joined | RoleGranted | RoleRevoked | GradeSet | SuperiorSet | CardSet | AbsenceRecorded | AbsenceEnded
    | PresenceNoted | Left | TakenBack | PasswordResetAllowed | DutyRefused
)  # fmt: skip
