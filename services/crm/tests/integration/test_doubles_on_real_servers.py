"""Cards are merged crosswise while people call: on real MongoDB, over two replicas."""

import asyncio
from typing import Any

import httpx

PASSWORD = "brass lamps burn bright"
PHONES = [f"+7916123450{n}" for n in range(6)]


async def token(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "password", "username": "vera", "password": PASSWORD}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def test_merged_crosswise_at_once_they_make_no_circle_and_nobody_is_lost(
    running: Any, kept: Any
) -> None:
    async with running() as client, running() as replica:
        vera = await token(client)

        async def resolve(phone: str, by: httpx.AsyncClient = client) -> str:
            answer = await by.post("/customers:resolve", json={"phone": phone}, headers=vera)
            return answer.raise_for_status().json()["customer_id"]

        ids = [await resolve(phone) for phone in PHONES]

        def merge(a: int, b: int, by: httpx.AsyncClient) -> Any:
            return by.post(f"/customers/{ids[a]}/merges", json={"merged_id": ids[b]}, headers=vera)

        answers = await asyncio.gather(
            *(merge(n, (n + 1) % 6, (client, replica)[n % 2]) for n in range(6)),
            *(resolve(phone, by) for phone in PHONES for by in (client, replica)),
        )
        merged = [each.status_code for each in answers[:6]]
        found = {await resolve(phone) for phone in PHONES}

        assert set(merged) <= {200, 409}
        assert len(found) == 6 - merged.count(200)
        one = (await client.post("/customers:find", json={"phone": PHONES[0]}, headers=vera)).json()
        assert one["merged_into"] is None
    assert await kept["customers"].count_documents({}) == 6
    assert await kept["customers"].count_documents({"listed.settling": True}) == 0
    roots = [each async for each in kept["customers"].find({"listed.joined_into": None})]
    assert len(roots) == len(found)
    assert sum(len(each["listed"]["hashes"]) for each in roots) == 6
