"""Passwords of people and secrets of programs: only their argon2 digests are kept. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Role
from kernel.deadline import Deadline

from crm.domain.refusals import WeakPassword

SHORTEST = 10
TELLING = 4
"""A login so short stands in a good password by chance."""


@dataclass(frozen=True, slots=True)
class Secret:
    """`who`: a login or a client id. `staff_id` for people, `roles` for programs. `set_at`: since when this secret is the
    one; log-ins of before have ended.
    """

    who: str
    digest: str
    staff_id: str | None = None
    roles: frozenset[Role] = frozenset()
    set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetSecret:
    secret: Secret
    at: datetime


@dataclass(frozen=True, slots=True)
class SecretSet:
    secret: Secret


def decide(command: SetSecret, secret: Secret | None) -> Sequence[SecretSet]:
    """It is so from now on."""
    return [] if command.secret == secret else [SecretSet(command.secret)]


def evolve(secret: Secret | None, change: SecretSet) -> Secret:
    """As set."""
    del secret
    return change.secret


def deadlines(secret: Secret) -> Sequence[Deadline]:
    """Secrets don't end by themselves."""
    del secret
    return ()


def check_password(password: str, login: str) -> None:
    """Long enough, and not the login; length beats odd characters."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password has {SHORTEST} characters or more.")
    if login.lower() == password.lower() or (len(login) >= TELLING and login.lower() in password.lower()):
        raise WeakPassword("A password does not hold the login.")


def login_key(login: str) -> str:
    """Logins are told apart without regard to case and outer space."""
    return f"login:{login.strip().lower()}"


def client_key(client_id: str) -> str:
    """Programs have names of their own."""
    return f"client:{client_id}"
