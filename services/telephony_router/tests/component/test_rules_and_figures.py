"""Rules as versions, tried on yesterday's calls; what the telephone is measured by (R102, R104)."""

from collections.abc import AsyncIterator

import pytest
from contracts.calls import CallbackDueV1
from contracts.crm import DutyRefusedV1
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import ANNA, OWNER, SVETA, TANYA
from telephony_router.testing.provider import SECRET, event, ring, say

RULES = "/routing-rules"


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(webhook_secret=SecretStr(SECRET)) as router:
        yield router


async def test_a_draft_holds_only_after_its_effect_was_seen_and_another_approved(it: Running) -> None:
    await ring(it)
    await ring(it, "v-2", "anonymous")
    await it.later(hours=24)
    await it.do(f"{RULES}/draft", {"owner_seconds": 25}, SVETA)
    assert await it.refused(f"{RULES}/drafts/1/approval", actor=TANYA) == "effect-not-seen"

    effect = await it.do(f"{RULES}/drafts/1/effect", actor=SVETA)

    assert (effect["calls"], effect["changed"]) == (2, 1)
    (example,) = effect["examples"]
    assert (example["before"][0]["seconds"], example["after"][0]["seconds"]) == (15, 25)
    assert await it.refused(f"{RULES}/drafts/1/approval", actor=SVETA) == "approver-wrote"
    assert await it.refused(f"{RULES}/drafts/7/approval", actor=TANYA) == "nothing-to-approve"
    await it.do(f"{RULES}/drafts/1/approval", actor=TANYA)
    assert (await it.do(f"{RULES}/drafts/1/approval", actor=TANYA))["changes"] == []

    plan = await ring(it, "v-3")
    assert plan["steps"][0]["seconds"] == 25
    book = await it.read(RULES)
    assert (book["version"], book["draft"], book["versions"][0]["approved_by"]) == (1, None, "tanya")
    assert [fact.rule for fact in it.told(DutyRefusedV1)] == ["R80"]


async def test_it_goes_back_with_one_command(it: Running) -> None:
    for number, seconds in ((1, 25), (2, 40)):
        await it.do(f"{RULES}/draft", {"owner_seconds": seconds}, SVETA)
        await it.do(f"{RULES}/drafts/{number}/effect", actor=TANYA)
        await it.do(f"{RULES}/drafts/{number}/approval", actor=OWNER)

    await it.do(f"{RULES}/rollback", actor=TANYA)
    assert (await ring(it))["steps"][0]["seconds"] == 25
    assert (await it.read(RULES))["versions"][0]["restores"] == 1

    await it.do(f"{RULES}/rollback", {"to": 0}, TANYA)
    assert (await ring(it, "v-2"))["steps"][0]["seconds"] == 15
    assert await it.refused(f"{RULES}/rollback", {"to": 77}, TANYA) == "unknown-version"
    what = [entry["what"][-1] for entry in (await it.read(f"{RULES}/timeline"))["entries"]]
    assert what[-2:] == ["RulesRestored", "RulesRestored"]


async def test_who_sells_changes_no_rules_and_the_attempt_is_told(it: Running) -> None:
    assert await it.refused(f"{RULES}/draft", {}, ANNA) == "not-your-duty"
    assert await it.refused(f"{RULES}/rollback", {}, ANNA) == "not-your-duty"
    assert [fact.thing for fact in it.told(DutyRefusedV1)] == ["routing_rules"] * 2
    answer = await it.ask("POST", f"{RULES}/draft", json={"call_centre": "anna", "owner_seconds": 1})
    assert answer.status_code == 422


async def test_an_external_call_centre_breaks_the_wave_and_its_number_lies_sealed(it: Running) -> None:
    await it.do(f"{RULES}/draft", {"call_centre": "8 495 123-45-67"}, SVETA)
    await it.do(f"{RULES}/drafts/1/effect", actor=TANYA)
    await it.do(f"{RULES}/drafts/1/approval", actor=TANYA)

    *_, overflow, _ = (await ring(it))["steps"]

    assert (overflow["kind"], overflow["dial"]) == ("overflow", {"way": "phone", "address": "+74951234567"})
    books = next(store for store in it.chassis.stores if store.name == "rule_books")
    assert "74951234567" not in str(books.raw("main"))


async def test_each_shop_has_its_own_call_centre() -> None:
    lines = "+74951234567=main,+78121234567=spb:shop-spb"
    async with running(webhook_secret=SecretStr(SECRET), router_lines=lines) as it:
        for shop, number in (("main", "+74950000001"), ("shop-spb", "+78120000002")):
            await it.do(f"{RULES}/draft?shop_id={shop}", {"call_centre": number}, SVETA)
            await it.do(f"{RULES}/drafts/1/effect?shop_id={shop}", actor=TANYA)
            await it.do(f"{RULES}/drafts/1/approval?shop_id={shop}", actor=TANYA)

        plans = [await ring(it, f"v-{to}", to=to) for to in ("+74951234567", "+78121234567")]

    dialled = [
        [each["dial"]["address"] for each in plan["steps"] if each["kind"] == "overflow"] for plan in plans
    ]
    assert dialled == [["+74950000001"], ["+78120000002"]]


async def test_phone_hours_are_local_time(it: Running) -> None:
    hours = {"begins": "13:00+03:00", "ends": "17:00+03:00"}

    answer = await it.ask("POST", f"{RULES}/draft", SVETA, json={"phone_hours": hours})

    assert answer.status_code == 422


async def test_missed_calls_are_counted_by_hour_with_the_share_of_lunch(it: Running) -> None:
    await ring(it, "v-1")
    await say(it, event(it, "answered", 4, leg=1), event(it, "ended", 64), call_id="v-1")
    await ring(it, "v-2", "anonymous")
    await say(it, event(it, "ended", 30), call_id="v-2")
    await it.later(hours=2, minutes=20)
    for number in (3, 4):
        await ring(it, f"v-{number}", MARIA)
        await say(it, event(it, "ended", 30), call_id=f"v-{number}")

    found = await it.read("/reports/calls")

    assert (found["calls"], found["missed"], found["missed_at_lunch"]) == (4, 3, 2)
    assert (found["lunch_share"], found["missed_of_lunch"]) == (0.6667, 1.0)
    assert (found["owner_first_share"], found["mean_wait_seconds"]) == (0.3333, 4.0)
    assert [(each["hour"], each["missed"]) for each in found["hours"] if each["calls"]] == [(11, 1), (13, 2)]


async def test_calls_of_the_last_day_are_shown_by_the_hour_of_the_shop(it: Running) -> None:
    await ring(it, "v-1")
    await say(it, event(it, "answered", 4, leg=1), event(it, "ended", 64), call_id="v-1")
    await ring(it, "v-2", "anonymous")
    await say(it, event(it, "ended", 30), call_id="v-2")
    await it.chassis.pass_deadlines()
    await it.later(hours=2, minutes=20)
    await ring(it, "v-3", MARIA)
    await say(it, event(it, "ended", 30), call_id="v-3")
    await it.chassis.pass_deadlines()

    figures = await it.chassis.figures()
    await it.later(hours=24)
    a_day_later = await it.chassis.figures()

    missed, answered = figures["opblok.calls.missed"], figures["opblok.calls.answered"]
    assert {hour: many for hour, many in missed.items() if many} == {"11": 1, "13": 1}
    assert {hour: many for hour, many in answered.items() if many} == {"11": 1}
    assert len(missed) == len(answered) == 24
    assert sum(a_day_later["opblok.calls.missed"].values()) == 0
    assert a_day_later["opblok.callbacks"]["open"] == a_day_later["opblok.callbacks"]["overdue"] > 0


async def test_outside_the_phone_hours_of_the_shop_a_caller_hears_so_and_is_rung_back(it: Running) -> None:
    hours = {"begins": "13:00", "ends": "17:00"}
    await it.do(f"{RULES}/draft", {"phone_hours": hours, "callback_within_minutes": 30}, SVETA)
    await it.do(f"{RULES}/drafts/1/effect", actor=TANYA)
    await it.do(f"{RULES}/drafts/1/approval", actor=TANYA)

    play, callback = (await ring(it))["steps"]
    await say(it, event(it, "ended", 9))
    await it.chassis.pass_deadlines()

    assert (play["kind"], play["reason"], callback["kind"]) == ("play", "outside_phone_hours", "callback")
    (due,) = it.told(CallbackDueV1)
    assert (due.callback.origin, due.callback.owner_id) == ("phone_hours", "anna")
    assert (await it.read(RULES))["rules"]["phone_hours"] == {"begins": "13:00:00", "ends": "17:00:00"}
    assert (await it.read(RULES))["rules"]["callback_within_minutes"] == 30
