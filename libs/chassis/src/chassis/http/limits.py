"""How much a caller may ask: size of a body, requests at once, time for each. A plain ASGI middleware."""

import asyncio
from collections.abc import Mapping

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.http.problems import RETRY_AFTER, problem

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


class Limits:
    """`larger` gives path prefixes whose bodies may be larger than the rest, as feed uploads; bytes."""

    def __init__(
        self, app: ASGIApp, *, body: int, at_once: int, within: float, larger: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._body = body
        self._at_once = at_once
        self._within = within
        self._larger = larger or {}
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/health/", "/metrics")):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        limit = self._limit(scope["path"])
        if _declared(request) > limit:
            await self._too_large(request, limit)(scope, receive, send)
            return
        if self._in_flight >= self._at_once:
            text = "Too many requests at once; repeat in a moment."
            await problem(request, 503, "too-busy", text, headers=RETRY_AFTER)(scope, receive, send)
            return
        self._in_flight += 1
        try:
            await self._limited(scope, receive, send, limit)
        finally:
            self._in_flight -= 1

    async def _limited(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        answer = _Answer(send)
        within = self._within if limit == self._body else self._within * 10
        try:
            async with asyncio.timeout(within):
                await self._app(scope, _metered(receive, limit), answer)
        except TimeoutError:
            if answer.began:
                raise
            text = f"No answer within {within:.0f} s. It may be carried out: repeat with the same Idempotency-Key."
            busy = problem(Request(scope), 503, "timed-out", text, headers=RETRY_AFTER)
            await busy(scope, receive, send)

    def _limit(self, path: str) -> int:
        return next((size for start, size in self._larger.items() if path.startswith(start)), self._body)

    def _too_large(self, request: Request, limit: int) -> ASGIApp:
        return problem(request, 413, "content-too-large", _limit_in_words(limit))


class _Answer:
    """Sends on, with the security headers, and knows whether the answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.began = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.began = True
            present = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(h for h in SECURITY_HEADERS if h[0] not in present)]
        await self._send(message)


def _metered(receive: Receive, limit: int) -> Receive:
    """Receives until more has come than the route takes."""
    taken = 0

    async def metered() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, _limit_in_words(limit))
        return message

    return metered


def _limit_in_words(limit: int) -> str:
    return f"A request body may have {limit} bytes here."


def _declared(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else 0
