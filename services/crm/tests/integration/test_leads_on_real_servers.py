"""A won lead's customer goes to an account manager, and his other leads follow by way of Kafka, on real servers; one who is erased
takes with him what he wanted.
"""

from typing import Any

import httpx
from chassis.testing.waiting import eventually

PASSWORD = "brass lamps burn bright"
HERS = {"phone": "+79161234567", "name": "Pelageya"}


async def token(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "password", "username": "vera", "password": PASSWORD}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def test_leads_go_where_their_customer_goes(running: Any, kept: Any) -> None:
    async with running() as client:
        vera = await token(client)

        async def lead(key: str) -> str:
            body = {"source": "site", "contact": HERS, "wants": "Needles for fine silk"}
            opened = await client.post("/leads", json=body, headers={**vera, "Idempotency-Key": key})
            return opened.raise_for_status().json()["id"]

        async def read(lead_id: str) -> Any:
            return (await client.get(f"/leads/{lead_id}", headers=vera)).raise_for_status().json()

        first, second = await lead("k-1"), await lead("k-2")
        before = [(await read(each))["owner_id"] for each in (first, second)]
        assert "silk" not in str(await kept["leads"].find_one({"_id": first}))

        won = await client.post(f"/leads/{first}/win", json={"order_id": "o-1"}, headers=vera)
        assert won.status_code == 200

        async def hers_is_boris() -> bool:
            return (await read(second))["owner_id"] == "boris"

        await eventually(hers_is_boris, within=30.0)
        seen = await read(first)
        assert (before, seen["course"], seen["owner_id"]) == (["anna", "anna"], "won", "anna")

        erased = await client.post(
            f"/customers/{seen['customer_id']}/erasure", json={"reason": "asked"}, headers=vera
        )
        assert erased.status_code == 200

        async def nothing_is_kept() -> bool:
            both = [await read(each) for each in (first, second)]
            return [each["wants"] for each in both] == [None, None] and both[1]["course"] == "lost"

        await eventually(nothing_is_kept, within=30.0)
