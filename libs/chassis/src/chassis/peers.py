"""Other services, asked over HTTP: with our own token, a time-out, a bounded retry, and a clear answer when one is down."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, cast

import httpx

from chassis.auth.service_tokens import ServiceTokens
from chassis.faults import Fault

PAUSE = 0.2


class PeerDown(Fault):
    """Another service does not answer, or answers that it can't now."""


class PeerRefused(Exception):
    """Another service said no; `problem` is its answer."""

    def __init__(self, peer: str, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{peer} answered {status} {problem.get('type', '')}")
        self.status = status
        self.problem = problem


class Peer(Protocol):
    """One other service."""

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        """Its JSON answer; raise `PeerDown` or `PeerRefused`."""
        ...

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        """Its JSON answer. Tried again only with an Idempotency-Key, or when the call is `repeatable` by nature."""
        ...


class Peers(Protocol):
    """The other services, by name."""

    def of(self, name: str) -> Peer: ...


@dataclass(frozen=True, slots=True)
class HttpPeer:
    """One other service, over HTTP."""

    name: str
    client: httpx.AsyncClient
    tokens: ServiceTokens
    attempts: int

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        return await self._asked("GET", path, attempts=self.attempts, params=params)

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        attempts = self.attempts if key or repeatable else 1
        return await self._asked("POST", path, attempts=attempts, json=body, headers=headers)

    async def _asked(
        self, method: str, path: str, *, attempts: int, headers: Mapping[str, str] | None = None, **more: Any
    ) -> Any:
        for attempt in range(1, attempts + 1):
            try:
                return await self._once(method, path, dict(headers or {}), **more)
            except PeerDown:
                if attempt == attempts:
                    raise
            await asyncio.sleep(PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0))  # noqa: S311
        raise AssertionError

    async def _once(self, method: str, path: str, headers: dict[str, str], **more: Any) -> Any:
        headers["Authorization"] = f"Bearer {await self.tokens.token()}"
        try:
            answer = await self.client.request(method, path, headers=headers, **more)
        except httpx.HTTPError as fault:
            raise PeerDown(f"{self.name} does not answer: {type(fault).__name__}") from fault
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self.tokens.forget()
            raise PeerDown(f"{self.name} did not believe our token")
        if answer.is_server_error or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise PeerDown(f"{self.name} answered {answer.status_code}")
        if answer.is_error:
            raise PeerRefused(self.name, answer.status_code, _json(answer))
        return answer.json() if answer.content else None


class HttpPeers:
    """The other services, each with its own connections."""

    def __init__(
        self, urls: Mapping[str, str], tokens: ServiceTokens, *, timeout: float, attempts: int
    ) -> None:
        self._tokens = tokens
        self._peers = {
            name: HttpPeer(name, httpx.AsyncClient(base_url=url, timeout=timeout), tokens, attempts)
            for name, url in urls.items()
        }

    def of(self, name: str) -> Peer:
        return self._peers[name]

    async def close(self) -> None:
        """Give the connections back."""
        await self._tokens.close()
        await asyncio.gather(*(peer.client.aclose() for peer in self._peers.values()))


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return cast("Mapping[str, Any]", body) if isinstance(body, dict) else {}
