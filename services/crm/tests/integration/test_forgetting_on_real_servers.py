"""A person is erased while others get in touch by his phone: on real MongoDB, over two replicas."""

import asyncio
from typing import Any

import httpx
from chassis.testing.waiting import eventually
from kernel.phone import Phone

PASSWORD = "brass lamps burn bright"
PELAGEYA = {"phone": "+7 916 123-45-67", "name": "Pelageya", "address": "Tver, Tenth street 1"}
HASH = Phone.parse(PELAGEYA["phone"]).keyed_hash(b"a key of at least thirty-two letters")


async def token(client: httpx.AsyncClient, **form: str) -> dict[str, str]:
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def test_nothing_of_him_lies_anywhere_when_it_is_settled(running: Any, kept: Any) -> None:
    async with running() as client:
        vera = await token(client, grant_type="password", username="vera", password=PASSWORD)
        found = (await client.post("/customers:resolve", json=PELAGEYA, headers=vera)).json()
        path = f"/customers/{found['customer_id']}"
        await client.post(f"{path}/unmasking", json={"reason": "to check"}, headers=vera)

        answer = await client.post(f"{path}/erasure", json={"reason": "asked"}, headers=vera)
        assert answer.status_code == 200

        async def settled() -> bool:
            listed = (await client.get("/erasures", headers=vera)).json()["items"]
            return [each["settled"] for each in listed] == [True]

        await eventually(settled, within=20.0)

    lies = [str(each) for name in await kept.list_collection_names() async for each in kept[name].find()]
    assert not [each for each in lies if HASH in each]
    (left,) = [each async for each in kept["customers"].find()]
    assert (left["state"]["hashes"], left["state"]["looks"], left["state"]["name"]) == ([], [], None)


async def test_who_gets_in_touch_while_he_is_erased_is_one_person(running: Any, kept: Any) -> None:
    async with running() as client, running() as replica:
        vera = await token(client, grant_type="password", username="vera", password=PASSWORD)
        found = (await client.post("/customers:resolve", json=PELAGEYA, headers=vera)).json()
        path = f"/customers/{found['customer_id']}"

        def ask(n: int) -> Any:
            asked = client if n % 2 else replica
            if n == 20:
                return client.post(f"{path}/erasure", json={"reason": "asked"}, headers=vera)
            return asked.post("/customers:resolve", json=PELAGEYA, headers=vera)

        answers = await asyncio.gather(*(ask(n) for n in range(48)))
        last = (await client.post("/customers:resolve", json=PELAGEYA, headers=vera)).json()

    assert {each.status_code for each in answers} == {200}
    named = {each.json()["customer_id"] for each in answers if "customer_id" in each.json()}
    assert named <= {found["customer_id"], last["customer_id"]}
    assert last["customer_id"] != found["customer_id"]
    assert await kept["customers"].count_documents({"listed.hashes": HASH}) == 1
    assert [each["holds"] async for each in kept["phone_claims"].find()] == [last["customer_id"]]
