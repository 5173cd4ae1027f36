"""A service's own token for calling another: client credentials, renewed in good time.

One question to the issuer at a time, however many want a token. While the old token lives nobody waits for the new one,
so a short outage of the issuer is not noticed; after a failure the next question waits a moment, and so nobody queues
behind an issuer that is down.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import httpx
import structlog

from chassis.faults import Fault

log = structlog.get_logger(__name__)

RENEWED_AFTER = 0.7
"""The part of its life after which a token is renewed."""
MARGIN = 5.0
"""Seconds before its end from which a token is not shown any more: it has to live until it is read."""
TRIES = 3
PAUSE = 0.1
LET_BE_FOR = 1.0


class NoToken(Fault):
    """The issuer gave no token."""


class ServiceTokens:
    """The one token of this service; `secret` is asked each time, so it may be changed in its file."""

    def __init__(
        self,
        token_url: str,
        client_id: str,
        secret: Callable[[], str],
        client: httpx.AsyncClient | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._token_url = token_url
        self._client_id = client_id
        self._secret = secret
        self._client = client or httpx.AsyncClient(timeout=3.0)
        self._now = monotonic
        self._pause = pause
        self._token = ""
        self._renew_at = self._ends_at = self._asked_in_vain_at = float("-inf")
        self._why = ""
        self._asking: asyncio.Task[None] | None = None

    async def token(self) -> str:
        """A token that lives; raise `NoToken`."""
        if self._now() >= self._renew_at:
            asking = self._ask_once()
            if asking is not None and self._now() >= self._ends_at:
                await asyncio.shield(asking)
        if self._now() >= self._ends_at:
            raise NoToken(self._why)
        return self._token

    def forget(self) -> None:
        """The token was refused; ask for a new one next time."""
        self._renew_at = self._ends_at = float("-inf")

    def check(self) -> None:
        """Raise what is wrong with the secret, before anybody needs a token."""
        self._secret()

    async def close(self) -> None:
        """Give the connections back."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        await self._client.aclose()

    def _ask_once(self) -> "asyncio.Task[None] | None":
        """The question under way, a new one, or none a moment after one was in vain."""
        if self._asking is not None and not self._asking.done():
            return self._asking
        if self._now() - self._asked_in_vain_at < LET_BE_FOR:
            return None
        self._asking = asyncio.create_task(self._ask())
        return self._asking

    async def _ask(self) -> None:
        for n in range(TRIES):
            try:
                return self._take(await self._client.post(self._token_url, data=self._form()))
            except httpx.HTTPStatusError as refused:
                status = refused.response.status_code
                self._why = f"the issuer answered {status} to {self._client_id}"
                if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    break
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as fault:
                self._why = f"the issuer does not answer: {type(fault).__name__}"
            if n + 1 < TRIES:
                await self._pause(PAUSE * 2**n * random.uniform(0.5, 1.0))  # noqa: S311
        self._asked_in_vain_at = self._now()
        log.warning("no token of our own", why=self._why)
        return None

    def _take(self, answer: httpx.Response) -> None:
        given = answer.raise_for_status().json()
        token, lasts = str(given["access_token"]), float(given.get("expires_in", 60))
        self._token = token
        self._renew_at = self._now() + lasts * RENEWED_AFTER
        self._ends_at = self._now() + max(lasts - MARGIN, lasts / 2)

    def _form(self) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret(),
        }
