"""What one command has to know of others stays true while it is carried out, over all processes of crm."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from chassis.clock import StoppedClock
from crm.adapters.turns import LEASE, MongoTurns


async def of_vera(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "password", "username": "vera", "password": "brass lamps burn bright"}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def at_once(*asked: Awaitable[httpx.Response]) -> list[int]:
    return sorted([answer.status_code for answer in await asyncio.gather(*asked)])


async def test_two_who_become_each_others_superior_at_one_moment_do_not(running: Any) -> None:
    async with running() as client, running() as replica:
        headers = await of_vera(client)
        for staff_id in ("anna", "boris"):
            await client.patch(f"/staff/{staff_id}", json={"reports_to": "vera"}, headers=headers)
        statuses = await at_once(
            client.patch("/staff/anna", json={"reports_to": "boris"}, headers=headers),
            replica.patch("/staff/boris", json={"reports_to": "anna"}, headers=headers),
        )

    assert statuses == [200, 409]


async def test_owners_who_dismiss_each_other_at_one_moment_leave_one(running: Any) -> None:
    async with running() as client, running() as replica:
        headers = await of_vera(client)
        await client.post("/staff/boris/grants", json={"role": "owner"}, headers=headers)
        statuses = await at_once(
            client.post("/staff/vera/dismissal", headers=headers),
            replica.post("/staff/boris/dismissal", headers=headers),
        )

    assert statuses == [200, 409]


async def test_a_turn_of_who_died_in_it_is_over_by_itself(kept: Any) -> None:
    clock = StoppedClock(datetime.now(UTC))
    await kept["turns"].insert_one({"_id": "staff", "holder": "dead", "until": clock.now() + LEASE})
    turns = MongoTurns(kept, clock)

    async def take_it() -> bool:
        async with turns.turn("staff"):
            return True

    waiting = asyncio.create_task(take_it())
    await asyncio.sleep(0.3)
    assert not waiting.done()
    clock.forward(LEASE + timedelta(seconds=1))
    assert await asyncio.wait_for(waiting, 10)
