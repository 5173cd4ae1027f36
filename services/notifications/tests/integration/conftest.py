"""Servers that tests talk to over real sockets: fake gateways as processes, and a real SMTP server."""

import asyncio
import socket
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from chassis.testing.waiting import eventually

FAKES = Path(__file__).parents[4] / "tests" / "fakes" / "sms"


@dataclass(frozen=True)
class Fake:
    """A fake gateway; `play` is the hand behind it."""

    url: str
    process: asyncio.subprocess.Process

    async def play(self, what: str = "account", **how: Any) -> dict[str, Any]:
        async with httpx.AsyncClient(base_url=self.url, timeout=30) as client:
            answer = await client.post(f"/_fake/{what}", json=how)
            return answer.raise_for_status().json()

    async def shown(self, phone: str) -> list[str]:
        """What this phone showed."""
        account = await self.play()
        digits = phone.removeprefix("+")
        return [
            each["text"]
            for each in account["messages"]
            for _ in range(each["shown"])
            if each["phone"].removeprefix("+") == digits
        ]


def free_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return holder.getsockname()[1]


@asynccontextmanager
async def fake(name: str) -> AsyncGenerator[Fake]:
    port = free_port()
    asked = (
        "-m",
        "uvicorn",
        "--app-dir",
        str(FAKES),
        f"{name}:app",
        "--port",
        str(port),
        "--log-level",
        "error",
    )
    process = await asyncio.create_subprocess_exec(sys.executable, *asked)
    gateway = Fake(f"http://127.0.0.1:{port}", process)

    async def listens() -> bool:
        try:
            return bool(await gateway.play())
        except httpx.HTTPError:
            return False

    try:
        await eventually(listens, within=20.0)
        yield gateway
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


Faking = Callable[[str], AbstractAsyncContextManager[Fake]]


@pytest.fixture
def faking() -> Faking:
    """Start a fake of one's own."""
    return fake


@pytest.fixture(scope="module")
async def started_smsc() -> AsyncIterator[Fake]:
    async with fake("smsc") as gateway:
        yield gateway


@pytest.fixture(scope="module")
async def started_smsru() -> AsyncIterator[Fake]:
    async with fake("smsru") as gateway:
        yield gateway


@pytest.fixture
async def smsc(started_smsc: Fake) -> Fake:
    """One for the file, with an account that remembers nothing."""
    await started_smsc.play("forget")
    return started_smsc


@pytest.fixture
async def smsru(started_smsru: Fake) -> Fake:
    await started_smsru.play("forget")
    return started_smsru


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """How the service asks gateways, in a hurry."""
    async with httpx.AsyncClient(timeout=0.6) as asking:
        yield asking


@pytest.fixture
def port() -> int:
    """One that nobody listens on."""
    return free_port()
