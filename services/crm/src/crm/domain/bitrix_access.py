"""What the portal gave us to come in with: tokens that rotate, and the word that its events carry. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Access:
    """All but `member_id` and the moments is secret. `application_token` stands in every event."""

    member_id: str
    access: str
    refresh: str
    application_token: str
    renewed_at: datetime
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Install:
    """The portal installed us, and its OAuth server has confirmed it."""

    access: Access


@dataclass(frozen=True, slots=True)
class Renew:
    """`shown` was exchanged for a new pair."""

    shown: str
    access: str
    refresh: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The portal threw us out."""


Command = Install | Renew | Withdraw


@dataclass(frozen=True, slots=True)
class Installed:
    access: Access


@dataclass(frozen=True, slots=True)
class Renewed:
    access: str
    refresh: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    pass


Change = Installed | Renewed | Withdrawn


def decide(command: Command, access: Access | None) -> Sequence[Change]:
    """A pair that came of an older refresh token than the one that is kept is worth nothing."""
    match command:
        case Install():
            return [Installed(command.access)]
        case Renew():
            fits = access is not None and access.refresh == command.shown
            return [Renewed(command.access, command.refresh, command.at)] if fits else []
        case Withdraw():
            return [Withdrawn()] if access is not None and not access.withdrawn else []


def evolve(access: Access | None, change: Change) -> Access:
    """As it is after the change."""
    if isinstance(change, Installed):
        return change.access
    assert access is not None
    member, word = access.member_id, access.application_token
    match change:
        case Renewed():
            return Access(member, change.access, change.refresh, word, change.at)
        case Withdrawn():
            return Access(member, "", "", word, access.renewed_at, withdrawn=True)


def deadlines(access: Access) -> Sequence[Deadline]:
    """Tokens are renewed when the portal says that they are over, never by a clock of ours (reference A2.3)."""
    del access
    return ()
