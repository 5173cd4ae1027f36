"""Speaking to CDEK's API v2 over HTTP: https://api-docs.cdek.ru. Bodies hold personal data and are never logged."""

import asyncio
import random
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import httpx
from chassis.auth.service_tokens import NoToken, ServiceTokens

from logistics.application.carrier_port import CarrierDown

Json = Mapping[str, Any]
TRIES = 3
PAUSE = 0.2
AT_ONCE = 8
"""Requests under way at a time."""
NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
LATER = frozenset({"v2_internal_error", "v2_similar_request_still_processed"})
"""Codes of CDEK that are no refusal: it may do later."""
WORD = re.compile(r"[^a-z0-9_]+")
LONGEST_WORD = 64


class CdekSaidNo(Exception):
    """CDEK answered no; `code` is his own word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Account:
    """The integration account. `timeout` in seconds."""

    name: str
    password: str
    url: str
    timeout: float = 10.0


class CdekConnection:
    """One token for all, asked for by one at a time and renewed before its end; a few requests at once; bounded retries
    of what may be repeated.
    """

    def __init__(
        self,
        account: Account,
        transport: httpx.AsyncBaseTransport | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.url = account.url.rstrip("/")
        self._client = httpx.AsyncClient(timeout=account.timeout, transport=transport)
        self._tokens = ServiceTokens(
            f"{self.url}/oauth/token", account.name, lambda: account.password, self._client, pause=pause
        )
        self._pause = pause
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def asked(
        self, method: str, path: str, *, body: Json | None = None, params: Mapping[str, str] | None = None
    ) -> Any:
        """CDEK's JSON answer; raise `CarrierDown` or `CdekSaidNo`. Only reading is tried again by itself."""
        tries = TRIES if method == "GET" else 1
        for left in reversed(range(tries)):
            try:
                return _read(await self._believed(method, path, json=body, params=params))
            except CarrierDown:
                if not left:
                    raise
            await self._pause(PAUSE * 2 ** (tries - left) * random.uniform(0.5, 1.0))  # noqa: S311
        raise AssertionError

    @asynccontextmanager
    async def file(self, address: str) -> AsyncGenerator[httpx.Response]:
        """A file of CDEK's, while it comes. Our token is shown to nobody else, whatever the address says."""
        if httpx.URL(address).copy_with(path="/", query=None) != httpx.URL(self.url).copy_with(path="/"):
            raise CarrierDown("CDEK names a file that lies elsewhere")
        try:
            headers = {"Authorization": f"Bearer {await self._tokens.token()}"}
            async with self._client.stream("GET", address, headers=headers) as answer:
                yield answer
        except (httpx.HTTPError, NoToken) as fault:
            raise CarrierDown(f"CDEK does not give its file: {type(fault).__name__}") from fault

    async def _believed(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A token may be over before its time; nothing was carried out, so a fresh one is shown, once."""
        answer = await self._sent(method, path, **more)
        if answer.status_code != HTTPStatus.UNAUTHORIZED:
            return answer
        self._tokens.forget()
        return await self._sent(method, path, **more)

    async def _sent(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            headers = {"Authorization": f"Bearer {await self._tokens.token()}"}
            async with self._gate:
                return await self._client.request(method, f"{self.url}{path}", headers=headers, **more)
        except NoToken as none:
            raise CarrierDown(f"CDEK gives no token: {none}") from none
        except httpx.HTTPError as fault:
            raise CarrierDown(f"CDEK does not answer: {type(fault).__name__}") from fault


def first_error(told: Json) -> str | None:
    """The first code of his that says no, wherever it stands."""
    for each in (told, *many(told.get("requests"))):
        for error in many(each.get("errors")):
            return str(error.get("code", ""))
    return None


def word(code: str) -> str:
    """CDEK's code as a word that may be told: `cdek_` and his own."""
    return f"cdek_{WORD.sub('_', code.lower()).strip('_') or 'unknown'}"[:LONGEST_WORD]


def mapping(value: Any) -> Json:
    """A value as an object, empty where it is none: he may send anything."""
    return cast("Json", value) if isinstance(value, Mapping) else {}


def many(value: Any) -> list[Json]:
    """A value as a list of objects."""
    return [mapping(each) for each in cast("list[Any]", value)] if isinstance(value, list) else []


def _read(answer: httpx.Response) -> Any:
    status = answer.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in NOT_NOW or status == HTTPStatus.UNAUTHORIZED:
        raise CarrierDown(f"CDEK answered {status}")
    try:
        told = answer.json()
    except ValueError as wrong:
        raise CarrierDown(f"CDEK answered {status} and no JSON") from wrong
    if answer.is_success:
        return told
    code = first_error(mapping(told)) or f"http_{status}"
    if code in LATER:
        raise CarrierDown(f"CDEK can't now: {code}")
    raise CdekSaidNo(code)
