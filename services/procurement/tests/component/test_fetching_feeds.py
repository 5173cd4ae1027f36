"""A feed is fetched from a real little server of this machine, whose network the settings then allow."""

import asyncio
import ipaddress
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from procurement.adapters.feed_address import FeedAddress
from procurement.application.ports import Fetched, FetchFailed

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)


@dataclass
class Server:
    """Answers each path with the bytes of the script; keeps what it was asked."""

    script: dict[str, bytes]
    asked: list[str] = field(default_factory=list[str])
    port: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.asked.append(head)
        writer.write(self.script[head.split(" ")[1]])
        await writer.drain()
        writer.close()

    def url(self, path: str, host: str = "feeds.example.org") -> str:
        return f"http://{host}:{self.port}{path}"


def answered(status: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def serving(script: dict[str, bytes]) -> AsyncGenerator[Server]:
    server = Server(script)
    listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    async with listening:
        server.port = listening.sockets[0].getsockname()[1]
        yield server


async def at_home(host: str, _: int) -> Sequence[str]:
    """Names of the example lead to this machine; another one somewhere private."""
    return ["127.0.0.1"] if host == "feeds.example.org" else ["10.0.0.1"]


HERE = FeedAddress(LOOPBACK, most_bytes=1000, within=5, look_up=at_home)


async def test_a_feed_comes_with_its_marks(tmp_path: Path) -> None:
    feed = answered("200 OK", 'ETag: "7"', "Last-Modified: Mon", body=b"<yml_catalog/>")
    async with serving({"/feed": feed}) as server:
        got = await HERE(server.url("/feed"), '"6"', None, tmp_path / "feed")

    assert got == Fetched('"7"', "Mon")
    assert (tmp_path / "feed").read_bytes() == b"<yml_catalog/>"
    assert 'if-none-match: "6"' in server.asked[0].lower()
    assert f"host: feeds.example.org:{server.port}" in server.asked[0].lower()


async def test_an_unchanged_feed_is_not_sent_again(tmp_path: Path) -> None:
    async with serving({"/feed": answered("304 Not Modified")}) as server:
        assert await HERE(server.url("/feed"), '"7"', None, tmp_path / "feed") is None


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/missing", "answered 404"),
        ("/inside", "not a public address"),
        ("/round", "more than 5 redirects"),
        ("/scheme", "only http and https"),
        ("/large", "larger than 1000 bytes"),
        ("/gzip", "compressed"),
    ],
)
async def test_what_may_not_be_fetched_says_why(tmp_path: Path, path: str, says: str) -> None:
    script = {
        "/missing": answered("404 Not Found"),
        "/inside": answered("302 Found", "Location: http://inside.example.org/metadata"),
        "/round": answered("302 Found", "Location: /round"),
        "/scheme": answered("302 Found", "Location: file:///etc/hostname"),
        "/large": answered("200 OK", body=b"x" * 1001),
        "/gzip": answered("200 OK", "Content-Encoding: gzip", body=b"x"),
    }
    async with serving(script) as server:
        with pytest.raises(FetchFailed, match=says):
            await HERE(server.url(path), None, None, tmp_path / "feed")


async def test_this_machine_is_not_fetched_from_unless_allowed(tmp_path: Path) -> None:
    async with serving({"/feed": answered("200 OK")}) as server:
        with pytest.raises(FetchFailed, match="not a public address"):
            await FeedAddress(look_up=at_home)(server.url("/feed"), None, None, tmp_path / "feed")
        with pytest.raises(FetchFailed, match="not a public address"):
            await FeedAddress()(server.url("/feed", "127.0.0.1"), None, None, tmp_path / "feed")

    assert server.asked == []


async def test_a_server_that_never_ends_is_left(tmp_path: Path) -> None:
    async with serving({"/feed": b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"}) as server:
        with pytest.raises(FetchFailed):
            await HERE(server.url("/feed"), None, None, tmp_path / "feed")
