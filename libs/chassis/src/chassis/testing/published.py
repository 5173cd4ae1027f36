"""An OIDC issuer as others reach it over HTTP, for tests: it can be down, slow, and change its keys."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from chassis.testing.issuer import TestIssuer


class PublishedIssuer:
    """Publishes the keys of test issuers. `asked` are the paths it was asked for."""

    def __init__(self, *keys: TestIssuer) -> None:
        self.keys: Sequence[TestIssuer] = keys
        self.name = keys[0].name
        self.calls_itself = self.name
        self.is_down = False
        self.pause = 0.0
        self.asked: list[str] = []

    @property
    def client(self) -> httpx.AsyncClient:
        """A client that reaches it and nobody else."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    @property
    def times_asked(self) -> int:
        """How often somebody wanted its keys."""
        return sum("openid-configuration" in path for path in self.asked)

    @property
    def jwks(self) -> Mapping[str, Any]:
        """The keys it publishes."""
        return {"keys": [key for each in self.keys for key in each.jwks["keys"]]}

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        await asyncio.sleep(self.pause)
        if self.is_down:
            raise httpx.ConnectError("down", request=request)
        if request.url.path.endswith("/openid-configuration"):
            described = {"issuer": self.calls_itself, "jwks_uri": f"{self.name}/keys"}
            return httpx.Response(200, json=described)
        return httpx.Response(200, json=self.jwks)


class Kept:
    """Keys kept in memory. `is_down`: as when the store does not answer."""

    def __init__(self, **keys: Mapping[str, Any]) -> None:
        self.keys: dict[str, Mapping[str, Any]] = dict(keys)
        self.is_down = False

    async def load(self, issuer: str) -> Mapping[str, Any] | None:
        if self.is_down:
            raise ConnectionError("down")
        return self.keys.get(issuer)

    async def keep(self, issuer: str, keys: Mapping[str, Any]) -> None:
        if self.is_down:
            raise ConnectionError("down")
        self.keys[issuer] = keys
