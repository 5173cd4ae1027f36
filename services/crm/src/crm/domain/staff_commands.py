"""What may be asked of a member of the staff."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor, Grade, Role

from crm.domain.staff import Absence, Phones, Presence, Staff


@dataclass(frozen=True, slots=True)
class HireStaff:
    """`staff` as he is to begin. Roles are granted afterwards, but for the first people of a shop, whom nobody is there
    to grant any.
    """

    staff: Staff
    superior_is_owner: bool
    actor: Actor
    at: datetime

    @property
    def staff_id(self) -> str:
        return self.staff.staff_id


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
    superior_is_owner: bool
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
class SetPassword:
    """He himself, who has shown the old one, or who manages him."""

    staff_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DismissStaff:
    staff_id: str
    actor: Actor
    at: datetime
    other_owners: bool = True


@dataclass(frozen=True, slots=True)
class KnowPhones:
    """Where he can be rung, by a system that knows (a portal, an exchange) or by who manages him. `whole`: what is not told
    is no more; else it stays.
    """

    staff_id: str
    phones: Phones
    actor: Actor
    whole: bool = False


@dataclass(frozen=True, slots=True)
class SettleLeaving:
    """What he had in hand is given to others."""

    staff_id: str
    at: datetime


Command = (
    HireStaff | DescribeStaff | GrantRole | TakeRole | StartAbsence | EndAbsence | ShowPresence | SetPassword
    | DismissStaff | SettleLeaving | KnowPhones
)  # fmt: skip
