"""Keeping the digests of passwords and clients' secrets, and telling whether one fits."""

from dataclasses import dataclass
from typing import Protocol

from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Store
from kernel.actor import Actor, Role, service
from uuid_utils.compat import uuid7

from crm.domain.secrets import Secret, SecretSet, SetSecret


class Digests(Protocol):
    """Slow digests of secrets, at arm's length; few are worked on at once, since each takes much memory."""

    async def make(self, secret: str) -> str: ...
    async def fits(self, digest: str, secret: str) -> bool: ...
    def is_old(self, digest: str) -> bool:
        """Whether it was made with other parameters than are used today."""
        ...


@dataclass(frozen=True, slots=True)
class Secrets:
    """`nobody` is a digest that fits nothing: a name that does not exist takes as long as a wrong secret."""

    digests: Digests
    nobody: str
    kept: Store[Secret]
    set_secret: Handler[SetSecret, Secret, SecretSet]
    clock: Clock

    async def of(self, who: str) -> Secret | None:
        """What is kept for this login or client."""
        return (await self.kept.load(who)).state

    async def fitting(self, who: str, secret: str) -> Secret | None:
        """What is kept, if this is the secret; a digest of yesterday's parameters is made anew."""
        known = await self.of(who)
        fits = await self.digests.fits(known.digest if known else self.nobody, secret)
        if known is None or not fits:
            return None
        if self.digests.is_old(known.digest):
            digest = await self.digests.make(secret)
            await self._set(Secret(who, digest, known.staff_id, known.roles, known.set_at), service("crm"))
        return known

    async def keep(
        self,
        who: str,
        secret: str,
        by: Actor,
        *,
        staff_id: str | None = None,
        roles: frozenset[Role] = frozenset(),
    ) -> None:
        """From now on it is this secret; the same one again changes nothing."""
        known = await self.of(who)
        if known and await self.digests.fits(known.digest, secret):
            await self._set(Secret(who, known.digest, staff_id, roles, known.set_at), by)
            return
        digest = await self.digests.make(secret)
        await self._set(Secret(who, digest, staff_id, roles, self.clock.now()), by)

    async def _set(self, secret: Secret, by: Actor) -> None:
        at = self.clock.now()
        await self.set_secret(SetSecret(secret, at), Occasion(f"secret:{uuid7()}", at, by))
