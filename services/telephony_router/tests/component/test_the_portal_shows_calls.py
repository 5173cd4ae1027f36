"""The shop's Bitrix24 shows a call as it goes, by way of crm; crm or the portal being down only delays it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from chassis.peers import PeerDown, PeerRefused
from contracts.calls import CallbackDueV1
from contracts.crm import CustomerErasedV1, CustomerV1
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.portal import Bridge, bridged
from telephony_router.testing.provider import SECRET, event, ring, say

OURS = "+74951234567"


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(
        webhook_secret=SecretStr(SECRET), router_portal=True, router_lines=f"{OURS}=main"
    ) as router:
        yield router


@pytest.fixture
def crm(it: Running) -> Bridge:
    return bridged(it)


def words(told: list[tuple[str, Any]]) -> list[str]:
    return [word for word, _ in told]


async def test_it_is_told_of_each_thing_once_as_the_call_goes(it: Running, crm: Bridge) -> None:
    call_id = (await ring(it, to=OURS))["call_id"]
    await it.later(seconds=1)
    for _ in range(2):
        await say(it, event(it, "ringing", leg=1))
        await it.chassis.pass_deadlines()
    await say(it, event(it, "silent", 1, leg=1, code="no_answer"), event(it, "ringing", 1, leg=2))
    await it.later(seconds=5)
    await say(it, event(it, "answered", leg=2))
    await it.chassis.pass_deadlines()
    ended = (event(it, "ended", 60, talked_seconds=58),)
    recorded = event(it, "recorded", 61, recording="https://provider.example/rec/1")
    for _ in range(2):
        await say(it, *ended, recorded)
        await it.later(minutes=2)

    (register, show, finish, record) = crm.of(call_id)
    assert register[1] | {"started_at": ""} == {
        "phone": MARIA, "kind": 2, "staff_id": "anna", "customer_id": "c-maria", "line": OURS, "started_at": "",
    }  # fmt: skip
    assert show == ("show", {"staff_ids": ["anna"]})  # at his desk, then by his mobile: the same card
    assert finish == ("finish", {"staff_id": "anna", "seconds": 58, "status": "200"})
    assert record == ("record", {"url": "https://provider.example/rec/1"})


async def test_the_card_goes_from_who_is_silent_to_who_is_rung_next(it: Running, crm: Bridge) -> None:
    plan = await ring(it)
    deputy = next(each for each in plan["steps"] if each["staff_id"] == "boris")["number"]
    await say(it, event(it, "ringing", leg=1))
    await it.chassis.pass_deadlines()
    await say(it, event(it, "silent", 15, leg=1), event(it, "ringing", 16, leg=deputy))
    await it.chassis.pass_deadlines()
    await say(it, event(it, "ended", 40, code="hung_up"))
    await it.chassis.pass_deadlines()

    assert crm.of(plan["call_id"])[1:] == [
        ("show", {"staff_ids": ["anna"]}),
        ("hide", {"staff_ids": ["anna"]}),
        ("show", {"staff_ids": ["boris"]}),
        ("finish", {"staff_id": "anna", "seconds": 0, "status": "304"}),
    ]


async def test_what_is_reported_in_any_order_is_told_in_its_own(it: Running, crm: Bridge) -> None:
    backwards = (
        event(it, "recorded", 70, recording="https://provider.example/rec/1"),
        event(it, "ended", 66, talked_seconds=60),
        event(it, "answered", 6, leg=1),
        event(it, "ringing", 1, leg=1),
    )
    for each in backwards:
        await say(it, each, **{"from": MARIA})
        await it.chassis.pass_deadlines()

    ((call_id, _, _), *_) = crm.said
    assert sorted(words(crm.of(call_id))) == ["finish", "record", "register"]
    assert words(crm.of(call_id))[0] == "register"


async def test_while_crm_is_down_calls_go_on_and_are_told_of_later(it: Running, crm: Bridge) -> None:
    crm.fault = PeerDown("crm does not answer")
    call_id = (await ring(it))["call_id"]
    await say(it, event(it, "ringing", 1, leg=1), event(it, "ended", 50, code="no_answer"))
    await it.chassis.pass_deadlines()
    assert [each.callback.owner_id for each in it.told(CallbackDueV1)] == ["anna"]
    for _ in range(5):
        await it.later(minutes=10)
    assert crm.said == []

    crm.fault = None
    await it.later(minutes=10)

    assert words(crm.of(call_id)) == ["register", "finish"]


async def test_pauses_grow_while_it_is_down(it: Running, crm: Bridge) -> None:
    crm.fault = PeerDown("crm does not answer")
    call_id = (await ring(it))["call_id"]
    pauses: list[timedelta] = []
    for _ in range(9):
        await it.chassis.pass_deadlines()
        side = (await it.wired("calls").load(call_id)).state.portal
        pauses.append(side.due_at - it.clock.now())
        it.clock.forward(pauses[-1])

    assert pauses[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert pauses[-1] == timedelta(minutes=10)


async def test_an_answer_that_is_lost_is_said_again_and_nothing_else(it: Running, crm: Bridge) -> None:
    crm.lost = PeerDown("no answer came")
    call_id = (await ring(it))["call_id"]
    await it.chassis.pass_deadlines()
    crm.lost = None
    await it.later(seconds=6)
    await it.later(seconds=6)

    assert words(crm.of(call_id)) == ["register", "register"]  # crm takes it once


async def test_a_portal_that_says_no_is_not_asked_again(it: Running, crm: Bridge) -> None:
    crm.fault = PeerRefused("crm", 409, {"type": "/problems/portal-reads-only"})
    await ring(it)
    await it.chassis.pass_deadlines()
    crm.fault = None
    await say(it, event(it, "ended", 50))
    await it.later(hours=1)

    assert crm.said == []


async def test_of_who_is_erased_nothing_more_is_told(it: Running, crm: Bridge) -> None:
    await ring(it)
    await it.chassis.pass_deadlines()
    customer = CustomerV1(customer_id="c-maria", stage="customer", owner_id="anna")
    await it.tell(CustomerErasedV1(customer=customer, reason="asked", by="sveta", at=it.clock.now()))
    await say(it, event(it, "ended", 50), event(it, "recorded", 60, recording="https://provider.example/1"))
    await it.later(hours=1)

    assert [word for _, word, _ in crm.said] == ["register"]


async def test_a_hidden_number_has_no_card_there(it: Running, crm: Bridge) -> None:
    await ring(it, caller="anonymous")
    await it.later(hours=1)

    assert crm.said == []


async def test_where_the_shop_has_no_portal_nobody_is_told() -> None:
    async with running(webhook_secret=SecretStr(SECRET)) as it:
        crm = bridged(it)
        await ring(it)
        await say(it, event(it, "ended", 50))
        await it.later(hours=1)

        assert crm.said == []
