"""Other services, asked over HTTP: with our own token, a time-out, a bounded retry, and a clear answer when one is down."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, cast

import httpx
from opentelemetry.propagate import inject

from chassis.auth.service_tokens import NoToken, ServiceTokens
from chassis.faults import Fault

PAUSE = 0.2
NOT_NOW = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)
"""Answers of 4xx that are no refusal: it may do later."""


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
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

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
                return self._read(await self._believed(method, path, headers or {}, **more))
            except PeerDown:
                if attempt == attempts:
                    raise
            await self.pause(PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0))  # noqa: S311
        raise AssertionError

    async def _believed(
        self, method: str, path: str, headers: Mapping[str, str], **more: Any
    ) -> httpx.Response:
        """A refused token may have lost its key to a rotation; nothing was carried out, so a fresh one is shown."""
        answer = await self._sent(method, path, headers, **more)
        if answer.status_code != HTTPStatus.UNAUTHORIZED:
            return answer
        self.tokens.forget()
        return await self._sent(method, path, headers, **more)

    async def _sent(self, method: str, path: str, headers: Mapping[str, str], **more: Any) -> httpx.Response:
        shown = dict(headers)
        inject(shown)
        try:
            shown["Authorization"] = f"Bearer {await self.tokens.token()}"
            return await self.client.request(method, path, headers=shown, **more)
        except NoToken as none:
            raise PeerDown(f"no token for {self.name}: {none}") from none
        except httpx.HTTPError as fault:
            raise PeerDown(f"{self.name} does not answer: {type(fault).__name__}") from fault

    def _read(self, answer: httpx.Response) -> Any:
        status = answer.status_code
        if answer.is_success:
            return self._said(answer) if answer.content else None
        if answer.is_client_error and status not in NOT_NOW:
            raise PeerRefused(self.name, status, _problem(answer))
        raise PeerDown(f"{self.name} answered {status}")

    def _said(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as wrong:
            raise PeerDown(f"{self.name} answered what is not JSON") from wrong


class HttpPeers:
    """The other services, each with its own connections."""

    def __init__(
        self,
        urls: Mapping[str, str],
        tokens: ServiceTokens,
        *,
        timeout: float,
        attempts: int,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._tokens = tokens
        self._peers = {
            name: HttpPeer(
                name, httpx.AsyncClient(base_url=url, timeout=timeout, transport=transport), tokens, attempts
            )
            for name, url in urls.items()
        }

    def of(self, name: str) -> Peer:
        """Another service. Who asks for one needs a secret at the issuer: a missing one is told at the start."""
        self._tokens.check()
        return self._peers[name]

    async def close(self) -> None:
        """Give the connections back."""
        await self._tokens.close()
        await asyncio.gather(*(peer.client.aclose() for peer in self._peers.values()))


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return cast("Mapping[str, Any]", body) if isinstance(body, dict) else {}
