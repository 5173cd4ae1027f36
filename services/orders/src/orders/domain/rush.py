"""What a shop's rush can be: the book of one shop, with the rush that is on, those that were, and the policies they lock.

The policies lie in the same document as the rush, so that none can change past its lock.
"""

from dataclasses import dataclass, field
from datetime import datetime, time

from kernel.money import Money
from kernel.personal import Personal

from orders.domain.rush_words import Lane, Part, PolicyName


@dataclass(frozen=True, slots=True)
class Stand:
    """One person and his primary lane (R18)."""

    staff_id: str
    lane: Lane


@dataclass(frozen=True, slots=True)
class PhoneHours:
    """When the phone is answered on a day that the shop works, local time; `opens` before `closes` (R113)."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Policies:
    """What the shop's selling goes by (R35, R116).

    `minimum_order`: the least sum of an order; none is zero. `bonus_max_share`: percent of a purchase that bonuses may
    pay; None is as the settings say. `delivery_prices` and `hours` name the version in force where it is kept: logistics' terms, crm's hours.
    """

    minimum_order: Money = field(default_factory=lambda: Money(0))
    bonus_max_share: int | None = None
    delivery_prices: str | None = None
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class Unlock:
    """The owner opened a locked policy for one change, and said why (R116). `used_at`: when the change was made."""

    policy: PolicyName
    reason: Personal
    by: str
    at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody stood in a lane from then to then; still does while `ended_at` is None (R117)."""

    staff_id: str
    lane: Lane
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rush:
    """A rush that is on. `ends_by` is when the owner means to end it; from `look_at` on he is reminded (R18, R116)."""

    rush_id: str
    parts: tuple[Part, ...]
    stands: tuple[Stand, ...]
    phone_hours: PhoneHours | None
    frozen: tuple[PolicyName, ...]
    started_at: datetime
    started_by: str
    ends_by: datetime
    look_at: datetime
    unlocks: tuple[Unlock, ...] = ()
    shifts: tuple[Shift, ...] = ()

    def has(self, part: Part) -> bool:
        """Whether this part of the profile is used."""
        return part in self.parts


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whole hours of the shop's working time that somebody stood in the rush (R117)."""

    staff_id: str
    hours: int


@dataclass(frozen=True, slots=True)
class Approval:
    """The owner's yes to who gets a bonus; how much is not ours to compute (R117)."""

    staff_ids: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastRush:
    """A rush that is over. `attendance` is the proposed bonus list; `approve_by`: when the owner is asked for his yes."""

    rush: Rush
    ended_at: datetime
    ended_by: str
    attendance: tuple[Attendance, ...]
    approve_by: datetime
    approval: Approval | None = None

    @property
    def waits_for_approval(self) -> bool:
        """Whether somebody stood in it, and the owner has not said yes yet."""
        return bool(self.attendance) and self.approval is None


@dataclass(frozen=True, slots=True)
class RushBook:
    """The rushes and policies of one shop; at most one rush is on. `ranking`: categories, the most profitable first (R47)."""

    shop_id: str
    policies: Policies = field(default_factory=Policies)
    rush: Rush | None = None
    past: tuple[PastRush, ...] = ()
    ranking: tuple[str, ...] = ()

    def rush_with(self, part: Part) -> Rush | None:
        """The rush that is on, if it uses this part."""
        return self.rush if self.rush and self.rush.has(part) else None
