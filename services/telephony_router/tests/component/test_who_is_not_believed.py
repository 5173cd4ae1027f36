"""Forged, replayed, late, oversized and malformed webhooks are refused, with nothing changed."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.provider import SECRET, event, knock, ring

CALL = {"call_id": "v-1", "from": MARIA}


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(webhook_secret=SecretStr(f"{SECRET},an-older-secret-of-the-same")) as router:
        yield router


async def nothing_changed(it: Running) -> None:
    assert (await it.read("/calls"))["items"] == []
    assert it.chassis.told == []


async def test_a_forged_one(it: Running) -> None:
    answer = await knock(it, "generic/calls", CALL, secret="somebody-else")

    assert (answer.status_code, answer.json()["detail"]) == (401, "This webhook is not believed.")
    await nothing_changed(it)


async def test_one_without_a_signature(it: Running) -> None:
    assert (await it.client.post("/webhooks/generic/calls", json=CALL)).status_code == 401
    await nothing_changed(it)


async def test_one_whose_body_is_another_than_was_signed(it: Running) -> None:
    taken = await knock(it, "generic/calls", CALL)
    signed = {name: taken.request.headers[name] for name in ("x-opblok-timestamp", "x-opblok-signature")}
    other = json.dumps({**CALL, "call_id": "v-2"}).encode()

    assert (await it.client.post("/webhooks/generic/calls", content=other, headers=signed)).status_code == 401
    assert len((await it.read("/calls"))["items"]) == 1


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_late_one_and_one_from_the_future(it: Running, minutes: int) -> None:
    stamp = f"{it.clock.now().timestamp() + minutes * 60:.3f}"

    assert (await knock(it, "generic/calls", CALL, stamp=stamp)).status_code == 401
    await nothing_changed(it)


@pytest.mark.parametrize("stamp", ["", "nan", "soon", "1e999", "9" * 29])
async def test_one_without_a_time(it: Running, stamp: str) -> None:
    answer = await knock(it, "generic/calls", CALL, stamp=stamp or " ")

    assert answer.status_code == 401
    await nothing_changed(it)


async def test_a_replayed_one(it: Running) -> None:
    stamp = f"{it.clock.now().timestamp():.3f}"
    assert (await knock(it, "generic/calls", CALL, stamp=stamp)).status_code == 200
    told = len(it.chassis.told)

    assert (await knock(it, "generic/calls", CALL, stamp=stamp)).status_code == 401
    assert len(it.chassis.told) == told


async def test_an_oversized_one(it: Running) -> None:
    answer = await knock(it, "generic/calls", {**CALL, "more": "x" * 70_000})

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/content-too-large")
    await nothing_changed(it)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{",
        b'{"call_id": ""}',
        b'{"call_id": 7}',
        b"\xff\xfe",
        b'{"call_id": "v", "started_at": "noon"}',
    ],
)
async def test_a_malformed_one_names_no_value(it: Running, raw: bytes) -> None:
    answer = await knock(it, "generic/calls", None, raw=raw)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed")
    assert "noon" not in answer.text
    await nothing_changed(it)


async def test_events_that_can_not_be_read(it: Running) -> None:
    bad: list[dict[str, Any]] = [
        event(it, "ended", talked_seconds=-1), event(it, "sang"), event(it, "ended", recording="file:///etc"),
        event(it, "ended") | {"at": "2026-03-02T10:00:00"},
    ]  # fmt: skip
    for number, each in enumerate(bad):
        answer = await knock(it, "generic/events", {"call_id": f"v-{number}", "events": [each]})
        assert answer.status_code == 422
    await nothing_changed(it)


async def test_a_provider_without_a_secret_is_nobody(it: Running) -> None:
    assert (await knock(it, "voximplant/calls", CALL)).status_code == 404
    await nothing_changed(it)


async def test_an_older_secret_holds_while_providers_change_over(it: Running) -> None:
    answer = await knock(it, "generic/calls", CALL, secret="an-older-secret-of-the-same")

    assert answer.status_code == 200
    assert (await ring(it, "v-2"))["steps"]
