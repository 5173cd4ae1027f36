"""Issuing tokens: to people by password, to programs by secret, and again by refresh token (RFC 6749)."""

import asyncio
import hashlib
import hmac
import secrets as random
from dataclasses import dataclass
from typing import Protocol

from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Store
from kernel.actor import Actor, service
from uuid_utils.compat import uuid7

from crm.application.signing import TOKEN_LASTS, Signer
from crm.domain import families as f
from crm.domain import lockout as lo
from crm.domain.secrets import Secret, SecretSet, SetSecret, client_key, login_key
from crm.domain.staff import Staff

ADDRESS_FREE_FAILURES = 30
"""Many people may sit behind one address."""


class Refused(Exception):
    """No token; `error` is RFC 6749's word for it. Says the same whether the login exists or not."""

    def __init__(self, error: str, words: str, *, wait: int | None = None) -> None:
        super().__init__(words)
        self.error, self.words, self.wait = error, words, wait


class Digests(Protocol):
    """Slow digests of secrets, at arm's length. Blocking: called in a thread."""

    def make(self, secret: str) -> str: ...
    def fits(self, digest: str, secret: str) -> bool: ...
    def is_old(self, digest: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Granted:
    """What the token endpoint answers."""

    access_token: str
    expires_in: int
    refresh_token: str | None = None


@dataclass(frozen=True, slots=True)
class Issuing:
    """The issuer. `clock` is real time. `nobody` is a digest that fits nothing, for logins that don't exist."""

    signer: Signer
    clock: Clock
    digests: Digests
    nobody: str
    secrets: Store[Secret]
    set_secret: Handler[SetSecret, Secret, SecretSet]
    lockouts: Store[lo.Lockout]
    note_attempt: Handler[lo.NoteAttempt, lo.Lockout, lo.Change]
    families: Handler[f.Command, f.Family, f.Change]
    staff: Store[Staff]

    async def by_password(self, login: str, password: str, address: str) -> Granted:
        """A person logs in. Each failure costs time, by login and by address."""
        doors = (
            (_door(login_key(login)), lo.FREE_FAILURES),
            (_door(f"from:{address}"), ADDRESS_FREE_FAILURES),
        )
        await self._wait_at(doors)
        secret = await self._fitting(login_key(login), password)
        person = (await self.staff.load(secret.staff_id)).state if secret and secret.staff_id else None
        good = person is not None and person.active
        await self._note(doors if not good else doors[:1], succeeded=good)
        if person is None or not good:
            raise Refused("invalid_grant", "Login or password is wrong.")
        family_id, shown = uuid7().hex, random.token_urlsafe(32)
        await self.families(
            f.Begin(family_id, person.staff_id, _digest(shown), self.clock.now()), self._why(person)
        )
        return Granted(self.signer.token(actor_of(person)), TOKEN_LASTS, f"{family_id}.{shown}")

    async def by_client(self, client_id: str, secret: str, address: str) -> Granted:
        """A program shows its secret."""
        doors = (
            (_door(client_key(client_id)), ADDRESS_FREE_FAILURES),
            (_door(f"from:{address}"), ADDRESS_FREE_FAILURES),
        )
        await self._wait_at(doors)
        found = await self._fitting(client_key(client_id), secret)
        await self._note(doors if found is None else doors[:1], succeeded=found is not None)
        if found is None:
            raise Refused("invalid_client", "Client or secret is wrong.")
        name = client_id if found.roles.isdisjoint({"service"}) else f"service:{client_id}"
        return Granted(self.signer.token(Actor(name, found.roles)), TOKEN_LASTS)

    async def by_refresh(self, token: str) -> Granted:
        """A fresh token for an old one, which works no more; one shown again ends its family."""
        family_id, _, shown = token.partition(".")
        fresh, at = random.token_urlsafe(32), self.clock.now()
        command = f.Refresh(family_id, _digest(shown), _digest(fresh), at)
        done = await self.families(command, Occasion(f"refresh:{uuid7()}", at, service("crm")))
        if done.state is None or "Refreshed" not in done.changes:
            raise Refused("invalid_grant", "The refresh token does not work any more; log in again.")
        person = (await self.staff.load(done.state.staff_id)).state
        if person is None or not person.active:
            raise Refused("invalid_grant", "Log in again.")
        return Granted(self.signer.token(actor_of(person)), TOKEN_LASTS, f"{family_id}.{fresh}")

    async def revoke(self, token: str) -> None:
        """A log-in ends; whether the token was known is not told (RFC 7009)."""
        at = self.clock.now()
        await self.families(
            f.Revoke(token.partition(".")[0], at), Occasion(f"revoke:{uuid7()}", at, service("crm"))
        )

    async def keep(
        self, who: str, secret: str, actor: Actor, *, staff_id: str | None, roles: frozenset[str]
    ) -> None:
        """Keep a secret's digest; the same secret again changes nothing."""
        from kernel.actor import Role

        known = (await self.secrets.load(who)).state
        same = known is not None and await asyncio.to_thread(self.digests.fits, known.digest, secret)
        digest = known.digest if known and same else await asyncio.to_thread(self.digests.make, secret)
        at = self.clock.now()
        kept = Secret(who, digest, staff_id, frozenset(Role(role) for role in roles))
        await self.set_secret(SetSecret(kept, at), Occasion(f"secret:{uuid7()}", at, actor))

    async def fits(self, login: str, password: str) -> bool:
        """Whether this is the person's password, asked by himself."""
        return await self._fitting(login_key(login), password) is not None

    async def _fitting(self, who: str, secret: str) -> Secret | None:
        known = (await self.secrets.load(who)).state
        digest = known.digest if known else self.nobody
        fits = await asyncio.to_thread(self.digests.fits, digest, secret)
        if known is None or not fits:
            return None
        if self.digests.is_old(known.digest):
            await self.keep(
                who, secret, service("crm"), staff_id=known.staff_id, roles=frozenset(known.roles)
            )
        return known

    async def _wait_at(self, doors: tuple[tuple[str, int], ...]) -> None:
        at = self.clock.now()
        for door, _ in doors:
            lockout = (await self.lockouts.load(door)).state
            if lockout and lockout.locked_until and lockout.is_locked(at):
                wait = int((lockout.locked_until - at).total_seconds()) + 1
                raise Refused("invalid_grant", "Too many failures; wait.", wait=wait)

    async def _note(self, doors: tuple[tuple[str, int], ...], *, succeeded: bool) -> None:
        at = self.clock.now()
        for door, free in doors:
            why = Occasion(f"attempt:{uuid7()}", at, service("crm"))
            await self.note_attempt(lo.NoteAttempt(door, succeeded, at, free), why)

    def _why(self, person: Staff) -> Occasion:
        return Occasion(f"login:{uuid7()}", self.clock.now(), actor_of(person))


def actor_of(person: Staff) -> Actor:
    """Whom a token of this person names, with the roles of this moment."""
    return Actor(person.staff_id, person.roles, person.grade, person.shop_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _door(what: str) -> str:
    return hmac.new(b"opblok.door", what.encode(), hashlib.sha256).hexdigest()
