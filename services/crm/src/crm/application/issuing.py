"""Issuing tokens: to people by password, to programs by secret, and again by refresh token (RFC 6749)."""

import hashlib
import secrets as random
from dataclasses import dataclass

from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Store
from kernel.actor import Actor, Role, service
from uuid_utils.compat import uuid7

from crm.application.doors import ADDRESS_FREE_FAILURES, Doors, Locked
from crm.application.secret_keeping import Secrets
from crm.application.signing import TOKEN_LASTS, Signer
from crm.domain import families as f
from crm.domain.secrets import client_key, login_key
from crm.domain.staff import Staff


class Refused(Exception):
    """No token; `error` is RFC 6749's word for it. Says the same whether the login exists or not."""

    def __init__(self, error: str, words: str, *, wait: int | None = None) -> None:
        super().__init__(words)
        self.error, self.words, self.wait = error, words, wait


@dataclass(frozen=True, slots=True)
class Granted:
    """What the token endpoint answers."""

    access_token: str
    expires_in: int
    refresh_token: str | None = None


@dataclass(frozen=True, slots=True)
class Issuing:
    """The issuer. `clock` is real time."""

    signer: Signer
    clock: Clock
    secrets: Secrets
    doors: Doors
    families: Handler[f.Command, f.Family, f.Change]
    staff: Store[Staff]

    async def by_password(self, login: str, password: str, address: str) -> Granted:
        """A person logs in. Each failure costs time, by login and by address."""
        person = await self._person(login, password, address)
        if person is None:
            raise Refused("invalid_grant", "Login or password is wrong.")
        family_id, shown, at = uuid7().hex, random.token_urlsafe(32), self.clock.now()
        why = Occasion(f"login:{uuid7()}", at, actor_of(person))
        await self.families(f.Begin(family_id, person.staff_id, _digest(shown), at), why)
        return await self._granted(actor_of(person), f"{family_id}.{shown}")

    async def by_client(self, client_id: str, secret: str, address: str) -> Granted:
        """A program shows its secret. Who guesses it elsewhere does not lock the program itself out."""
        who = client_key(client_id)
        door = self.doors.of(f"{who} from:{address}", ADDRESS_FREE_FAILURES)
        try:
            async with self.doors.turn(door):
                found = await self.secrets.fitting(who, secret)
                await self.doors.note(door, succeeded=found is not None)
        except Locked as locked:
            raise Refused("invalid_client", "Too many failures; wait.", wait=locked.wait) from locked
        if found is None:
            raise Refused("invalid_client", "Client or secret is wrong.")
        kind = "service" if Role.SERVICE in found.roles else "client"
        return await self._granted(Actor(f"{kind}:{client_id}", found.roles))

    async def by_refresh(self, token: str) -> Granted:
        """A fresh token for an old one, which works no more; one shown again ends its family."""
        family_id, _, shown = token.partition(".")
        fresh, at = random.token_urlsafe(32), self.clock.now()
        why = Occasion(f"refresh:{uuid7()}", at, service("crm"))
        done = await self.families(f.Refresh(family_id, _digest(shown), _digest(fresh), at), why)
        if done.state is None or "Refreshed" not in done.changes:
            raise Refused("invalid_grant", "The refresh token does not work any more; log in again.")
        person = (await self.staff.load(done.state.staff_id)).state
        if person is None or not await self._still_good(person, done.state):
            await self.revoke(token)
            raise Refused("invalid_grant", "Log in again.")
        return await self._granted(actor_of(person), f"{family_id}.{fresh}")

    async def revoke(self, token: str) -> None:
        """A log-in ends; whether the token was known is not told (RFC 7009)."""
        at = self.clock.now()
        why = Occasion(f"revoke:{uuid7()}", at, service("crm"))
        await self.families(f.Revoke(token.partition(".")[0], at), why)

    async def shows_password(self, person: Staff, password: str, address: str) -> bool:
        """Whether this is the person's password, asked by himself; guessing costs time here, too."""
        found = await self._person(person.login, password, address)
        return found is not None and found.staff_id == person.staff_id

    async def _person(self, login: str, password: str, address: str) -> Staff | None:
        """Who works here, by login and password."""
        by_login, by_address = self.doors.of(login_key(login)), self.doors.from_address(address)
        try:
            async with self.doors.turn(by_login, *by_address):
                secret = await self.secrets.fitting(login_key(login), password)
                person = (
                    (await self.staff.load(secret.staff_id)).state if secret and secret.staff_id else None
                )
                good = person is not None and person.active
                await self.doors.note(by_login, *(() if good else by_address), succeeded=good)
        except Locked as locked:
            raise Refused("invalid_grant", "Too many failures; wait.", wait=locked.wait) from locked
        return person if good else None

    async def _still_good(self, person: Staff, family: f.Family) -> bool:
        """He works here, and his password is the one he logged in with."""
        secret = await self.secrets.of(login_key(person.login))
        since, begun = secret.set_at if secret else None, family.begun_at
        return person.active and secret is not None and not (since and begun and begun < since)

    async def _granted(self, actor: Actor, refresh_token: str | None = None) -> Granted:
        await self.signer.fresh()
        return Granted(self.signer.token(actor), TOKEN_LASTS, refresh_token)


def actor_of(person: Staff) -> Actor:
    """Whom a token of this person names, with the roles of this moment."""
    return Actor(person.staff_id, person.roles, person.grade, person.shop_id)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
