"""A call of ours stands in the portal: registered, shown, finished and recorded, each once, whatever the portal's weather."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from chassis.clock import StoppedClock
from crm.settings import CrmSettings
from kernel.actor import Actor, Role

from services.crm.tests.component.portal_of_the_shop import Bridged, bridged

ROUTER = Actor("service:telephony_router", frozenset({Role.SERVICE}))
RING = {
    "phone": "8 916 000-00-03",
    "staff_id": "anna",
    "started_at": "2026-03-02T10:00:00+03:00",
    "line": "74950001122",
}
TALKED = {"staff_id": "boris", "seconds": 95, "status": "200"}


@pytest.fixture
async def it(settings: CrmSettings, clock: StoppedClock) -> AsyncIterator[Bridged]:
    async with bridged(settings, clock) as it:
        assert await it.install() == 200
        await it.load()
        await it.settle()
        yield it


async def say(it: Bridged, what: str, body: dict[str, Any], call_id: str = "rt-1", status: int = 202) -> Any:
    return await it.ask("POST", f"/bitrix/calls/{call_id}:{what}", body, by=ROUTER, status=status)


def asked(it: Bridged, method: str) -> int:
    return [each.method for each in it.portal.journal].count(f"telephony.externalcall.{method}")


async def test_a_call_goes_through_its_life_and_each_step_is_told_once(it: Bridged) -> None:
    customer = await it.ask("POST", "/customers:find", {"phone": "+79160000003"})
    ring = {**RING, "customer_id": customer["customer_id"]}
    for _ in range(2):
        await say(it, "register", ring)
        await say(it, "show", {"staff_ids": ["anna"]})
    await it.chassis.pass_deadlines()
    (call,) = it.portal.calls.values()
    assert (call["user"], call["shown"]) == (9, {9})
    assert (call["answer"]["CRM_ENTITY_TYPE"], call["answer"]["CRM_ENTITY_ID"]) == ("CONTACT", 3)

    it.clock.forward(timedelta(seconds=20))
    await say(it, "hide", {"staff_ids": ["anna"]})
    await say(it, "show", {"staff_ids": ["boris", "clerk"]})
    await it.chassis.pass_deadlines()
    assert call["shown"] == {17}

    it.clock.forward(timedelta(seconds=95))
    for _ in range(2):
        await say(it, "finish", TALKED)
        await say(it, "record", {"url": "https://records.example/rt-1.mp3"})
    await it.chassis.pass_deadlines()
    ended = call["finished"]
    assert (ended["EXTERNAL_CALL_ID"], ended["PORTAL_USER_ID"], ended["CALL_DURATION"]) == ("rt-1", 17, 95)
    assert call["record"] == "https://records.example/rt-1.mp3"
    times = {name: asked(it, name) for name in ("register", "show", "hide", "finish", "attachrecord")}
    assert times == {"register": 1, "show": 2, "hide": 1, "finish": 1, "attachrecord": 1}


async def test_what_is_said_in_any_order_ends_the_same(it: Bridged) -> None:
    await say(it, "record", {"url": "https://records.example/rt-1.mp3"})
    await say(it, "finish", {"status": "304", "staff_id": "anna"})
    await it.chassis.pass_deadlines()
    assert it.portal.calls == {}

    await say(it, "register", RING)
    await it.chassis.pass_deadlines()
    (call,) = it.portal.calls.values()
    assert (call["finished"]["CALL_FAILED_CODE"], bool(call["record"])) == ("304", True)
    assert asked(it, "show") == 0


async def test_answers_that_are_lost_make_no_second_call(it: Bridged) -> None:
    it.portal.weather.forgetful = True
    await say(it, "register", RING)
    await say(it, "finish", TALKED)
    for _ in range(4):
        await it.chassis.pass_deadlines()
        it.clock.forward(timedelta(minutes=2))
    it.portal.weather.forgetful = False
    for _ in range(3):
        it.clock.forward(timedelta(minutes=5))
        await it.chassis.pass_deadlines()

    assert len(it.portal.calls) == 1
    assert next(iter(it.portal.calls.values()))["finished"]["CALL_DURATION"] == 95
    assert asked(it, "register") > 1


async def test_given_an_answer_that_was_lost_a_later_try_that_arrived_nowhere_makes_nobody_sure(
    it: Bridged,
) -> None:
    it.portal.weather.forgetful = True
    await say(it, "register", RING)
    await it.chassis.pass_deadlines()
    it.portal.weather.forgetful, it.portal.bucket.size = False, 0
    it.clock.forward(timedelta(minutes=2))
    await it.chassis.pass_deadlines()

    it.portal.bucket.size = 10**9
    it.clock.forward(timedelta(minutes=40))
    await it.chassis.pass_deadlines()

    assert len(it.portal.calls) == 1


async def test_of_a_call_that_is_over_nothing_of_the_caller_is_kept(it: Bridged) -> None:
    await say(it, "register", RING)
    await say(it, "finish", TALKED)
    for _ in range(2):
        await say(it, "record", {"url": "https://records.example/rt-1.mp3"})
        await it.chassis.pass_deadlines()

    kept = next(store for store in it.chassis.stores if store.name == "bitrix_calls").raw("rt-1")
    assert (kept["ring"]["phone"], kept["record"], kept["recorded"]) == (None, None, True)
    assert asked(it, "attachrecord") == 1


async def test_a_record_waits_until_the_call_stands_in_the_statistics_and_not_for_ever(it: Bridged) -> None:
    for call_id in ("rt-1", "rt-2"):
        await say(it, "register", RING, call_id)
        await say(it, "finish", TALKED, call_id)
    await it.chassis.pass_deadlines()
    first, second = it.portal.calls.values()
    ended, first["finished"], second["finished"] = first["finished"], None, None
    it.clock.forward(timedelta(seconds=1))
    for call_id in ("rt-1", "rt-2"):
        await say(it, "record", {"url": "https://records.example/rt.mp3"}, call_id)
    await it.chassis.pass_deadlines()

    first["finished"] = ended
    for _ in range(20):
        it.clock.forward(timedelta(minutes=10))
        await it.chassis.pass_deadlines()

    assert (first["record"], second["record"]) == ("https://records.example/rt.mp3", None)
    assert asked(it, "attachrecord") == 2 + 11


async def test_when_nobody_can_tell_any_more_it_is_not_said_again(it: Bridged) -> None:
    it.portal.weather.forgetful = True
    await say(it, "register", RING)
    await it.chassis.pass_deadlines()
    it.clock.forward(timedelta(minutes=40))
    it.portal.weather.forgetful = False
    for _ in range(3):
        await it.chassis.pass_deadlines()
        it.clock.forward(timedelta(minutes=10))

    assert (len(it.portal.calls), asked(it, "register")) == (1, 1)


async def test_an_outage_delays_a_call_and_refuses_nobody(it: Bridged) -> None:
    it.portal.bucket.size = 0
    await say(it, "register", RING)
    await say(it, "finish", TALKED)
    await it.chassis.pass_deadlines()
    it.clock.forward(timedelta(hours=3))
    it.portal.bucket.size = 10**9
    await it.chassis.pass_deadlines()

    (call,) = it.portal.calls.values()
    assert call["finished"]["CALL_DURATION"] == 95


async def test_a_call_that_somebody_finished_there_is_finished(it: Bridged) -> None:
    await say(it, "register", RING)
    await it.chassis.pass_deadlines()
    it.portal.calls.clear()
    it.clock.forward(timedelta(minutes=1))
    await say(it, "finish", TALKED)
    await it.chassis.pass_deadlines()

    assert asked(it, "finish") == 1


async def test_only_services_say_so_and_a_webhook_can_not(
    it: Bridged, settings: CrmSettings, clock: StoppedClock
) -> None:
    await it.ask("POST", "/bitrix/calls/rt-1:register", RING, status=403)
    await say(it, "register", {**RING, "staff_id": "clerk"}, status=409)
    await say(it, "register", {**RING, "phone": "anonymous"}, status=422)
    async with bridged(settings, clock, webhook=True) as reads:
        await say(reads, "register", RING, status=409)
        await say(reads, "show", {"staff_ids": ["anna"]}, status=409)
