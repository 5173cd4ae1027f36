"""Facts and reviews that open claims, and who gets them."""

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from claims.testing.asking import Running, running
from claims.testing.people import ANNA, KOSTYA
from contracts.claims import ClaimOpenedV1
from contracts.crm import AbsenceV1, DayHoursV1, ShopChangedV1
from contracts.deliveries import DeliveryFailedV1
from contracts.quality import QualityAlarmV1

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))


def alarm() -> QualityAlarmV1:
    return QualityAlarmV1.model_validate(example("quality.alarm.v1.json"))


def failed(reason: str) -> DeliveryFailedV1:
    return DeliveryFailedV1.model_validate({**example("delivery.failed.v1.json"), "reason": reason})


async def test_a_bad_answer_opens_one_claim_however_often_it_is_told(it: Running) -> None:
    for sequence in (2, 2, 1, 3):
        await it.chassis.tell(alarm(), source="quality", sequence=sequence)

    (opened,) = it.told(ClaimOpenedV1)
    assert (opened.claim.origin, opened.claim.order_id) == ("quality", alarm().call.order_id)


async def test_only_a_delivery_refused_for_quality_opens_a_claim(it: Running) -> None:
    await it.chassis.tell(failed("no_contact"), source="logistics", sequence=1)
    assert it.told(ClaimOpenedV1) == []

    for sequence in (2, 3):
        await it.chassis.tell(failed("refused_quality"), source="logistics", sequence=sequence)

    (opened,) = it.told(ClaimOpenedV1)
    assert (opened.claim.origin, opened.claim.kind) == ("delivery_failed", "goods")


async def test_the_least_busy_gets_it_and_nobody_who_sells_or_is_away(it: Running) -> None:
    await it.hire("anna", "sales_manager")
    await it.hire("petr", "conflict_manager", grade="regular")
    await it.hire("zoya", "conflict_manager")
    keepers = set[str]()
    for key in "abcd":
        keepers.add((await it.read(f"/claims/{await it.open(key=key)}"))["keeper_id"])

    assert keepers == {"kostya", "zoya"}


async def test_without_a_conflict_manager_the_owner_gets_it_until_one_is_back(it: Running) -> None:
    absent = AbsenceV1(since=it.clock.now(), until=None)
    await it.hire("kostya", "conflict_manager", sequence=2, absence=absent)
    claim_id = await it.open(actor=ANNA)
    claim = await it.read(f"/claims/{claim_id}")
    assert (claim["keeper_id"], claim["chosen"]) == ("owner", "last_resort")

    await it.hire("kostya", "conflict_manager", sequence=3)
    await it.later(hours=5)

    assert (await it.read(f"/claims/{claim_id}"))["keeper_id"] == "kostya"


async def test_who_is_away_is_stood_in_for_by_his_deputy(it: Running) -> None:
    claim_id = await it.open()
    for name in ("petr", "zoya"):
        await it.hire(name, "conflict_manager")
    absent = AbsenceV1(since=it.clock.now(), until=None)
    await it.hire("kostya", "conflict_manager", sequence=2, absence=absent, deputy_id="zoya")

    await it.later(hours=3)

    assert (await it.read(f"/claims/{claim_id}"))["keeper_id"] == "zoya"


async def test_a_negative_review_opens_a_claim_and_is_replied_to_in_time(it: Running) -> None:
    body = {"shop_id": "main", "source": "yandex_maps", "rating": 1, "words": "Ужас, Мария"}
    for _ in range(2):
        await it.do("/reviews", body, ANNA, key="r-1")
    await it.do("/reviews", {**body, "rating": 5}, ANNA, key="r-2")

    (opened,) = it.told(ClaimOpenedV1)
    assert (opened.claim.origin, opened.claim.kind) == ("review", "review")
    bad, _ = (
        (await it.read("/reviews"))["items"]
        if (await it.read("/reviews"))["items"][0]["rating"] == 1
        else (await it.read("/reviews"))["items"][::-1]
    )
    assert (bad["claim_id"], bad["words"]) == (opened.claim.claim_id, "Ужас, Мария")
    path = f"/reviews/{bad['review_id']}/reply"
    assert await it.refused(path, {"reply": "Спасибо"}, ANNA) == "not-your-duty"
    await it.do(path, {"reply": "Просим прощения"})
    assert (await it.do(path, {"reply": "Просим прощения"}))["changes"] == []
    await it.later(days=2)

    report = await it.read("/reports?since=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z", KOSTYA)
    assert (report["reviews"], report["reviews_in_time_share"]) == (2, 0.5)


async def test_deadlines_follow_the_working_time_that_crm_tells_of(it: Running) -> None:
    for weekday, sequence in ((2, 1), (3, 2)):
        hours = (DayHoursV1(weekday=weekday, opens=time(12), closes=time(20)),)
        told = ShopChangedV1(shop_id="main", time_zone="Asia/Omsk", hours=hours, owner_id="owner")
        await it.chassis.tell(told, source="crm", sequence=sequence)

        claim = await it.read(f"/claims/{await it.open(key=str(weekday))}")

        assert claim["next_due"] == f"2026-03-0{weekday + 1}T08:00:00Z"


async def test_what_the_customer_said_lies_sealed_and_is_told_to_nobody() -> None:
    async with running() as it:
        await it.open()
        claim = (await it.read("/claims"))["items"][0]
        whole = await it.read(f"/claims/{claim['claim_id']}")

    assert (claim["words"], whole["words"]) == (None, "Лампа не горит, Мария")
    assert all("Мария" not in record.value.decode() for record in it.chassis.records)


@pytest.mark.parametrize("day", ["0001-01-01", "1992-02-06", "9999-12-31"])
async def test_a_demand_is_not_of_a_day_without_the_law(it: Running, day: str) -> None:
    """The Law is of 07.02.1992; days beyond it break the reckoning of terms."""
    id_ = await it.open()
    await it.do(f"/claims/{id_}/instruction", {"helped": False})
    body = {"demand": "distance_refund", "channel": "email", "proof": "mail-17", "price": 1, "paid": 1}

    for field in ("received_on", "handed_over_on"):
        answer = await it.ask("POST", f"/claims/{id_}/demand", json=body | {field: day})

        assert answer.status_code == 422
