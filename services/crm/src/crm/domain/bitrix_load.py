"""A pass over the portal's contacts: how far it is, who is at it, and what may happen to it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Load:
    """`since` None: a pass over all. `last_number`: all contacts up to it are taken in. `whole_at`: when the last pass over all that
    came to its end began. `holder` works at it until `held_until`, by real time. `trouble`: why it does not go on, a code. `asked`:
    somebody wants a pass over all after this one, since it may have passed already what he wants to be looked at.
    """

    began_at: datetime
    since: datetime | None = None
    last_number: int = 0
    taken: int = 0
    bad: int = 0
    total: int | None = None
    ended_at: datetime | None = None
    whole_at: datetime | None = None
    holder: str | None = None
    held_until: datetime | None = None
    passes: int = 1
    trouble: str | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often what changed is looked at again, and how often everything."""

    changed: timedelta
    whole: timedelta


@dataclass(frozen=True, slots=True)
class Hold:
    """Whoever works at the pass holds it; begins the next one when it is due. `at`: the service's clock; `real`: leases run on it."""

    holder: str
    at: datetime
    real: datetime
    lease: timedelta
    cadence: Cadence


@dataclass(frozen=True, slots=True)
class Advance:
    """All contacts after `after` up to `to` are taken in, by the pass `of`."""

    of: int
    after: int
    to: int
    taken: int
    bad: int
    total: int | None


@dataclass(frozen=True, slots=True)
class End:
    """The pass `of` has found that there are no more after `after`."""

    of: int
    after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Stumble:
    """It does not go on: `code` says why."""

    code: str


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Somebody wants a pass over everything now."""

    at: datetime


Command = Hold | Advance | End | Stumble | AskAgain


@dataclass(frozen=True, slots=True)
class PassBegun:
    at: datetime
    since: datetime | None


@dataclass(frozen=True, slots=True)
class PassHeld:
    holder: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PassAdvanced:
    to: int
    taken: int
    bad: int
    total: int | None


@dataclass(frozen=True, slots=True)
class PassEnded:
    at: datetime


@dataclass(frozen=True, slots=True)
class PassStumbled:
    code: str


@dataclass(frozen=True, slots=True)
class WholeAsked:
    pass


Change = PassBegun | PassHeld | PassAdvanced | PassEnded | PassStumbled | WholeAsked
