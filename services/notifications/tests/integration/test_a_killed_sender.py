"""Notifications as two processes, killed again and again while facts are told: each fact arrives, under one `webhook-id`, and what
was sent twice was on its way when its sender was killed.
"""

import asyncio
import json
import os
import random
import sys
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from chassis.handling import Handler, Occasion
from chassis.mongo import MongoStore
from chassis.publishing import KafkaPublisher
from chassis.records import record
from chassis.settings import KafkaSettings
from chassis.testing.infra import Infra
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from kernel.personal import Personal
from notifications.adapters.hook_documents import ENDPOINTS
from notifications.application.endpoints import new_secret
from notifications.application.hooks import ENDPOINT
from notifications.domain import endpoint as e
from notifications.entrypoints.published import PUBLISHED
from notifications.entrypoints.subscribers import reactions
from notifications.testing.news import cancelled
from notifications.testing.receivers import OLGA
from pymongo import AsyncMongoClient

from services.notifications.tests.integration.conftest import free_port
from services.notifications.tests.integration.taking_webhooks import Taking

KILLS = int(os.environ.get("OPBLOK_SENDER_KILLS", "3"))
"""By hand more; here so many that they take some seconds."""
BETWEEN_FACTS = 0.07
LIVES = (0.6, 1.6)
"""So long a process works before it is killed; seconds."""
QUIET = asyncio.subprocess.DEVNULL


@pytest.fixture
async def database(infra: Infra, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Of the processes, whose environment this makes."""
    prefix, group = f"test_{uuid.uuid4().hex[:12]}_", f"notifications-{uuid.uuid4().hex[:8]}"
    told = {
        "OPBLOK_MODE": "development",
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": prefix,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_KAFKA_GROUP": group,
        "OPBLOK_KAFKA_SESSION_TIMEOUT": "2",
        "OPBLOK_VAULT_KEYS": f"test:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "notifications-secret",
        "OPBLOK_MAILBOX": str(tmp_path),
        "OPBLOK_WEBHOOK_ANYWHERE": "true",
        "OPBLOK_WEBHOOK_TIMEOUT": "4",
        "OPBLOK_WEBHOOK_SETTLE": "PT1S",
        "OPBLOK_WEBHOOK_PAUSES": json.dumps(["PT0.5S"] * 30),
    }
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)
    await begin_at_the_end(infra.kafka, group, reactions.topics)
    await begin_at_the_end(infra.kafka, f"{group}.webhooks", sorted(set(PUBLISHED.values())))
    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:
        yield client[f"{prefix}notifications"]
        await client.drop_database(f"{prefix}notifications")


class Replica:
    """A process that is killed and started again."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: asyncio.subprocess.Process

    async def start(self) -> None:
        told = ("--factory", "notifications.app:create", "--port", str(self.port))
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "uvicorn", *told), env=os.environ, stdout=QUIET, stderr=QUIET
        )

    async def listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def replicas(many: int) -> AsyncGenerator[list[Replica]]:
    """They run; whatever comes of the test, they are ended."""
    all_ = [Replica() for _ in range(many)]
    try:
        for each in all_:
            await each.start()
        yield all_
    finally:
        for each in all_:
            await each.kill()


async def subscribed(database: Any, taking: Taking) -> None:
    secret, now = new_secret(), datetime.now(UTC)
    store = MongoStore(database, ENDPOINTS, Vault.parse(os.environ["OPBLOK_VAULT_KEYS"]))
    wanted = e.Wanted(Personal(f"http://127.0.0.1:{taking.port}/hooks"), ("order.*",))
    taking.secret = secret.value
    opening = e.Open("e-1", "main", wanted, secret, OLGA, now)
    await Handler("notifications", ENDPOINT, store, nobody)(opening, Occasion("test", now, OLGA))


def nobody(key: str, owed: Any, *, before: Any) -> None:
    del key, owed, before


@asynccontextmanager
async def telling(told: list[str]) -> AsyncGenerator[None]:
    """Facts, as long as this lasts."""
    publisher, run, over = (
        KafkaPublisher(KafkaSettings(), client_id="test"),
        uuid.uuid4().hex,
        asyncio.Event(),
    )

    async def go_on() -> None:
        while not over.is_set():
            said = record(cancelled(order_id=f"{run}-{len(told)}"), 1, "orders", datetime.now(UTC), "test")
            await publisher(said)
            told.append(said.id)
            await asyncio.sleep(BETWEEN_FACTS)

    publisher.start()
    teller = asyncio.create_task(go_on())
    try:
        yield
    finally:
        over.set()
        await teller
        await publisher.stop()


async def in_flight(database: Any) -> set[str]:
    """What was being sent at this moment."""
    return {each["_id"] async for each in database["webhook_deliveries"].find({"listed.state": "sending"})}


async def test_killed_again_and_again_it_loses_nothing_and_repeats_only_what_was_on_its_way(
    database: Any, request: pytest.FixtureRequest
) -> None:
    taking, told, cut = Taking(seed := random.randrange(10**6)), list[str](), list[set[str]]()
    lot = random.Random(seed)
    async with taking.open(), replicas(2) as running:
        await subscribed(database, taking)
        async with telling(told):
            await eventually(lambda: len(taking.taken) > 5, within=60.0)
            for number in range(KILLS):
                one = running[number % len(running)]
                await eventually(one.listens, within=60.0)
                await asyncio.sleep(lot.uniform(*LIVES))
                await one.kill()
                cut.append(await in_flight(database))
                await one.start()
        await eventually(lambda: settled(database, len(told)), within=90.0, what=f"the end (seed {seed})")

    kept = {each["_id"]: each async for each in database["webhook_deliveries"].find()}
    assert {each["state"]["owed"]["fact_id"] for each in kept.values()} == set(told)
    assert {name: len(ids) for name, ids in taking.named.items()} == dict.fromkeys(told, 1)
    assert taking.taken == set(kept) == set(taking.arrived)
    untold = [judge(each, cut, taking.arrived) for each in kept.values()]
    assert any(untold), "no kill met a delivery on its way: this run shows nothing"
    doubles = sum(taking.arrived.values()) - len(kept)
    request.node.add_report_section(
        "call",
        "kills",
        f"{len(told)} facts, {sum(map(len, cut))} on their way at {KILLS} kills, {doubles} twice",
    )


async def settled(database: Any, many: int) -> bool:
    """Each is delivered."""
    return await database["webhook_deliveries"].count_documents({"listed.state": "delivered"}) == many


def judge(kept: dict[str, Any], cut: Iterable[set[str]], arrived: Counter[str]) -> int:
    """Delivered once in its log, by its last try; tries that nobody told the end of, so many, were on their way at a kill."""
    state, id_ = kept["state"], kept["_id"]
    came_of = [tried["status"] for tried in state["log"]]
    assert (state["state"], came_of.count(204), came_of[-1]) == ("delivered", 1, 204)
    untold = state["tries"] - len(came_of)
    assert untold <= sum(id_ in each for each in cut)
    assert 1 <= arrived[id_] <= state["tries"]
    return untold
