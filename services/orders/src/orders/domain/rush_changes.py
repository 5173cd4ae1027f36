"""What may happen to a shop's rush and its policies."""

from dataclasses import dataclass
from datetime import datetime

from kernel.refused_duty import DutyRefused

from orders.domain.rush import Approval, Attendance, Policies, Rush, Shift, Unlock
from orders.domain.rush_commands import Plan
from orders.domain.rush_words import PolicyName


@dataclass(frozen=True, slots=True)
class BookOpened:
    """The shop has a book of its rushes from now on."""

    shop_id: str


@dataclass(frozen=True, slots=True)
class RushStarted:
    rush: Rush


@dataclass(frozen=True, slots=True)
class PlanChanged:
    plan: Plan


@dataclass(frozen=True, slots=True)
class RushExtended:
    ends_by: datetime


@dataclass(frozen=True, slots=True)
class RushOverran:
    """The planned end has passed and the rush goes on; the owner is reminded, and again at `look_at`."""

    look_at: datetime


@dataclass(frozen=True, slots=True)
class RushEnded:
    by: str
    at: datetime
    attendance: tuple[Attendance, ...]
    approve_by: datetime


@dataclass(frozen=True, slots=True)
class ShiftBegan:
    shift: Shift


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    staff_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BonusesReminded:
    """The owner has not said yes yet; he is asked again at `approve_by`."""

    rush_id: str
    approve_by: datetime


@dataclass(frozen=True, slots=True)
class BonusesApproved:
    rush_id: str
    approval: Approval


@dataclass(frozen=True, slots=True)
class PolicyUnlocked:
    unlock: Unlock


@dataclass(frozen=True, slots=True)
class PoliciesSet:
    """`changed` are those that differ from before; each uses up its unlock."""

    policies: Policies
    changed: tuple[PolicyName, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CategoriesRanked:
    ranking: tuple[str, ...]


RushChange = (
    BookOpened
    | RushStarted
    | PlanChanged
    | RushExtended
    | RushOverran
    | RushEnded
    | ShiftBegan
    | ShiftEnded
    | BonusesReminded
    | BonusesApproved
    | PolicyUnlocked
    | PoliciesSet
    | CategoriesRanked
    | DutyRefused
)
