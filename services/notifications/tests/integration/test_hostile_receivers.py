"""Receivers that mean harm, over real sockets: a call ends in time with a word for what came of it, and tells nobody where it went."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from chassis.testing.tracing import Tracing
from notifications.adapters.posting import Posting
from notifications.application.hooks import Answered
from notifications.domain.reachable import Reach
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor

WITHIN = 1.5
Play = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def says(words: bytes) -> Play:
    """This, at once."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        writer.write(words)

    return play


def goes_on(words: bytes, piece: bytes, pause: float) -> Play:
    """This, and then a piece after the other, for ever."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        writer.write(words)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


@asynccontextmanager
async def playing(play: Play, heard: list[bytes] | None = None) -> AsyncGenerator[int]:
    """The port of somebody who reads a request and then plays."""

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if heard is not None:
                heard.append(head)
            await play(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # he was hung up on
        finally:
            writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def posted(play: Play, heard: list[bytes] | None = None) -> tuple[Answered, float]:
    began = time.monotonic()
    async with playing(play, heard) as port:
        post = Posting(Reach(anywhere=True), WITHIN)
        answer = await post(f"http://127.0.0.1:{port}/a-secret-path", "d-1", "{}", ("whsec_bmV3",))
    return answer, time.monotonic() - began


OK = b"HTTP/1.1 200 OK\r\n"
HARM: dict[str, tuple[Play, int | None, str | None]] = {
    "silence": (goes_on(b"", b"", 0.1), None, "timeout"),
    "a head without end": (goes_on(OK, b"x-a: " + b"a" * 5000 + b"\r\n", 0.0), None, "broken_off"),
    "a head drop by drop": (goes_on(OK, b"x: y\r\n", 0.2), None, "timeout"),
    "a body drop by drop": (goes_on(OK + b"content-length: 900000\r\n\r\n", b"a", 0.1), None, "timeout"),
    "a body without end": (goes_on(OK + b"\r\n", b"a" * 65_536, 0.0), 200, None),
    "a bomb of gzip": (goes_on(OK + b"content-encoding: gzip\r\n\r\n", b"\x1f\x8b" * 9_000, 0.0), 200, None),
    "continue for ever": (goes_on(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), None, "timeout"),
    "no http": (says(b"SSH-2.0-OpenSSH_9.6\r\n"), None, "broken_off"),
    "nothing at all": (says(b""), None, "broken_off"),
    "a status of its own": (says(b"HTTP/1.1 999 Hm\r\ncontent-length: 0\r\n\r\n"), 999, None),
    "a redirect inside": (says(b"HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"), 307, None),
}  # fmt: skip


@pytest.mark.parametrize(("play", "status", "fault"), HARM.values(), ids=HARM)
async def test_a_call_ends_in_time_whatever_is_answered(
    play: Play, status: int | None, fault: str | None
) -> None:
    answer, took = await posted(play)

    assert (answer.status, answer.fault) == (status, fault)
    assert took < WITHIN + 3


@pytest.mark.parametrize(
    "said",
    ["-5", "9" * 30, "1e9", "soon", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 02 Mar 1026 07:00:00 GMT",
     "Mon, 02 Mar 2026 07:00:00 +9999", "Fri, 31 Dec 9999 23:59:59 -2359", ""],
)  # fmt: skip
async def test_a_retry_after_of_any_kind_is_no_mishap(said: str) -> None:
    head = f"HTTP/1.1 503 Later\r\nretry-after: {said}\r\ncontent-length: 0\r\n\r\n"

    answer, _ = await posted(says(head.encode()))

    assert (answer.status, answer.fault) == (503, None)


async def test_no_span_says_where_it_went_and_no_trace_goes_there() -> None:
    tracing, heard = Tracing(), list[bytes]()
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=tracing.provider)
    try:
        with tracing.tracer.start_as_current_span("deadline"):
            await posted(says(b"HTTP/1.1 204 OK\r\n\r\n"), heard)
    finally:
        instrumentor.uninstrument()

    assert [each.name for each in tracing.exporter.get_finished_spans()] == ["deadline"]
    assert b"traceparent" not in heard[0]
