"""A member of the staff, as he is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Grade, Role
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

    def meets(self, other: "Absence") -> bool:
        """Whether both are away at some moment."""
        return (self.until is None or other.since < self.until) and (
            other.until is None or self.since < other.until
        )


class Line(StrEnum):
    """What he is rung by."""

    DESK = "desk"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Phones:
    """Where he can be rung. `hidden`: what nobody is to be put through to (R96)."""

    extension: str | None = None
    mobile: Phone | None = None
    sip: str | None = None
    hidden: frozenset[Line] = frozenset()

    def over(self, before: "Phones") -> "Phones":
        """These where they are told, and what was known before where they are not."""
        return Phones(
            self.extension or before.extension,
            self.mobile or before.mobile,
            self.sip or before.sip,
            self.hidden or before.hidden,
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """`waived`: roles that the owner allowed him in spite of a tolerated pair (R12), and who did. `dismissed_at` stands
    until what he had in hand is given to others.
    """

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
    dismissed_at: datetime | None = None

    def is_there(self, at: datetime) -> bool:
        """Whether he works here and is not away."""
        return self.active and not (self.absence and self.absence.covers(at))
