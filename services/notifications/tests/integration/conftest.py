"""Servers that tests talk to over real sockets: fake gateways as processes, and a real SMTP server."""

import asyncio
import socket
import sys
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from chassis.publishing import KafkaPublisher
from chassis.records import record
from chassis.settings import KafkaSettings
from chassis.testing.infra import Infra
from chassis.testing.issuer import TestIssuer
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from contracts.fact import Fact
from notifications.app import create
from notifications.entrypoints.subscribers import reactions
from notifications.testing.surroundings import Others, served
from pymongo import AsyncMongoClient

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


@dataclass
class Shop:
    """Notifications on real servers, with what it talks to."""

    url: str
    others: Others
    smsc: Fake
    letters: list[Any]
    database: Any
    publisher: KafkaPublisher
    issuer: TestIssuer

    async def tell(self, fact: Fact, sequence: int = 1) -> None:
        """Orders tells, through Kafka."""
        await self.publisher(record(fact, sequence, "orders", datetime.now(UTC), "test"))

    async def states(self, order_id: str) -> dict[str, str]:
        """How far the messages of an order are, by channel."""
        found = self.database["messages"].find({"listed.order_id": order_id})
        return {each["listed"]["channel"]: each["listed"]["state"] async for each in found}


class Postbox:
    """Keeps what a real SMTP server takes."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        del server, session
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
async def shop_of(
    infra: Infra, smsc: Fake, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Callable[..., AbstractAsyncContextManager[Shop]]]:
    """Start notifications, as often as a test likes, on the same database and group."""
    name, group = f"test_{uuid.uuid4().hex[:12]}_", f"notifications-{uuid.uuid4().hex[:8]}"
    postbox, others = Postbox(), Others()
    smtp = Controller(postbox, hostname="localhost", port=free_port())
    smtp.start()
    port, other_port, secret = free_port(), free_port(), uuid.uuid4().hex
    told = {
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": name,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_KAFKA_GROUP": group,
        "OPBLOK_KAFKA_SESSION_TIMEOUT": "2",
        "OPBLOK_VAULT_KEYS": f"test:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "notifications-secret",
        "OPBLOK_ORDERS_URL": f"http://127.0.0.1:{other_port}",
        "OPBLOK_TOKEN_URL": f"http://127.0.0.1:{other_port}/oauth/token",
        "OPBLOK_SMS_GATEWAY": "smsc",
        "OPBLOK_SMSC_URL": smsc.url,
        "OPBLOK_SMSC_LOGIN": "shop",
        "OPBLOK_SMSC_PASSWORD": "brass",
        "OPBLOK_SMS_TIMEOUT": "0.6",
        "OPBLOK_SMS_CALLBACK_SECRET": secret,
        "OPBLOK_MAIL": "smtp",
        "OPBLOK_SMTP_HOST": "localhost",
        "OPBLOK_SMTP_PORT": str(smtp.port),
        "OPBLOK_SMTP_TLS": "none",
        "OPBLOK_MAIL_FROM": "shop@igla.example",
        "OPBLOK_RETRY_PAUSE": "PT1S",
        "OPBLOK_QUIET_UNTIL": "00:00",
        "OPBLOK_QUIET_FROM": "23:59:59.999999",
        "OPBLOK_SILENT_BEFORE": (datetime.now(UTC) - timedelta(minutes=5)).isoformat(),
    }
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)
    await begin_at_the_end(infra.kafka, group, reactions.topics)
    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:

        @asynccontextmanager
        async def run() -> AsyncGenerator[Shop]:
            publisher = KafkaPublisher(KafkaSettings(), client_id="test")
            publisher.start()
            async with served(others, other_port), served(create(), port) as url:
                await smsc.play("moods", callback=f"{url}/webhooks/sms/smsc/{secret}")
                database = client[f"{name}notifications"]
                yield Shop(url, others, smsc, postbox.letters, database, publisher, TestIssuer())
            await publisher.stop()

        yield run
        await client.drop_database(f"{name}notifications")
    smtp.stop()
