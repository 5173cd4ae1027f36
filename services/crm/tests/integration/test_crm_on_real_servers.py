"""What only real servers can show: races, restarts, and what lies on the disk."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from crm.adapters.sweeping import sweep

PASSWORD = "brass lamps burn bright"
PELAGEYA = {"phone": "+7 916 123-45-67", "name": "Pelageya", "address": "Tver, Tenth street 1"}


async def of_staff(client: httpx.AsyncClient, login: str = "vera") -> dict[str, str]:
    form = {"grant_type": "password", "username": login, "password": PASSWORD}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def of_orders(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "client_credentials", "client_id": "orders", "client_secret": "orders-secret"}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def test_sixty_four_at_once_with_one_phone_are_one_customer(running: Any, kept: Any) -> None:
    async with running() as client, running() as replica:
        headers = await of_orders(client)
        asked = [
            (client if n % 2 else replica).post("/customers:resolve", json=PELAGEYA, headers=headers)
            for n in range(64)
        ]
        answers = [answer.raise_for_status().json() for answer in await asyncio.gather(*asked)]

    assert len({answer["customer_id"] for answer in answers}) == 1
    assert [answer["registered"] for answer in answers].count(True) == 1
    assert await kept["customers"].count_documents({}) == 1
    assert await kept["phone_claims"].count_documents({}) == 1


async def test_a_restart_keeps_keys_log_ins_and_passwords(running: Any) -> None:
    async with running() as client:
        headers = await of_staff(client)
        form = {"grant_type": "password", "username": "anna", "password": PASSWORD}
        granted = (await client.post("/oauth/token", data=form)).json()
        keys = (await client.get("/.well-known/jwks.json")).json()

    async with running() as client:
        assert (await client.get("/.well-known/jwks.json")).json() == keys
        assert (await client.get("/staff", headers=headers)).status_code == 200
        form = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
        assert (await client.post("/oauth/token", data=form)).status_code == 200


async def test_two_replicas_found_one_shop_and_share_one_ring(running: Any, kept: Any) -> None:
    async with running() as client, running() as replica:
        one, other = [(await each.get("/.well-known/jwks.json")).json() for each in (client, replica)]
        headers = await of_staff(client)

        assert one == other
        assert (await replica.get("/staff/anna", headers=headers)).status_code == 200
    assert await kept["staff"].count_documents({}) == 4
    assert await kept["rings"].count_documents({}) == 1


async def test_guesses_at_one_moment_all_count(running: Any) -> None:
    form = {"grant_type": "password", "username": "anna", "password": "guess"}
    async with running() as client:
        answers = await asyncio.gather(*(client.post("/oauth/token", data=form) for _ in range(32)))

    assert sorted(answer.status_code for answer in answers) == [400] * 6 + [429] * 26


async def test_a_refresh_token_shown_twice_at_one_moment_works_once_at_most(running: Any) -> None:
    async with running() as client, running() as replica:
        form = {"grant_type": "password", "username": "anna", "password": PASSWORD}
        granted = (await client.post("/oauth/token", data=form)).json()
        form = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
        answers = await asyncio.gather(
            *((client if n % 2 else replica).post("/oauth/token", data=form) for n in range(8))
        )

        fresh = [answer.json()["refresh_token"] for answer in answers if answer.status_code == 200]
        assert len(fresh) == 1
        form = {"grant_type": "refresh_token", "refresh_token": fresh[0]}
        assert (await client.post("/oauth/token", data=form)).status_code == 400


async def test_one_login_is_one_persons_however_many_are_hired_at_once(running: Any) -> None:
    async with running() as client:
        headers = await of_staff(client)
        hired = {"login": "dina", "name": "Dina", "password": "long enough to stay"}
        answers = await asyncio.gather(
            *(
                client.post("/staff", json={**hired, "staff_id": f"dina-{n}"}, headers=headers)
                for n in range(8)
            )
        )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


async def test_nothing_personal_and_no_secret_lies_open_or_is_told(
    running: Any, kept: Any, infra: Infra
) -> None:
    async with running() as client:
        found = await client.post("/customers:resolve", json=PELAGEYA, headers=await of_orders(client))
        customer_id = found.json()["customer_id"]
        told = await eventually(lambda: what_is_told(infra, "customer.registered", customer_id), within=30.0)

    lies: list[str] = [
        str(document) for name in await kept.list_collection_names() async for document in kept[name].find()
    ]
    for word in ("Pelageya", "Tver", "9161234567", PASSWORD, "orders-secret", "argon2", '"d":'):
        assert not [each for each in (*lies, told) if word in each], word


async def what_is_told(infra: Infra, topic: str, key: str) -> str:
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=infra.kafka, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        found = await consumer.getmany(timeout_ms=2000, max_records=10_000)
        records = [record for some in found.values() for record in some if record.key == key.encode()]
        return str([(record.headers, record.value) for record in records]) if records else ""
    finally:
        await consumer.stop()


async def test_what_the_issuer_has_no_use_for_is_swept_away(running: Any, kept: Any) -> None:
    async with running() as client:
        await of_staff(client)
        form = {"grant_type": "password", "username": "nobody", "password": "guess"}
        await client.post("/oauth/token", data=form)

    now = datetime.now(UTC)
    await sweep(kept, now)
    assert (await kept["lockouts"].count_documents({}), await kept["families"].count_documents({})) == (1, 1)
    await sweep(kept, now + timedelta(days=60))
    assert (await kept["lockouts"].count_documents({}), await kept["families"].count_documents({})) == (0, 0)


@pytest.mark.parametrize("role", ["api", "worker"])
async def test_each_role_of_the_process_starts(
    running: Any, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPBLOK_ROLE", role)

    async with running() as client:
        keys = await client.get("/.well-known/jwks.json")

    assert keys.status_code == (200 if role == "api" else 404)


async def test_customers_of_who_left_are_handed_over_in_the_background(running: Any) -> None:
    async with running() as client:
        headers = await of_staff(client)
        await client.post("/staff/boris/grants", json={"role": "sales_manager"}, headers=headers)
        phones = [f"+7916123450{n}" for n in range(6)]
        orders = await of_orders(client)
        for phone in phones:
            await client.post("/customers:resolve", json={"phone": phone}, headers=orders)

        (await client.post("/staff/anna/dismissal", headers=headers)).raise_for_status()

        async def all_are_borises() -> bool:
            page = (await client.get("/customers", headers=headers)).json()
            return {each["owner_id"] for each in page["items"]} == {"boris"}

        await eventually(all_are_borises, within=15.0)
