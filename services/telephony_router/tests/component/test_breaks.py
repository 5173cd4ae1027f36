"""Shifts and breaks over HTTP (R105, R106)."""

import asyncio
from datetime import timedelta
from typing import Any

from chassis.peers import PeerDown
from contracts.crm import AbsenceV1, DutyRefusedV1
from telephony_router.testing.asking import Running
from telephony_router.testing.people import ANNA, BORIS, KIRA, OLEG, SVETA, VERA
from telephony_router.testing.world import MONDAY


def shift(staff_id: str, begins: int = 0, ends: int = 8) -> dict[str, Any]:
    first, last = MONDAY + timedelta(hours=begins), MONDAY + timedelta(hours=ends)
    return {"staff_id": staff_id, "begins": first.isoformat(), "ends": last.isoformat()}


async def on_duty(it: Running, *names: str) -> None:
    for name in names:
        await it.do("/shifts", shift(name), key=f"shift-{name}")


async def test_one_call_is_a_break_and_one_more_the_return(it: Running) -> None:
    await on_duty(it, "anna", "boris")

    await it.do("/breaks", actor=ANNA)
    roster = await it.read("/roster")

    assert [each["staff_id"] for each in roster["on_break"]] == ["anna"]
    assert roster["covering"] == ["boris"]
    assert (await it.do("/breaks", actor=ANNA))["changes"] == []

    await it.do("/breaks/end", actor=ANNA)

    assert (await it.read("/roster"))["covering"] == ["anna", "boris"]


async def test_the_last_on_duty_is_told_why_he_stays_and_goes_next(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.do("/breaks", {"minutes": 30}, ANNA)

    answer = await it.ask("POST", "/breaks", BORIS)

    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["rule"]) == (409, "/problems/last-on-duty", "R105")
    assert problem["on_break"] == "anna"
    assert problem["back_at"] == (MONDAY + timedelta(minutes=30)).isoformat()
    await it.do("/breaks/end", actor=ANNA)
    assert (await it.read("/roster"))["promised"] == ["boris"]
    assert await it.refused("/breaks", actor=ANNA) == "last-on-duty"
    await it.do("/breaks", actor=BORIS)


async def test_two_who_leave_at_once_do_not_both_leave(it: Running) -> None:
    await on_duty(it, "anna", "boris")

    answers = await asyncio.gather(*(it.ask("POST", "/breaks", who) for who in (ANNA, BORIS)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len((await it.read("/roster"))["covering"]) == 1


async def test_who_paused_his_day_elsewhere_does_not_cover(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.staff("anna", presence="on_break")

    assert (await it.read("/roster"))["covering"] == ["boris"]
    assert await it.refused("/breaks", actor=BORIS) == "last-on-duty"


async def test_a_break_in_the_portal_is_a_break_here_and_so_is_its_end(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.staff("anna", presence="on_break")

    (pause,) = (await it.read("/roster"))["on_break"]
    assert (pause["staff_id"], pause["until"]) == ("anna", "2026-03-02T09:00:00Z")
    answer = await it.ask("POST", "/breaks", BORIS)
    assert answer.json()["on_break"] == "anna"

    await it.staff("anna", presence="at_work")

    roster = await it.read("/roster")
    assert (roster["on_break"], roster["promised"]) == ([], ["boris"])
    assert await it.refused("/breaks", actor=ANNA) == "last-on-duty"


async def test_a_break_taken_here_ends_with_the_pause_in_the_portal(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.do("/breaks", {"minutes": 30}, ANNA)
    await it.staff("anna", presence="on_break")
    assert [each["until"] for each in (await it.read("/roster"))["on_break"]] == ["2026-03-02T08:30:00Z"]

    await it.staff("anna", presence="at_work")

    assert (await it.read("/roster"))["covering"] == ["anna", "boris"]


async def test_who_comes_back_here_is_back_for_crm_too(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.staff("anna", presence="on_break")
    it.crm.fault = PeerDown("crm does not answer")
    assert (await it.ask("POST", "/breaks/end", ANNA)).status_code == 503
    it.crm.fault = None

    await it.do("/breaks/end", actor=ANNA)

    assert it.crm.presences == [("anna", "at_work")]
    await it.do("/breaks/end", actor=BORIS)
    assert len(it.crm.presences) == 1


async def test_what_else_is_told_of_who_is_on_a_break_begins_no_second_one(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.staff("anna", presence="on_break")
    await it.later(minutes=5)
    await it.staff("anna", presence="on_break", deputy_id="vera")

    assert [each["since"] for each in (await it.read("/roster"))["on_break"]] == ["2026-03-02T08:00:00Z"]
    await it.staff("lena", presence="on_break")
    assert len((await it.read("/roster"))["on_break"]) == 1


async def test_who_is_away_does_not_cover(it: Running) -> None:
    await on_duty(it, "anna", "boris")
    await it.staff("anna", absence=AbsenceV1(since=MONDAY))

    assert await it.refused("/breaks", actor=BORIS) == "last-on-duty"


async def test_without_shifts_the_first_line_covers(it: Running) -> None:
    assert (await it.read("/roster"))["covering"] == ["anna", "boris", "oleg", "vera"]


async def test_the_last_whom_a_call_would_ring_stays_though_heads_are_there(it: Running) -> None:
    for who in (ANNA, BORIS, VERA):
        await it.do("/breaks", actor=who)

    assert await it.refused("/breaks", actor=OLEG) == "last-on-duty"
    plan = await it.do("/plans:rehearse", {"from": "+79031112233"}, ANNA)
    assert [each["staff_id"] for each in plan["steps"] if each["kind"] == "ring"] == ["oleg"]


async def test_a_promised_break_that_is_not_taken_passes_on(it: Running) -> None:
    await on_duty(it, "anna", "boris", "oleg")
    await it.do("/breaks", actor=ANNA)
    await it.do("/breaks", actor=BORIS)
    assert await it.refused("/breaks", actor=OLEG) == "last-on-duty"
    await it.do("/breaks/end", actor=ANNA)
    assert await it.refused("/breaks", actor=ANNA) == "last-on-duty"

    await it.later(minutes=16)

    assert (await it.read("/roster"))["promised"] == ["anna"]


async def test_only_who_keeps_the_roster_changes_it(it: Running) -> None:
    assert await it.refused("/shifts", shift("anna"), ANNA, key="s-1") == "not-your-duty"
    assert await it.refused("/breaks", {"staff_id": "boris"}, ANNA) == "not-your-duty"
    assert await it.refused("/breaks", actor=KIRA) == "unknown-person"
    assert [fact.action for fact in it.told(DutyRefusedV1)] == ["keep_roster", "keep_roster"]

    made = await it.do("/shifts", shift("vera"), key="s-2")
    assert await it.do("/shifts", shift("vera"), key="s-2") == made
    assert await it.refused("/shifts", shift("vera", 1, 2), key="s-3") == "shift-makes-no-sense"
    (found,) = (await it.read("/roster"))["shifts"]
    await it.do(f"/shifts/{found['shift_id']}/cancellation")
    assert (await it.read("/roster"))["shifts"] == []
    assert await it.refused(f"/shifts/{found['shift_id']}/cancellation") == "unknown-shift"


async def test_gaps_are_seen_in_advance(it: Running) -> None:
    await it.do("/shifts", shift("vera", 0, 2), key="s-1")
    await it.do("/breaks", {"staff_id": "oleg"}, SVETA)

    today, tomorrow = await it.read("/roster/gaps?days=1")

    assert today["begins"] == "2026-03-02T10:00:00Z"
    assert today["ends"] == "2026-03-02T15:00:00Z"
    assert tomorrow["begins"] == "2026-03-03T07:00:00Z"
    entries = (await it.read("/roster/timeline"))["entries"]
    assert [each["what"][-1] for each in entries] == ["ShiftPlanned", "BreakBegun"]


async def test_a_gap_of_a_few_minutes_between_two_shifts_is_seen(it: Running) -> None:
    for name, begins, ends in (("vera", 0, 136), ("boris", 149, 480)):
        first, last = (MONDAY + timedelta(minutes=each) for each in (begins, ends))
        body = {"staff_id": name, "begins": first.isoformat(), "ends": last.isoformat()}
        await it.do("/shifts", body, key=name)

    first, *_ = await it.read("/roster/gaps?days=1")

    assert (first["begins"], first["ends"]) == ("2026-03-02T10:16:00Z", "2026-03-02T10:29:00Z")
