"""A member of the staff, and the staff of a shop together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor, Grade, Role
from kernel.calendar import Hours
from kernel.personal import Personal
from kernel.phone import Phone


class Presence(StrEnum):
    """Where he is in his working day; a break is soon over."""

    UNKNOWN = "unknown"
    AT_WORK = "at_work"
    ON_BREAK = "on_break"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Absence:
    """Away for days. Whoever needs him turns to the deputy (R5)."""

    since: datetime
    until: datetime | None = None
    deputy_id: str | None = None

    def covers(self, at: datetime) -> bool:
        """Whether he is away at the moment."""
        return self.since <= at and (self.until is None or at < self.until)

    def meets(self, other: "Absence") -> bool:
        """Whether both are away at some moment."""
        ends = self.until is None or other.since < self.until
        return ends and (other.until is None or self.since < other.until)


@dataclass(frozen=True, slots=True)
class Waiver:
    """The owner let a tolerated pair of roles be one person; for the role granted with it (R12)."""

    role: Role
    by: str
    at: datetime
    reason: Personal


@dataclass(frozen=True, slots=True)
class Member:
    """`hours` are his own working hours by ISO weekday; none means the shop's. Name and phone are for colleagues."""

    staff_id: str
    shop_id: str
    grade: Grade = Grade.REGULAR
    roles: frozenset[Role] = frozenset()
    reports_to: str | None = None
    active: bool = True
    name: Personal | None = None
    phone: Phone | None = None
    hours: Mapping[int, Hours] = field(default_factory=dict[int, Hours])
    presence: Presence = Presence.UNKNOWN
    absence: Absence | None = None
    waivers: tuple[Waiver, ...] = ()
    left_at: datetime | None = None

    def has(self, *roles: Role) -> bool:
        """Whether he holds any of these."""
        return not self.roles.isdisjoint(roles)

    def is_absent(self, at: datetime) -> bool:
        """Whether he is away at the moment."""
        return self.absence is not None and self.absence.covers(at)

    def is_there(self, at: datetime) -> bool:
        """Whether he may be given work."""
        return self.active and not self.is_absent(at)

    def as_actor(self) -> Actor:
        """He, with the rights he has now; who has left has none."""
        return Actor(self.staff_id, self.roles if self.active else frozenset(), self.grade, self.shop_id)


@dataclass(frozen=True, slots=True)
class Team:
    """The staff as it is now: what a rule needs to know of the others."""

    members: Mapping[str, Member]

    @classmethod
    def of(cls, *members: Member) -> "Team":
        """A team of these."""
        return cls({each.staff_id: each for each in members})

    def active(self, staff_id: str | None) -> Member | None:
        """The member of this id, unless he has left."""
        member = self.members.get(staff_id or "")
        return member if member and member.active else None

    def others(self, staff_id: str) -> tuple[Member, ...]:
        """All who are here but him."""
        return tuple(m for m in self.members.values() if m.active and m.staff_id != staff_id)
