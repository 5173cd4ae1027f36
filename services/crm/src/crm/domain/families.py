"""Refresh tokens rotate: each works once. One that comes again was stolen, and its whole family ends. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline

LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Family:
    """All refresh tokens that came of one log-in. `digest` is of the one that works."""

    family_id: str
    staff_id: str
    digest: str
    ends_at: datetime
    revoked: bool = False
    stolen: bool = False
    begun_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    family_id: str
    staff_id: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refresh:
    """Show a token, get another."""

    family_id: str
    shown: str
    fresh: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Revoke:
    family_id: str
    at: datetime


Command = Begin | Refresh | Revoke


@dataclass(frozen=True, slots=True)
class FamilyBegun:
    family: Family


@dataclass(frozen=True, slots=True)
class Refreshed:
    digest: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ShownAgain:
    """An old token was shown: somebody else may have it."""


@dataclass(frozen=True, slots=True)
class Revoked:
    pass


Change = FamilyBegun | Refreshed | ShownAgain | Revoked


def decide(command: Command, family: Family | None) -> Sequence[Change]:
    """Nothing comes of a token that is unknown, ended or revoked; the caller looks at what changed."""
    match command:
        case Begin():
            ends = command.at + LASTS
            made = Family(command.family_id, command.staff_id, command.digest, ends, begun_at=command.at)
            return [] if family else [FamilyBegun(made)]
        case Refresh():
            if family is None or family.revoked or command.at >= family.ends_at:
                return []
            right = command.shown == family.digest
            return [Refreshed(command.fresh, command.at + LASTS)] if right else [ShownAgain()]
        case Revoke():
            return [Revoked()] if family and not family.revoked else []


def evolve(family: Family | None, change: Change) -> Family:
    """The family after the change."""
    if isinstance(change, FamilyBegun):
        return change.family
    assert family is not None
    match change:
        case Refreshed():
            return replace(family, digest=change.digest, ends_at=change.ends_at)
        case ShownAgain():
            return replace(family, revoked=True, stolen=True)
        case Revoked():
            return replace(family, revoked=True)


def deadlines(family: Family) -> Sequence[Deadline]:
    """It ends by its own date."""
    del family
    return ()
