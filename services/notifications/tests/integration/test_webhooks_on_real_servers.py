"""Webhooks as they run: facts by Kafka, deliveries in MongoDB, and a receiver over HTTP that verifies what it gets."""

import asyncio
import json
import os
import ssl
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from chassis.handling import Handler, Occasion
from chassis.mongo import MongoStore
from chassis.testing.infra import Infra
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from contracts.fact import FACTS
from kernel.personal import Personal
from notifications.adapters.hook_documents import ENDPOINTS
from notifications.adapters.posting import Posting
from notifications.application.endpoints import new_secret
from notifications.application.hooks import ENDPOINT
from notifications.domain import endpoint as e
from notifications.domain.reachable import Reach
from notifications.entrypoints.published import PUBLISHED
from notifications.testing.news import created
from notifications.testing.receivers import OLGA
from standardwebhooks.webhooks import Webhook

Shop = Any


class Partner:
    """A receiver: bytes over TCP. `moods` are what it answers to the next calls, then 204."""

    def __init__(self, secret: str = "") -> None:
        self.secret, self.moods, self.port = secret, list[str](), 0
        self.taken: Counter[str] = Counter()
        self.verified: list[dict[str, Any]] = []

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            writer.close()  # the caller gave up
            return
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head.split("\r\n")[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        mood = self.moods.pop(0) if self.moods else "204 OK"
        if mood == "slow":
            await asyncio.sleep(4)
        elif self.secret:
            self.verified.append(Webhook(self.secret).verify(body, headers))
        if mood.startswith("204"):
            self.taken[headers["webhook-id"]] += 1
        more = "Location: http://127.0.0.1:1/\r\n" if mood.startswith("302") else ""
        long = b"x" * 3_000_000 if mood.startswith("500") else b""
        writer.write(f"HTTP/1.1 {mood}\r\n{more}Content-Length: {len(long)}\r\n\r\n".encode() + long)
        writer.close()

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        server = await asyncio.start_server(self.hear, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()


async def opened(shop: Shop, partner: Partner) -> str:
    """As its keeper would; the door itself is tried by the component tests."""
    endpoint_id, secret, now = uuid.uuid4().hex, new_secret(), datetime.now(UTC)
    store = MongoStore(shop.database, ENDPOINTS, Vault.parse(os.environ["OPBLOK_VAULT_KEYS"]))
    handle = Handler("notifications", ENDPOINT, store, hear_nothing)
    wanted = e.Wanted(Personal(f"http://localhost:{partner.port}/hooks"), ("order.*",))
    await handle(e.Open(endpoint_id, "main", wanted, secret, OLGA, now), Occasion("test", now, OLGA))
    partner.secret = secret.value
    return endpoint_id


def hear_nothing(key: str, owed: Any, *, before: Any) -> None:
    del key, owed, before


@pytest.fixture
async def hooked_shop_of(
    infra: Infra, shop_of: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Any]:
    monkeypatch.setenv("OPBLOK_MODE", "development")
    monkeypatch.setenv("OPBLOK_WEBHOOK_ANYWHERE", "true")
    monkeypatch.setenv("OPBLOK_WEBHOOK_TIMEOUT", "3")
    monkeypatch.setenv("OPBLOK_WEBHOOK_PAUSES", json.dumps(["PT0.5S"] * 30))

    group = f"{os.environ['OPBLOK_KAFKA_GROUP']}.webhooks"
    await begin_at_the_end(infra.kafka, group, sorted(set(PUBLISHED.values())))
    return shop_of


async def test_whatever_the_receiver_does_each_fact_arrives_once_verified(hooked_shop_of: Any) -> None:
    partner = Partner()
    async with hooked_shop_of() as shop:
        async with partner.open():
            endpoint_id = await opened(shop, partner)
            partner.moods = ["500 Broken", "302 Found", "slow", "429 Busy"]
            for number in range(3):
                for _ in range(2):
                    await shop.tell(created(order_id=f"{endpoint_id}-{number}", placed_at=datetime.now(UTC)))
            await eventually(lambda: len(partner.taken) == 6, within=90.0)
        await shop.tell(created(order_id=f"{endpoint_id}-down", placed_at=datetime.now(UTC)))

        async def known_as_down() -> bool:
            return bool(
                await shop.database["webhook_deliveries"].find_one({"state.log.fault": "no_connection"})
            )

        await eventually(known_as_down, within=60.0)
        async with partner.open():
            await eventually(lambda: len(partner.taken) == 7, within=60.0)

        assert set(partner.taken.values()) == {1}
        assert all(FACTS[each["type"]].model_validate(each["data"]) for each in partner.verified)
        document = await shop.database["webhook_endpoints"].find_one({"_id": endpoint_id})
        assert "whsec_" not in str(document)
        assert "localhost" not in str(document)


async def test_what_was_told_while_it_was_down_is_sent_once_when_it_is_back(
    hooked_shop_of: Any,
) -> None:
    partner = Partner()
    async with partner.open():
        async with hooked_shop_of() as shop:
            endpoint_id = await opened(shop, partner)

        async with hooked_shop_of() as publisher:
            for number in range(12):
                await publisher.tell(created(order_id=f"{endpoint_id}-{number}", placed_at=datetime.now(UTC)))
            await eventually(lambda: len(partner.taken) == 12, within=90.0)

    assert set(partner.taken.values()) == {1}


async def test_the_connection_goes_to_the_checked_address_and_the_name_is_asked_once() -> None:
    partner, asked = Partner(), list[str]()
    async with partner.open():

        async def answers(host: str, port: int) -> list[str]:
            asked.append(f"{host}:{port}")
            return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

        post = Posting(Reach(anywhere=True), 3.0, resolve=answers)
        done = await post(f"http://erp.example:{partner.port}/", "d-1", "{}", ("whsec_bmV3",))

    assert (done.status, len(asked)) == (204, 1)


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:127.0.0.1"], []]
)
async def test_a_name_that_leads_inside_even_among_others_is_not_called(addresses: list[str]) -> None:
    async def answers(host: str, port: int) -> list[str]:
        del host, port
        return addresses

    done = await Posting(Reach(), 3.0, tls=ssl.create_default_context(), resolve=answers)(
        "https://erp.example/", "d-1", "{}", ("whsec_bmV3",)
    )

    assert (done.status, done.fault) == (None, "address_refused" if addresses else "unresolved")
