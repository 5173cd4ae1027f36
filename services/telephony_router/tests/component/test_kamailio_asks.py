"""Kamailio asks before it forks, and reports each leg."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from contracts.calls import CallAnsweredV1, CallMissedV1
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running

TOKEN = "a-token-of-our-proxy"


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    settings: dict[str, Any] = {"router_sip_domain": "pbx.example", "router_sip_trunk": "trunk.example:5060"}
    async with running(kamailio_token=SecretStr(TOKEN), **settings) as router:
        yield router


async def post(it: Running, path: str, body: Any, token: str = TOKEN) -> httpx.Response:
    return await it.client.post(f"/webhooks/kamailio{path}", json=body, headers={"X-Router-Token": token})


async def test_the_plan_is_rtjson(it: Running) -> None:
    answer = await post(it, "", {"call_id": "ci-1", "from": MARIA, "to": "main"})

    found = answer.json()
    assert (found["version"], found["routing"]) == ("1.0", "serial")
    first, second, *_ = found["routes"]
    assert first == {
        "uri": "sip:101@pbx.example", "fr_timer": 3000, "fr_inv_timer": 15000, "leg": 1, "reason": "answers_for_customer",
    }  # fmt: skip
    assert (second["uri"], second["dst_uri"]) == (
        "sip:+79035550100@trunk.example:5060",
        "sip:trunk.example:5060",
    )


async def test_legs_are_reported_by_their_sip_codes(it: Running) -> None:
    call_id = (await post(it, "", {"call_id": "ci-1", "from": MARIA})).json()["call_id"]
    for body in (
        {"said": "silent", "leg": 1, "code": 486},
        {"said": "answered", "leg": 2},
        {"said": "ended"},
    ):
        for _ in range(2):
            assert (await post(it, "/events", {"call_id": "ci-1", **body})).status_code == 200

    call = await it.read(f"/calls/{call_id}")
    assert [(leg["number"], leg["ended"]) for leg in call["legs"]] == [(1, "busy"), (2, "answered")]
    assert [fact.target for fact in it.told(CallAnsweredV1)] == ["owner_mobile"]


async def test_what_is_reported_late_happened_when_it_did(it: Running) -> None:
    call_id = (await post(it, "", {"call_id": "ci-1", "from": MARIA})).json()["call_id"]
    picked_up = it.clock.now().timestamp() + 4.25
    await it.later(minutes=2)

    await post(it, "/events", {"call_id": "ci-1", "said": "answered", "leg": 1, "at": picked_up})
    await post(it, "/events", {"call_id": "ci-1", "said": "ended", "at": picked_up + 60})

    call = await it.read(f"/calls/{call_id}")
    assert (call["waited_seconds"], call["talked_seconds"]) == (4, 60)


async def test_a_caller_who_hangs_up_is_missed(it: Running) -> None:
    await post(it, "", {"call_id": "ci-1", "from": MARIA})

    await post(it, "/events", {"call_id": "ci-1", "said": "ended", "code": 487})

    assert [fact.reason for fact in it.told(CallMissedV1)] == ["hung_up"]


async def test_nobody_without_the_token(it: Running) -> None:
    assert (await post(it, "", {"call_id": "ci-1"}, token="another")).status_code == 401
    assert (await post(it, "/events", {"call_id": "ci-1", "said": "ended"}, token="")).status_code == 401
    assert it.chassis.told == []
