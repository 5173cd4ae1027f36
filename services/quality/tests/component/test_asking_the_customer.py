"""Every delivered order gets one call, the day after; who asks is independent; what was said stays."""

import pytest
from kernel.actor import Role
from quality.testing.asking import NAME, PHONE, Running
from quality.testing.news import ANNA, KIRA, KSENIA, OWNER, claimed, created, delivered, joined

GOOD = {"in_order": True, "content": True}


async def test_a_delivered_order_is_asked_about_the_next_morning(it: Running) -> None:
    call_id = await it.deliver()

    assert [each["channel"] for each in it.told("quality.call_due")] == ["call"]
    call = await it.call(call_id)
    assert call["due_at"] == "2026-03-03T07:00:00Z"
    assert call["assignee"] in {"kira", "ksenia"}


async def test_the_call_of_an_order_is_found_by_it(it: Running) -> None:
    call_id = await it.deliver()
    order_id = (await it.call(call_id))["order_id"]

    found = await it.ask("GET", f"/calls?order_id={order_id}", OWNER)
    other = await it.ask("GET", "/calls?order_id=another", OWNER)

    assert [each["call_id"] for each in found.json()["items"]] == [call_id]
    assert other.json()["items"] == []


@pytest.mark.parametrize("partial", [False, True])
async def test_told_twice_and_before_the_order_it_is_one_call(it: Running, partial: bool) -> None:
    for sequence in (1, 2):
        await it.tell(delivered(partial=partial), "logistics", sequence)
    nothing_yet = it.told("quality.call_due")
    await it.tell(created())
    await it.later(hours=2)

    assert nothing_yet == []
    assert len(it.told("quality.call_due")) == 1


async def test_an_order_that_orders_never_told_of_is_asked_about_all_the_same(it: Running) -> None:
    await it.tell(delivered(), "logistics")

    await it.later(hours=2)

    assert len(it.told("quality.call_due")) == 1


async def test_a_test_order_is_not_asked_about(it: Running) -> None:
    await it.deliver(is_test=True)
    await it.later(days=1)

    assert it.told("quality.call_due") == []


async def test_the_contact_is_shown_once_for_a_call_and_kept_nowhere(it: Running) -> None:
    call_id = await it.deliver()
    early = await it.ask("POST", f"/calls/{call_id}/opening")
    await it.later(days=1)

    shown = await it.ask("POST", f"/calls/{call_id}/opening")
    again = await it.ask("POST", f"/calls/{call_id}/opening")

    assert early.json()["type"] == "/problems/not-calling-time"
    assert (shown.json()["phone"], shown.json()["name"]) == (PHONE, NAME)
    assert again.json()["type"] == "/problems/contact-shown-already"
    assert len(it.orders.asked) == 1
    kept = it.lying(call_id)
    assert PHONE not in kept
    assert NAME not in kept
    journal = (await it.ask("GET", "/journal")).json()["items"]
    assert [(each["what"], each["by"]) for each in journal] == [("contact_opened", "kira")]


async def test_a_bad_answer_alarms_at_once_with_its_reasons(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)

    answer = await it.answer(call_id, in_order=False, nps=6, manners_good=False)

    assert answer.status_code == 200
    (alarm,) = it.told("quality.alarm")
    assert alarm["reasons"] == ("not_in_order", "critic", "courier_manners")
    assert alarm["call"]["responsible_id"] == "anna"


async def test_the_same_answer_again_is_quiet_and_another_is_refused(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    await it.answer(call_id, nps=10)

    same = await it.ask("POST", f"/calls/{call_id}/answers", json={**GOOD, "nps": 10})
    other = await it.ask("POST", f"/calls/{call_id}/answers", json={**GOOD, "nps": 0})

    assert same.json()["changes"] == []
    assert other.json()["type"] == "/problems/call-closed"
    assert len(it.told("quality.answered")) == 1


async def test_who_is_controlled_reads_no_answers_and_the_attempt_is_told(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    await it.answer(call_id, words={"wishes": "Дешевле бы"})

    hers = await it.ask("GET", f"/calls/{call_id}/answers", ANNA)
    kiras = await it.ask("GET", f"/calls/{call_id}/answers", KIRA)

    assert (hers.status_code, hers.json()["rule"]) == (403, "R8")
    assert it.told("duty.refused")[0]["actor_id"] == "anna"
    assert kiras.json()["words"] == {"wishes": "Дешевле бы"}
    assert "Дешевле" not in it.lying(call_id)


async def test_a_controller_who_touched_the_order_is_refused(it: Running) -> None:
    call_id = await it.deliver(responsible_id="kira")
    await it.later(days=1)

    refused = await it.ask("POST", f"/calls/{call_id}/opening", KIRA)

    assert (refused.status_code, refused.json()["rule"]) == (403, "R9")
    assert (await it.call(call_id))["assignee"] == "ksenia"
    assert it.orders.asked == []
    assert it.told("duty.refused")[0]["rule"] == "R9"


async def test_a_controller_who_reports_to_who_touched_the_order_is_refused(it: Running) -> None:
    await it.tell(joined("kira", Role.QUALITY_CONTROLLER, reports_to="anna"), "crm", 9)
    call_id = await it.deliver()
    await it.later(days=1)

    refused = await it.ask("POST", f"/calls/{call_id}/opening", KIRA)

    assert (refused.status_code, refused.json()["rule"]) == (403, "R10")
    assert (await it.call(call_id))["assignee"] == "ksenia"


async def test_nobody_answers_and_the_list_says_why(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    tries = 0
    while (await it.call(call_id))["state"] == "open":
        await it.ask("POST", f"/calls/{call_id}/opening", KSENIA)
        await it.ask("POST", f"/calls/{call_id}/attempts", KSENIA, json={"result": "no_answer"})
        tries += 1
        waits = await it.call(call_id)
        while waits["state"] == "open" and waits["next_at"] > it.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"):
            await it.later(hours=1)

    coverage = await it.ask("GET", "/coverage?from=2026-03-01&to=2026-03-31", ANNA)

    assert tries == 4
    assert (coverage.json()["delivered"], coverage.json()["called"]) == (1, 0)
    assert [each["reason"] for each in coverage.json()["not_called"]] == ["not_reached"]


async def test_on_the_second_day_the_owner_knows_and_after_a_week_it_ends(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=2)
    overdue = await it.ask("GET", "/calls?overdue=true", OWNER)

    await it.later(days=7)

    assert [each["call_id"] for each in overdue.json()["items"]] == [call_id]
    assert (await it.call(call_id))["reason"] == "nobody_called"


async def test_closed_as_fine_and_then_a_claim_is_a_contradiction(it: Running) -> None:
    call_id = await it.deliver()
    await it.later(days=1)
    await it.answer(call_id)

    for sequence in (1, 2):
        await it.tell(claimed(), "claims", sequence)

    found = await it.ask("GET", "/calls?contradicted=true", OWNER)
    assert [each["call_id"] for each in found.json()["items"]] == [call_id]
