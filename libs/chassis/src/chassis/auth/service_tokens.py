"""A service's own token for calling another: client credentials, cached until shortly before it ends."""

import asyncio
from collections.abc import Callable

import httpx

from chassis.faults import Fault

EARLY = 60.0


class NoToken(Fault):
    """The issuer gave no token."""


class ServiceTokens:
    """One token at a time, asked for once however many want it."""

    def __init__(
        self,
        token_url: str,
        client_id: str,
        secret: Callable[[], str],
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._token_url = token_url
        self._client_id = client_id
        self._secret = secret
        self._client = client or httpx.AsyncClient(timeout=5.0)
        self._token = ""
        self._good_until = float("-inf")
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token good for at least a minute, or as long as the issuer gives; raise `NoToken`."""
        async with self._lock:
            if asyncio.get_running_loop().time() < self._good_until:
                return self._token
            return await self._ask()

    def forget(self) -> None:
        """The token was refused; ask for a new one next time."""
        self._good_until = float("-inf")

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    async def _ask(self) -> str:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret(),
        }
        try:
            answer = (await self._client.post(self._token_url, data=form)).raise_for_status().json()
            self._token = str(answer["access_token"])
            lasts = float(answer.get("expires_in", 0))
        except httpx.HTTPStatusError as refused:
            raise NoToken(
                f"the issuer answered {refused.response.status_code} to {self._client_id}"
            ) from refused
        except (httpx.HTTPError, ValueError, KeyError) as fault:
            raise NoToken(f"the issuer does not answer: {type(fault).__name__}") from fault
        self._good_until = asyncio.get_running_loop().time() + max(lasts - EARLY, lasts / 2)
        return self._token
