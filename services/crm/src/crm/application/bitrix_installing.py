"""Coming in at the portal: the installation is believed when its OAuth server confirms it, and tokens are renewed one at a time over
all processes, since two renewals with one refresh token take each other's away.
"""

import asyncio
import hmac
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import structlog
from chassis.blame import reason
from chassis.clock import Clock
from chassis.handling import Handler, Held, Occasion, Outcome
from kernel.actor import Actor

from crm.application.bitrix_port import Grant, NotInstalled, Oauth, PortalRefused
from crm.application.peopling import Turns
from crm.domain import bitrix_access as a

ACCESS = "access"
TURN = "bitrix24-tokens"
FIRST_PAUSE, LONGEST_PAUSE, TIMES = 0.1, 5.0, 12
"""About half a minute in all: longer than a store takes to find another primary."""
log = structlog.get_logger(__name__)


class Kept(Protocol):
    """The access, kept."""

    async def load(self, key: str) -> Held[a.Access]: ...


class NotOurPortal(Exception):
    """Whoever sent this is not the portal we are set up with, or can't show that he is."""


@dataclass(frozen=True, slots=True)
class Installing:
    """`url`: the portal we are set up with; no other is let in. `given_token`: the word of an outgoing webhook set up by hand."""

    url: str
    oauth: Oauth | None
    kept: Kept
    handle: Handler[a.Command, a.Access, a.Change]
    turns: Turns
    clock: Clock
    actor: Actor
    given_token: str | None = None

    async def install(self, refresh: str, application_token: str) -> None:
        """ONAPPINSTALL. What it says is believed only as far as the OAuth server says the same: to it we show our own secret."""
        if self.oauth is None or not refresh or not application_token:
            raise NotOurPortal
        async with self.turns.turn(TURN):
            try:
                grant = await self.oauth.renew(refresh)
            except PortalRefused as forged:
                raise NotOurPortal from forged
            if urlsplit(grant.endpoint).netloc != urlsplit(self.url).netloc:
                raise NotOurPortal
            now = self.clock.now()
            access = a.Access(grant.member_id, grant.access, grant.refresh, application_token, now)
            await self._saved(a.Install(access), "install")

    async def withdraw(self) -> None:
        """ONAPPUNINSTALL, after its token was checked."""
        await self.handle(a.Withdraw(), self._why("withdraw"))

    async def is_portals(self, application_token: str) -> bool:
        """Whether an event carries the word that only the portal knows; compared in constant time."""
        access = (await self.kept.load(ACCESS)).state
        known = [word for word in (access and access.application_token, self.given_token) if word]
        fits = [hmac.compare_digest(application_token.encode(), word.encode()) for word in known]
        return any(fits)

    async def token(self) -> str:
        """The access token to come in with."""
        access = (await self.kept.load(ACCESS)).state
        if access is None or access.withdrawn:
            raise NotInstalled("not_installed")
        return access.access

    async def renewed(self, over: str) -> str:
        """Another token than the one that is `over`: the one that somebody else renewed meanwhile, or a fresh one."""
        async with self.turns.turn(TURN):
            access = (await self.kept.load(ACCESS)).state
            if access is None or access.withdrawn or self.oauth is None:
                raise NotInstalled("not_installed")
            if access.access != over:
                return access.access
            grant: Grant = await self.oauth.renew(access.refresh)
            renew = a.Renew(access.refresh, grant.access, grant.refresh, self.clock.now())
            done = await self._saved(renew, "renew")
            return done.state.access if done.state else grant.access

    async def _saved(self, command: a.Install | a.Renew, what: str) -> Outcome[a.Access]:
        """The server gave a pair that nobody gives again, and took the one before away: a store that is down meanwhile is waited for."""
        why, pause = self._why(what), FIRST_PAUSE
        for _ in range(TIMES - 1):
            try:
                return await self.handle(command, why)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the pair is worth another try
                log.warning("tokens of Bitrix24 wait to be saved", fault=reason(fault))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return await self.handle(command, why)

    def _why(self, what: str) -> Occasion:
        now = self.clock.now()
        return Occasion(f"bitrix24:{what}:{now.isoformat()}", now, self.actor)
