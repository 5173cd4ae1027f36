"""Quality as it runs, on Kafka and MongoDB of its own."""

import asyncio
import os
import signal
import socket
import sys
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from chassis.testing.infra import Infra
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from pymongo import AsyncMongoClient
from quality.app import create
from quality.entrypoints.crm_subscribers import reactions


def free_port() -> int:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return holder.getsockname()[1]


@pytest.fixture
async def surroundings(infra: Infra, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """What quality is told by the environment; its database."""
    prefix, group = f"test_{uuid.uuid4().hex[:12]}_", f"quality-{uuid.uuid4().hex[:8]}"
    told = {
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": prefix,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_KAFKA_GROUP": group,
        "OPBLOK_KAFKA_SESSION_TIMEOUT": "2",
        "OPBLOK_VAULT_KEYS": f"test:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "quality-secret",
    }
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)
    await begin_at_the_end(infra.kafka, group, reactions.topics)
    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:
        yield client[f"{prefix}quality"]
        await client.drop_database(f"{prefix}quality")


@pytest.fixture
async def calls(surroundings: Any) -> AsyncIterator[Any]:
    """Quality runs; the collection of its calls."""
    server = uvicorn.Server(uvicorn.Config(create(), port=free_port(), log_level="error"))
    task = asyncio.create_task(server.serve())
    await eventually(lambda: server.started, within=20.0)
    yield surroundings["calls"]
    server.should_exit = True
    await task


class Replicas:
    """Processes of quality in one group; `kill` is a SIGKILL."""

    def __init__(self) -> None:
        self.running: list[asyncio.subprocess.Process] = []

    async def start(self) -> None:
        """One more, and wait until it hears."""
        port = free_port()
        command = (sys.executable, "-m", "uvicorn", "--factory", "quality.app:create", "--port", str(port))
        quiet = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*command, env=os.environ, stdout=quiet, stderr=quiet)
        self.running.append(process)

        async def ready() -> bool:
            try:
                async with httpx.AsyncClient() as client:
                    answer = await client.get(f"http://127.0.0.1:{port}/health/ready")
            except httpx.TransportError:
                return False
            return answer.is_success

        await eventually(ready, within=60.0)

    async def kill(self) -> None:
        """The one that runs longest."""
        oldest = self.running.pop(0)
        oldest.send_signal(signal.SIGKILL)
        await oldest.wait()

    async def stop(self) -> None:
        for each in self.running:
            each.terminate()
            await each.wait()


@pytest.fixture
async def replicas(surroundings: Any) -> AsyncIterator[Replicas]:
    """Two of them."""
    del surroundings
    them = Replicas()
    try:
        for _ in range(2):
            await them.start()
        yield them
    finally:
        await them.stop()
