"""Notes on customers on real MongoDB, over two replicas: sealed on the disk, listed by type, nobody's words lost."""

import asyncio
from typing import Any

import httpx

PASSWORD = "brass lamps burn bright"
SAID = {"situation": "sews for a theatre", "problem": "the thread tears"}


async def token(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "password", "username": "vera", "password": PASSWORD}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def test_what_is_noted_lies_sealed_and_a_type_is_found_by_an_index(running: Any, kept: Any) -> None:
    async with running() as client:
        vera = await token(client)
        await client.put("/shops/main/note-form", json={"keeps_types": True}, headers=vera)
        ids = list[str]()
        for n in range(4):
            answer = await client.post("/customers:resolve", json={"phone": f"+7916123450{n}"}, headers=vera)
            ids.append(answer.json()["customer_id"])
        for who in ids[:3]:
            said = SAID | {"customer_type": "unsure_open"}
            (await client.post(f"/customers/{who}/notes", json=said, headers=vera)).raise_for_status()
        merge = {"merged_id": ids[1]}
        (await client.post(f"/customers/{ids[0]}/merges", json=merge, headers=vera)).raise_for_status()

        found = list[str]()
        cursor = ""
        while cursor is not None:
            path = f"/customers?customer_type=unsure_open&limit=1{cursor and f'&cursor={cursor}'}"
            page = (await client.get(path, headers=vera)).json()
            found += [each["customer_id"] for each in page["items"]]
            cursor = page["next"]

    assert sorted(found) == sorted([ids[0], ids[2]])
    lies = [str(each) for name in await kept.list_collection_names() async for each in kept[name].find()]
    assert not [each for each in lies if "theatre" in each or "tears" in each]
    plan = await kept["customers"].find({"listed.customer_type": "unsure_open"}).explain()
    assert "IXSCAN" in str(plan["queryPlanner"]["winningPlan"])


async def test_of_many_who_saw_the_same_notes_one_writes_and_the_others_are_told(running: Any) -> None:
    async with running() as client, running() as replica:
        vera = await token(client)
        answer = await client.post("/customers:resolve", json={"phone": "+79161234567"}, headers=vera)
        path = f"/customers/{answer.json()['customer_id']}/notes"

        def write(n: int) -> Any:
            said = {"problem": f"said to {n}", "revision": 0}
            return (client, replica)[n % 2].post(path, json=said, headers=vera)

        answers = await asyncio.gather(*(write(n) for n in range(12)))
        read = (await client.post(f"{path}:read", json={"reason": "to check"}, headers=vera)).json()

    assert sorted(each.status_code for each in answers) == [200] + [409] * 11
    won = next(n for n, each in enumerate(answers) if each.status_code == 200)
    assert [each["text"] for each in read["notes"]] == [f"said to {won}"]
    assert read["revision"] == 1
