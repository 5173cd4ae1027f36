"""A claim's life over HTTP, in memory."""

import pytest
from chassis.peers import PeerDown, PeerRefused
from claims.testing.asking import Running
from claims.testing.people import ANNA, CLAIMS, KIRA, OLGA, PETR, SITE, TANYA
from contracts.claims import (
    ClaimClosedV1,
    ClaimDeadlineNearV1,
    ClaimDecidedV1,
    ClaimEscalatedV1,
    ClaimOpenedV1,
    ClaimReopenedV1,
)
from contracts.crm import DutyRefusedV1


async def test_a_refund_is_demanded_decided_paid_by_orders_and_confirmed(it: Running) -> None:
    id_ = await it.open()
    for step in ("hear", "restate", "empathise", "agree"):
        await it.do(f"/claims/{id_}/steps", {"step": step})
    await it.demand(id_)

    await it.do(f"/claims/{id_}/decision", {"verdict": "satisfied", "amount": 648000, "reason": "Брак"})
    await it.chassis.pass_deadlines()
    await it.do(f"/claims/{id_}/closing", {"outcome": "confirmed"})

    assert it.peer.asked == [("/orders/o-1/goodwill", {"amount": 648000, "currency": "RUB"})]
    claim = await it.read(f"/claims/{id_}")
    assert (claim["stage"], claim["ruling"]["money"], claim["outcome"]) == ("closed", "taken", "confirmed")
    (opened,) = it.told(ClaimOpenedV1)
    assert (opened.claim.owner_id, opened.claim.origin) == ("kostya", "person")
    (decided,) = it.told(ClaimDecidedV1)
    assert (decided.amount.minor, decided.claim.due_on.isoformat()) == (648000, "2026-03-12")
    assert len(it.told(ClaimClosedV1)) == 1


async def test_the_same_key_opens_one_claim(it: Running) -> None:
    assert await it.open() == await it.open()
    assert len(it.told(ClaimOpenedV1)) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("taking", {}),
        ("steps", {"step": "hear"}),
        ("decision", {"verdict": "refused", "reason": "Нет"}),
        ("approval", {"number": 1}),
        ("closing", {"outcome": "confirmed"}),
    ],
)
async def test_who_sells_opens_and_reads_but_settles_nothing_and_the_attempt_is_told(
    it: Running, path: str, body: object
) -> None:
    id_ = await it.open(actor=ANNA)
    assert (await it.read(f"/claims/{id_}", ANNA))["words"] is None

    assert await it.refused(f"/claims/{id_}/{path}", body, ANNA) == "not-your-duty"

    (refused,) = it.told(DutyRefusedV1)
    assert (refused.thing_id, refused.rule, refused.actor_id) == (id_, "R6", "anna")


async def test_the_controller_settles_nothing_either(it: Running) -> None:
    id_ = await it.open(actor=KIRA)

    assert await it.refused(f"/claims/{id_}/taking", {}, KIRA) == "not-your-duty"


async def test_above_the_limit_somebody_else_approves_and_the_law_does_not_wait(it: Running) -> None:
    id_ = await it.open()
    await it.demand(id_, paid=1_500_000)
    body = {"verdict": "satisfied", "amount": 1_500_000, "reason": "Брак"}
    await it.do(f"/claims/{id_}/decision", body, OLGA)
    assert it.told(ClaimDecidedV1) == []

    assert await it.refused(f"/claims/{id_}/approval", {"number": 1}, OLGA) == "approver-decided"
    await it.later(days=1, minutes=1)
    assert [each.to for each in it.told(ClaimEscalatedV1)] == ["management"]
    await it.later(days=10)
    assert [each.mark for each in it.told(ClaimDeadlineNearV1)] == ["half", "most", "last_day", "over"]

    await it.do(f"/claims/{id_}/approval", {"number": 1}, TANYA)
    assert (await it.do(f"/claims/{id_}/approval", {"number": 1}, TANYA))["changes"] == []
    (decided,) = it.told(ClaimDecidedV1)
    assert (decided.by, decided.approved_by) == ("owner", "tanya")


async def test_a_declined_decision_is_made_anew(it: Running) -> None:
    id_ = await it.open()
    await it.demand(id_, paid=1_500_000)
    body = {"verdict": "satisfied", "amount": 1_500_000, "reason": "Брак"}
    await it.do(f"/claims/{id_}/decision", body)
    await it.do(f"/claims/{id_}/rejection", {"number": 1}, TANYA)

    await it.do(f"/claims/{id_}/decision", {"verdict": "partly", "amount": 900_000, "reason": "Царапина"})

    assert [each.decision for each in it.told(ClaimDecidedV1)] == ["partly"]


async def test_orders_that_is_down_is_asked_again_with_the_same_key(it: Running) -> None:
    id_ = await it.open()
    await it.demand(id_)
    it.orders.fault = PeerDown("orders")
    await it.do(f"/claims/{id_}/decision", {"verdict": "satisfied", "amount": 648000, "reason": "Брак"})
    await it.chassis.pass_deadlines()
    assert (await it.read(f"/claims/{id_}"))["ruling"]["money"] == "asked"

    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        await it.later(minutes=minutes - 1)
        asked = len(it.peer.asked)
        await it.later(minutes=1)
        assert len(it.peer.asked) == asked + 1

    it.orders.fault = None
    await it.later(hours=1)

    assert (await it.read(f"/claims/{id_}"))["ruling"]["money"] == "taken"
    assert set(it.peer.keys) == {f"claim-{id_}-1"}
    await it.later(days=1)
    assert len(it.peer.asked) == 10


async def test_when_orders_says_no_a_person_decides_anew_and_the_clock_runs_on(it: Running) -> None:
    id_ = await it.open()
    await it.demand(id_)
    it.orders.fault = PeerRefused("orders", 409, {"type": "/problems/more-than-paid"})
    await it.do(f"/claims/{id_}/decision", {"verdict": "satisfied", "amount": 648000, "reason": "Брак"})
    await it.later(days=11)
    claim = await it.read(f"/claims/{id_}")
    assert (claim["ruling"]["money"], claim["demand"]["exposure"]) == ("refused", 6480)

    it.orders.fault = None
    await it.do(f"/claims/{id_}/decision", {"verdict": "partly", "amount": 600000, "reason": "Брак"})
    await it.chassis.pass_deadlines()

    assert (await it.read(f"/claims/{id_}"))["ruling"]["money"] == "taken"


async def test_it_closes_unanswered_only_after_tries_on_three_days_and_opens_again(it: Running) -> None:
    id_ = await it.open("service")
    for _ in range(3):
        assert await it.refused(f"/claims/{id_}/closing", {"outcome": "unanswered"}) == "not-confirmed"
        await it.do(f"/claims/{id_}/tries")
        assert (await it.do(f"/claims/{id_}/tries"))["changes"] == []
        await it.later(days=1)

    await it.do(f"/claims/{id_}/closing", {"outcome": "unanswered"})
    assert await it.refused(f"/claims/{id_}/tries") == "claim-closed"
    await it.do(f"/claims/{id_}/reopening", {"reason": "not_settled"}, ANNA)

    (again,) = it.told(ClaimReopenedV1)
    assert again.times == 1
    report = await it.read("/reports?since=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z")
    assert (report["opened"], report["reopened_share"]) == (1, 1.0)


async def test_goods_are_tried_by_the_instruction_first(it: Running) -> None:
    id_ = await it.open()
    body = {"demand": "refund", "channel": "email", "proof": "m", "price": 1, "paid": 1}
    assert await it.refused(f"/claims/{id_}/demand", body) == "instruction-first"
    assert (
        await it.refused(f"/claims/{id_}/closing", {"outcome": "solved_by_instruction"})
        == "instruction-first"
    )

    await it.do(f"/claims/{id_}/instruction", {"helped": True})
    await it.do(f"/claims/{id_}/closing", {"outcome": "solved_by_instruction"})

    report = await it.read("/reports?since=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z")
    assert (report["saved_by_instruction"], report["first_contact_resolution"]) == (1, 1.0)


async def test_a_learner_names_a_mentor_in_his_first_cases(it: Running) -> None:
    id_ = await it.open()
    assert await it.refused(f"/claims/{id_}/taking", {}, PETR) == "mentor-needed"
    assert await it.refused(f"/claims/{id_}/taking", {"mentor_id": "petr"}, PETR) == "mentor-needed"

    await it.do(f"/claims/{id_}/taking", {"mentor_id": "kostya"}, PETR)

    claim = await it.read(f"/claims/{id_}")
    assert (claim["keeper_id"], claim["mentor_id"]) == ("petr", "kostya")


async def test_lists_are_by_the_nearest_deadline_and_of_one_order(it: Running) -> None:
    slow, quick = await it.open(key="a"), await it.open(actor=SITE, key="b")
    await it.demand(slow)
    await it.demand(quick, "loan_item")

    mine = await it.read("/claims?view=mine")
    assert [each["claim_id"] for each in mine["items"]] == [quick, slow]
    assert len((await it.read("/claims?order_id=o-1&stage=complaint"))["items"]) == 2
    assert (await it.read("/claims?order_id=o-2"))["items"] == []
    assert len(await it.read("/claims/law")) == 18
    assert (await it.ask("POST", f"/claims/{slow}/taking", CLAIMS, json={})).status_code == 403
