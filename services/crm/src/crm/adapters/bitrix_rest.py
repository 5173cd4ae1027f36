"""REST of Bitrix24 over HTTP: envelopes, limits, errors (reference A1). Its own SDK is synchronous and knows one OAuth host; see decision 82.

A client keeps below the portal's leaky bucket; what is over a limit all the same waits. Redirects are not followed: a POST would lose its
parameters, and a token would go to another host.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, cast

import httpx

from crm.application.bitrix_port import NotInstalled, PortalDown, PortalRefused

TOO_MANY = "QUERY_LIMIT_EXCEEDED"
TOO_LONG = "OPERATION_TIME_LIMIT"
OVER = "expired_token"
NO_SUCH_CALL = "NO_SUCH_CALL"
"""Our word: the portal says it in its text alone (reference A3.4)."""
SIZE, LEAK = 40.0, 2.0
"""Below the portal's own 50 at 2 a second: others ask it from here, too."""
TIMES = 3
A_MINUTE = 60.0
LONGEST_HERE = 10.0
"""Whoever has to wait longer than this is told so, and comes again."""


@dataclass
class Bucket:
    """Our side of the portal's leaky bucket; monotonic seconds."""

    size: float = SIZE
    leak: float = LEAK
    level: float = 0.0
    at: float = 0.0

    async def take(self) -> None:
        """Wait until one more request is no trouble."""
        while True:
            now = asyncio.get_running_loop().time()
            self.level, self.at = max(0.0, self.level - (now - self.at) * self.leak), now
            if self.level + 1 <= self.size:
                self.level += 1
                return
            await asyncio.sleep((self.level + 1 - self.size) / self.leak)

    def is_full(self) -> None:
        """The portal says so: others filled it."""
        self.level = self.size


@dataclass(frozen=True, slots=True)
class Entry:
    """How to come in. A webhook's address holds its secret; an application shows a token, and gets another when it is over."""

    address: str
    token: Callable[[], Awaitable[str]] | None = None
    renewed: Callable[[str], Awaitable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """Calls of one portal."""

    entry: Entry
    client: httpx.AsyncClient
    bucket: Bucket = field(default_factory=Bucket)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def call(self, method: str, asked: Mapping[str, Any], *, reads: bool = True) -> dict[str, Any]:
        """The envelope of a success. What only reads is asked again after a fault; what writes is not, since it may be done."""
        token = await self.entry.token() if self.entry.token else None
        try:
            return await self._patiently(method, asked, token, reads=reads)
        except PortalRefused as no:
            if no.code != OVER or token is None or self.entry.renewed is None:
                raise
        return await self._patiently(method, asked, await self.entry.renewed(token), reads=reads)

    async def batch(self, commands: Mapping[str, str], *, halt: bool = True) -> dict[str, Any]:
        """Up to 50 reading commands in one request; the inner results. One that failed raises as if it had been asked alone; where they
        don't `halt` at it, only if all of them did.
        """
        envelope = await self.call("batch", {"halt": int(halt), "cmd": dict(commands)})
        inner = _object(envelope.get("result"))
        done, errors = _object(inner.get("result")), _object(inner.get("result_error"))
        for error in errors.values() if halt or not done else ():
            raise _fault(200, _object(error))
        return done

    async def _patiently(
        self, method: str, asked: Mapping[str, Any], token: str | None, *, reads: bool
    ) -> dict[str, Any]:
        for time in range(TIMES):
            try:
                return await self._once(method, asked, token)
            except PortalDown as down:
                again = reads or str(down) == TOO_MANY
                if time == TIMES - 1 or not again or down.wait > LONGEST_HERE:
                    raise
                await self.pause(0.5 * 2**time)
        raise AssertionError

    async def _once(self, method: str, asked: Mapping[str, Any], token: str | None) -> dict[str, Any]:
        await self.bucket.take()
        body = {**asked, "auth": token} if token else dict(asked)
        try:
            answer = await self.client.post(f"{self.entry.address}{method}", json=body)
        except httpx.HTTPError as fault:
            raise PortalDown(
                type(fault).__name__, 5.0
            ) from None  # its text may hold the address of a webhook
        envelope = _read(answer)
        if answer.is_success and "error" not in envelope:
            return envelope
        if str(envelope.get("error")) == TOO_MANY:
            self.bucket.is_full()
        raise _fault(answer.status_code, envelope)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_redirect:
        raise PortalRefused("portal_moved")
    try:
        told: Any = answer.json()
    except ValueError as wrong:
        raise PortalDown("not_json", 5.0) from wrong
    return _object(told)


def _fault(status: int, envelope: Mapping[str, Any]) -> PortalDown | PortalRefused:
    """Status first, then the code, which is often empty."""
    code = envelope.get("error")
    word = str(_object(code).get("code") if isinstance(code, dict) else code or "")
    if word == TOO_MANY:
        return PortalDown(TOO_MANY, 1.0)
    if word == TOO_LONG or status == HTTPStatus.TOO_MANY_REQUESTS:
        return PortalDown(TOO_LONG, A_MINUTE)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and word not in ("OVERLOAD_LIMIT", "PORTAL_DELETED"):
        return PortalDown(word or str(status), 5.0)
    if word == "APPLICATION_NOT_FOUND":
        return NotInstalled(word)
    text = str(envelope.get("error_description") or "")
    if text.startswith("Call is not found"):
        return PortalRefused(NO_SUCH_CALL)
    return PortalRefused(word or ("NOT_FOUND" if text == "Not found" else f"http_{status}"))


def _object(value: Any) -> dict[str, Any]:
    """PHP writes an empty object as `[]`."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
