"""How much a caller may ask: size of a body, requests at once, time for each. A plain ASGI middleware."""

import asyncio
from collections.abc import Mapping

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.auth.verifier import BadToken
from chassis.faults import Fault
from chassis.http.problems import RETRY_AFTER, problem
from chassis.http.watching import unwatched

LONGER_FOR_LARGER = 10
"""How many times the usual time a request may take whose body may be larger."""


class Limits:
    """`larger` gives paths (as routes write them) whose bodies may be larger than the rest, as feed uploads; bytes. A larger
    body is taken only from a caller whose token is believed: it is read before the route looks at him.
    """

    def __init__(
        self, app: ASGIApp, *, body: int, at_once: int, within: float, larger: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._body = body
        self._at_once = at_once
        self._within = within
        self._larger = [(compile_path(path)[0], size) for path, size in (larger or {}).items()]
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or unwatched(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        limit = await self._limit(request)
        if _declared(request) > limit:
            too_large = problem(
                request, 413, "content-too-large", _in_words(limit), headers={"Connection": "close"}
            )
            await too_large(scope, receive, send)
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
        began = False

        async def sent(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        within = self._within if limit <= self._body else self._within * LONGER_FOR_LARGER
        try:
            async with asyncio.timeout(within):
                await self._app(scope, _metered(receive, limit), sent)
        except TimeoutError:
            if began:
                raise
            text = (
                f"No answer within {within:g} s. It may be carried out: repeat with the same Idempotency-Key."
            )
            late = problem(Request(scope), 503, "timed-out", text, headers=RETRY_AFTER)
            await late(scope, receive, send)

    async def _limit(self, request: Request) -> int:
        path = request.scope["path"]
        for pattern, size in self._larger:
            if pattern.match(path):
                return size if await _believed(request) else self._body
        return self._body


async def _believed(request: Request) -> bool:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return False
    try:
        await request.app.state.verifier.actor(token.strip())
    except (BadToken, Fault):
        return False
    return True


def _metered(receive: Receive, limit: int) -> Receive:
    """Receives until more has come than the route takes, whatever length was declared."""
    taken = 0

    async def metered() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, _in_words(limit))
        return message

    return metered


def _in_words(limit: int) -> str:
    return f"A request body may have {limit} bytes here."


def _declared(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0  # noqa: PLR2004
