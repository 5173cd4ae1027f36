"""A member of the staff, and what may happen to him."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor, Grade, Role
from kernel.personal import Personal
from kernel.phone import Phone


class Presence(StrEnum):
    """Whether he is at work; `unknown` where nobody tells."""

    UNKNOWN = "unknown"
    AT_WORK = "at_work"
    ON_BREAK = "on_break"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from `since`; without `until`, until further notice."""

    since: datetime
    until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        """Whether he is away at the moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Phones:
    """Where he can be rung."""

    extension: str | None = None
    mobile: Phone | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """`waived`: roles that the owner allowed him in spite of a tolerated pair (R12), and who did."""

    staff_id: str
    shop_id: str
    login: str
    name: Personal
    grade: Grade
    roles: frozenset[Role] = frozenset()
    waived: dict[Role, str] = field(default_factory=dict[Role, str])
    reports_to: str | None = None
    active: bool = True
    presence: Presence = Presence.UNKNOWN
    absence: Absence | None = None
    deputy_id: str | None = None
    phones: Phones = field(default_factory=Phones)

    def is_there(self, at: datetime) -> bool:
        """Whether he works here and is not away."""
        return self.active and not (self.absence and self.absence.covers(at))


@dataclass(frozen=True, slots=True)
class HireStaff:
    staff_id: str
    shop_id: str
    login: str
    name: Personal
    grade: Grade
    reports_to: str | None
    phones: Phones
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DescribeStaff:
    """Change grade, superior or phones. `chain`: the superiors of the new superior, nearest first."""

    staff_id: str
    grade: Grade | None
    reports_to: str | None
    chain: tuple[str, ...]
    superior_is_owner: bool
    phones: Phones | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class GrantRole:
    """`waiver`: the owner allows a tolerated pair, and this is written down (R12)."""

    staff_id: str
    role: Role
    waiver: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeRole:
    staff_id: str
    role: Role
    actor: Actor
    at: datetime
    other_owners: bool = True


@dataclass(frozen=True, slots=True)
class StartAbsence:
    """`deputy` as he is now, when one is named."""

    staff_id: str
    absence: Absence
    deputy: Staff | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class EndAbsence:
    staff_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ShowPresence:
    staff_id: str
    presence: Presence
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DismissStaff:
    staff_id: str
    actor: Actor
    at: datetime
    other_owners: bool = True


Command = (
    HireStaff | DescribeStaff | GrantRole | TakeRole | StartAbsence | EndAbsence | ShowPresence | DismissStaff
)


@dataclass(frozen=True, slots=True)
class StaffHired:
    staff: Staff


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
class StaffDismissed:
    by: str


@dataclass(frozen=True, slots=True)
class DutyRefused:
    """Separation of duties refused an attempt (R9, R17)."""

    action: str
    rule: str
    actor_id: str
    actor_roles: tuple[str, ...]


Change = (
    StaffHired
    | StaffDescribed
    | RoleGranted
    | RoleTaken
    | AbsenceStarted
    | AbsenceEnded
    | PresenceShown
    | StaffDismissed
    | DutyRefused
)
