"""A portal over HTTP, MongoDB and Kafka as they are: a kill in the middle of the first load, two replicas, events that get lost."""

import asyncio
import signal
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from chassis.testing.waiting import eventually

from services.crm.tests.integration.as_a_process import process
from tests.fakes.bitrix24.app import application
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.standing import free_socket, standing
from tests.fakes.bitrix24.subscriptions import Post, deliver, installation

HOOK = "http://crm.test/webhooks/bitrix24"
CONTACTS, FEW = 1200, 200


@pytest.fixture
async def portal(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> AsyncIterator[Portal]:
    """Contacts of Anna and Boris, and crm told to join."""
    at = free_socket()
    portal = peopled(getattr(request, "param", FEW), f"http://127.0.0.1:{at.getsockname()[1]}")
    for name, value in {
        "OPBLOK_BITRIX24_URL": portal.site,
        "OPBLOK_BITRIX24_CLIENT_ID": portal.tokens.client_id,
        "OPBLOK_BITRIX24_CLIENT_SECRET": portal.tokens.client_secret,
        "OPBLOK_BITRIX24_OAUTH_URL": portal.site,
        "OPBLOK_BITRIX24_HANDLER_URL": HOOK,
    }.items():
        monkeypatch.setenv(name, value)
    async with standing(application(portal), at):
        yield portal


async def join(client: httpx.AsyncClient, portal: Portal) -> dict[str, str]:
    """Vera knows her people's extensions, and installs the application; her headers."""
    form = {"grant_type": "password", "username": "vera", "password": "brass lamps burn bright"}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    headers = {"Authorization": f"Bearer {granted['access_token']}"}
    for staff_id, extension in (("anna", "109"), ("boris", "117"), ("vera", "100")):
        answer = await client.patch(f"/staff/{staff_id}", json={"extension": extension}, headers=headers)
        answer.raise_for_status()
    answer = await client.post("/webhooks/bitrix24", data=dict(installation(portal)))
    assert answer.status_code == 200
    return headers


async def progress(client: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, Any]:
    return (await client.get("/bitrix", headers=headers)).raise_for_status().json()


@pytest.mark.parametrize("portal", [CONTACTS], indirect=True)
async def test_a_load_that_is_killed_goes_on_where_it_was_and_doubles_nothing(
    running: Any, kept: Any, portal: Portal
) -> None:
    del running  # the settings are what is wanted of it
    portal.weather.slow = 0.5
    async with process() as (client, started):
        headers = await join(client, portal)

        async def is_in_the_middle() -> bool:
            return 0 < (await progress(client, headers))["taken"] < CONTACTS

        await eventually(is_in_the_middle, within=120.0)
        started.send_signal(signal.SIGKILL)
        started.wait()
    before = await kept["customers"].count_documents({})
    assert 0 < before < CONTACTS

    portal.weather.slow = 0.0
    async with process() as (client, _):

        async def is_done() -> bool:
            return bool((await progress(client, headers))["ended_at"])

        await eventually(is_done, within=120.0)
        told = await progress(client, headers)

    bad = CONTACTS // 1000
    assert (told["taken"], told["total"], told["with_problems"]) == (CONTACTS, CONTACTS, bad)
    assert await kept["bitrix_cards"].count_documents({}) == CONTACTS
    assert await kept["customers"].count_documents({}) == CONTACTS - bad
    assert await kept["phone_claims"].count_documents({}) == CONTACTS - bad
    assert await kept["customers"].count_documents({"listed.owner_id": "anna"}) == CONTACTS // 2
    lying = str(await kept["bitrix_access"].find_one({}))
    assert not any(token in lying for token in (*portal.tokens.access, portal.application_token))


async def test_two_replicas_share_a_load_and_renew_a_token_once(
    running: Any, kept: Any, portal: Portal
) -> None:
    tokens = portal.tokens
    async with running() as client, running() as replica:
        headers = await join(client, portal)

        async def is_done() -> bool:
            return bool((await progress(replica, headers))["ended_at"])

        await eventually(is_done, within=120.0)
        before = tokens.refreshes
        tokens.access = {token: (0.0, user) for token, (_, user) in tokens.access.items()}
        for number in range(1, 21):
            portal.change("CONTACT", number, {"ASSIGNED_BY_ID": 1})
        told = deliver(portal, client, Post(lose=0.2, repeat=0.5, shuffle=True))
        assert await told > 0
        await replica.post("/bitrix/passes", headers=headers)

        async def all_moved() -> bool:
            return await kept["customers"].count_documents({"listed.owner_id": "vera"}) == 20

        await eventually(all_moved, within=60.0)
        await asyncio.sleep(1)
        assert tokens.refreshes - before == 1
    assert [each.method for each in portal.journal].count("crm.item.update") == 0
    assert await kept["customers"].count_documents({}) == FEW


async def test_an_owner_changed_here_reaches_the_portal_over_the_topic(running: Any, portal: Portal) -> None:
    async with running() as client:
        headers = await join(client, portal)

        async def is_done() -> bool:
            return bool((await progress(client, headers))["ended_at"])

        await eventually(is_done, within=120.0)
        asked = {"phone": "+79160000003"}
        customer = (await client.post("/customers:find", json=asked, headers=headers)).json()
        path, body = f"/customers/{customer['customer_id']}/owner", {"to_id": "boris", "reason": "after_sale"}
        (await client.post(path, json=body, headers=headers)).raise_for_status()

        row = portal.tables["CONTACT"].rows[3]
        await eventually(lambda: row["ASSIGNED_BY_ID"] == 17, within=60.0)
        await deliver(portal, client, Post(repeat=1.0))
        assert [each.method for each in portal.journal].count("crm.item.update") == 1
