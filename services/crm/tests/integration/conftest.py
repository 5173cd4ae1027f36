"""Crm as a process would run it: real MongoDB, real Kafka, its own settings."""

import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from crm.app import create
from pymongo import AsyncMongoClient

Running = Callable[[], AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def prefix(infra: Infra) -> AsyncIterator[str]:
    """Databases of this test alone."""
    name = f"test_{uuid.uuid4().hex[:12]}_"
    yield name
    async with AsyncMongoClient[dict[str, Any]](infra.mongo) as client:
        await client.drop_database(f"{name}crm")


@pytest.fixture
async def kept(infra: Infra, prefix: str) -> AsyncIterator[Any]:
    """The database as a thief of the disk would see it."""
    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:
        yield client[f"{prefix}crm"]


@pytest.fixture
def running(infra: Infra, prefix: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Running:
    """Start crm, as often as a test likes, on the same database."""
    told: dict[str, str | Path] = {
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": prefix,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_KAFKA_SESSION_TIMEOUT": "2",
        "OPBLOK_VAULT_KEYS": f"test:{Vault.generate_key()}",
        "OPBLOK_PHONE_KEY": "a key of at least thirty-two letters",
        "OPBLOK_BOOTSTRAP_FILE": str(settings.bootstrap_file),
        "OPBLOK_ISSUERS": "http://crm.test",
        "OPBLOK_PASSWORD_MEMORY_KIB": "16",
        "OPBLOK_PASSWORD_PASSES": "1",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, str(value))

    @asynccontextmanager
    async def run() -> AsyncGenerator[httpx.AsyncClient]:
        app = create()
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://crm.test", timeout=30) as client,
        ):
            await eventually(lambda: ready(client), within=30.0)
            yield client

    return run


async def ready(client: httpx.AsyncClient) -> bool:
    return (await client.get("/health/ready")).status_code == 200
