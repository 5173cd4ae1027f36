"""Calls by the neutral webhook: planned, written down, answered; what is said of them later; who rings back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from contracts.calls import (
    CallAnsweredV1,
    CallbackDueV1,
    CallbackMadeV1,
    CallFinishedV1,
    CallMissedV1,
    CallReceivedV1,
    CallRoutedV1,
)
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import ANNA, BORIS, KIRA, SITE
from telephony_router.testing.provider import SECRET, event, ring, say


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(webhook_secret=SecretStr(SECRET)) as router:
        yield router


async def missed(it: Running, call_id: str = "v-1", caller: str = MARIA) -> Any:
    await ring(it, call_id, caller)
    await say(it, event(it, "ended", 50, code="no_answer"), call_id=call_id)
    await it.chassis.pass_deadlines()
    return it.told(CallbackDueV1)[-1]


async def test_the_whole_plan_is_answered_with_what_to_dial_and_why(it: Running) -> None:
    plan = await ring(it)

    first, second, *_, last = plan["steps"]
    assert (first["number"], first["kind"], first["dial"]) == (
        1,
        "ring",
        {"way": "extension", "address": "101"},
    )
    assert (second["target"], second["dial"]["way"]) == ("owner_mobile", "phone")
    assert (first["because"], last["kind"]) == ("He answers for this customer", "callback")
    (received,), (routed,) = it.told(CallReceivedV1), it.told(CallRoutedV1)
    assert received.call.customer_id is None
    assert (routed.call.customer_id, routed.call.owner_id) == ("c-maria", "anna")
    assert routed.steps[-1].target == "task"


async def test_asked_again_the_plan_is_the_same_even_when_the_world_changed(it: Running) -> None:
    plan = await ring(it)
    await it.staff("anna", presence="off")
    it.wired("taking").recent.clear()

    assert await ring(it) == plan
    assert len(it.told(CallRoutedV1)) == 1


async def test_a_call_that_is_answered_tells_who_and_how_soon(it: Running) -> None:
    await ring(it)
    await say(it, event(it, "ringing", 1, leg=1), event(it, "answered", 6, leg=1))
    assert it.wired("taking").busy
    assert [each["dial"]["way"] for each in (await ring(it, "v-2"))["steps"][:1]] == ["phone"]

    await say(it, event(it, "ended", 66, talked_seconds=60))

    (answered,), (finished,) = it.told(CallAnsweredV1), it.told(CallFinishedV1)
    assert (answered.staff_id, answered.target, answered.first_try) == ("anna", "owner", True)
    assert (answered.waited_seconds, finished.talked_seconds) == (6, 60)
    (call, *_) = (await it.read("/calls?status=finished", ANNA))["items"]
    assert (call["customer_id"], call["staff_id"], call["recognition"]) == ("c-maria", "anna", "known")
    assert MARIA not in str(call)


async def test_a_missed_call_is_rung_back_by_its_owner_in_time_or_by_the_next(it: Running) -> None:
    due = await missed(it)

    (lost,) = it.told(CallMissedV1)
    assert (lost.reason, lost.at_lunch) == ("nobody_answered", False)
    assert (due.callback.owner_id, due.callback.origin, due.level) == ("anna", "missed_call", 0)
    assert due.callback.due_at - it.clock.now() <= timedelta(hours=1)

    await it.later(hours=1, minutes=1)
    await it.later(hours=3)

    again = it.told(CallbackDueV1)[1:]
    assert [(each.level, each.callback.owner_id) for each in again] == [(1, "sveta"), (2, "owner")]


async def test_the_number_is_shown_to_who_rings_back_and_the_look_is_kept(it: Running) -> None:
    due = await missed(it)
    path = f"/callbacks/{due.callback.callback_id}"

    assert (await it.do(f"{path}/number", actor=ANNA))["number"] == MARIA
    timeline = await it.read(f"/calls/{due.callback.call_id}/timeline")
    assert timeline["entries"][-1]["what"] == ["NumberSeen"]
    assert await it.refused(f"{path}/number", actor=KIRA) == "forbidden"
    assert await it.refused(f"{path}/settlement", {"outcome": "gave_up"}, ANNA) == "not-tried-enough"
    for _ in range(3):
        await it.do(f"{path}/tries", actor=ANNA)
    await it.do(f"{path}/settlement", {"outcome": "gave_up"}, ANNA)
    assert await it.refused(f"{path}/settlement", {"outcome": "talked"}, BORIS) == "callback-settled"
    (made,) = it.told(CallbackMadeV1)
    assert (made.outcome, made.by) == ("gave_up", "anna")
    assert (await it.read("/callbacks?view=mine", ANNA))["items"] == []


async def test_who_rings_again_and_is_answered_need_not_be_rung_back(it: Running) -> None:
    await missed(it)
    await ring(it, "v-2")
    await say(it, event(it, "answered", 3, leg=1), call_id="v-2")

    await it.chassis.pass_deadlines()

    (made,) = it.told(CallbackMadeV1)
    assert (made.outcome, made.by) == ("rang_again", "service:telephony_router")


async def test_an_answer_told_late_takes_the_callback_back(it: Running) -> None:
    await ring(it)
    await it.later(minutes=20)
    assert len(it.told(CallMissedV1)) == len(it.told(CallbackDueV1)) == 1

    await say(it, event(it, "answered", -1190, leg=1), event(it, "ended", -1100, talked_seconds=90))
    await it.chassis.pass_deadlines()

    assert [each.outcome for each in it.told(CallbackMadeV1)] == ["withdrawn"]
    assert (await it.read("/calls"))["items"][0]["status"] == "finished"


async def test_a_hidden_number_is_a_task_of_the_duty_person(it: Running) -> None:
    due = await missed(it, caller="anonymous")

    callback = await it.read(f"/callbacks/{due.callback.callback_id}")
    assert (callback["manner"], callback["owner_id"]) == ("find_out", "anna")
    assert (await it.do(f"/callbacks/{due.callback.callback_id}/number", actor=ANNA))["number"] is None


@pytest.mark.parametrize("shown", ["+70001112233", "117", "sip:2345678@trunk.example;user=phone"])
async def test_a_number_that_no_plan_of_numbers_has_is_not_lost(it: Running, shown: str) -> None:
    due = await missed(it, caller=shown)

    path = f"/callbacks/{due.callback.callback_id}"
    assert (await it.read(path))["manner"] == "call"
    assert (await it.do(f"{path}/number", actor=ANNA))["number"] in shown
    assert (await it.read(f"/calls/{due.callback.call_id}"))["recognition"] == "unknown"


@pytest.mark.parametrize(
    "shown", ["anonymous", "0000000", "sip:anonymous@anonymous.invalid", "7", "ask his wife"]
)
async def test_what_is_no_number_is_hidden(it: Running, shown: str) -> None:
    assert (await ring(it, caller=shown))["recognition"] == "hidden"


async def test_a_number_that_a_trunk_wrote_as_an_address_does_is_known(it: Running) -> None:
    assert (await ring(it, caller="%2B79161234567"))["recognition"] == "known"


async def test_who_wants_no_calls_is_written_to(it: Running) -> None:
    await it.owns("c-maria", "anna", contact_preference="no_calls")

    due = await missed(it)

    assert (await it.read(f"/callbacks/{due.callback.callback_id}"))["manner"] == "letter"


async def test_the_site_asks_for_a_callback(it: Running) -> None:
    made = await it.do("/callbacks", {"from": "8 916 123-45-67"}, SITE, key="w-1")

    assert await it.do("/callbacks", {"from": "8 916 123-45-67"}, SITE, key="w-1") == made
    (due,) = it.told(CallbackDueV1)
    assert (due.callback.origin, due.callback.customer_id, due.callback.owner_id) == (
        "site",
        "c-maria",
        "anna",
    )


async def test_who_looks_at_the_number_of_a_wish_stands_in_its_timeline(it: Running) -> None:
    made = await it.do("/callbacks", {"from": MARIA}, SITE, key="w-1")

    assert (await it.do(f"/callbacks/{made['id']}/number", actor=ANNA))["number"] == MARIA

    last = (await it.read(f"/callbacks/{made['id']}/timeline"))["entries"][-1]
    assert (last["what"], last["who"]) == (["NumberSeen"], "anna")


async def test_who_rang_three_times_in_vain_is_rung_back_once(it: Running) -> None:
    due, *_ = [await missed(it, f"v-{number}") for number in range(3)]
    await missed(it, "v-another", "+79031112233")

    await it.do(f"/callbacks/{due.callback.callback_id}/settlement", {"outcome": "talked"}, ANNA)

    made = it.told(CallbackMadeV1)
    assert [(each.outcome, each.by) for each in made] == [("talked", "anna")] * 3
    (left,) = (await it.read("/callbacks", ANNA))["items"]
    assert left["customer_id"] is None


async def test_a_recording_is_heard_by_who_controls_and_never_by_who_sells(it: Running) -> None:
    plan = await ring(it)
    await say(it, event(it, "answered", 3, leg=1), event(it, "ended", 60))
    path = f"/calls/{plan['call_id']}/recording"
    assert (await it.ask("GET", path, KIRA)).status_code == 404
    await say(it, event(it, "recorded", 70, recording="https://provider.example/rec/1"))

    assert (await it.read(path, KIRA)) == {"url": "https://provider.example/rec/1"}
    assert (await it.ask("GET", path, ANNA)).status_code == 403
    assert (await it.read(f"/calls/{plan['call_id']}/timeline"))["entries"][-1]["who"] == "kira"
    assert "provider.example" not in str(it.chassis.records)
    lying = next(store for store in it.chassis.stores if store.name == "calls").raw(plan["call_id"])
    assert "provider.example" not in str(lying)
    assert MARIA not in str(lying)
