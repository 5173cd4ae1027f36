"""Pick-ups as people work with them: asked for before the cut-off, handed over piece by piece, missed ones known at once
(R61-R63).
"""

from collections.abc import Mapping
from typing import Any

import pytest
from contracts.crm import DutyRefusedV1
from contracts.deliveries import (
    DeliveryDispatchedV1,
    PickupMissedCutoffV1,
    PickupRequestedV1,
)
from kernel.actor import Actor
from logistics.testing.asking import terms
from logistics.testing.people import ANNA, KOSTYA, STEPAN

MONDAY, TUESDAY = "own-couriers.2026-03-02", "own-couriers.2026-03-03"
TO_THE_CUT_OFF, TO_THE_END = 120, 6 * 60
"""Minutes from ten in the morning: orders' cut-off is at noon, the couriers are gone at four."""


async def ask(
    logistics: Any,
    by: Actor = STEPAN,
    status: int = 200,
    key: str = "p-1",
    hours: Mapping[str, str] | None = None,
) -> Any:
    """Somebody asks for the couriers of Monday, in the agreed hours or in others."""
    body = {"carrier_id": "own-couriers", "day": "2026-03-02", **(hours or {})}
    answer = await logistics.ask("POST", "/pick-ups", by, key=key, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def hand_over(logistics: Any, *codes: str, to: str = MONDAY, by: Actor = STEPAN) -> Any:
    answer = await logistics.ask("POST", f"/pick-ups/{to}/hand-over", by, json={"codes": list(codes)})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def registered(logistics: Any, *order_ids: str) -> None:
    """Orders whose shipments their carrier knows of."""
    for order_id in order_ids:
        await logistics.may_go(order_id)
        answer = await logistics.ask("POST", f"/shipments/{order_id}.1/registration", STEPAN)
        assert answer.is_success, answer.text


async def of(logistics: Any, pickup_id: str = MONDAY) -> Any:
    return await logistics.read(f"/pick-ups/{pickup_id}")


async def test_what_may_go_is_awaited_by_the_pick_up_of_its_day(agreed: Any) -> None:
    await agreed.may_go("o-1")
    await agreed.may_go("o-2", paid=False)

    (found,) = (await agreed.read("/pick-ups?stage=planned&carrier_id=own-couriers&day=2026-03-02"))["items"]
    whole = await of(agreed)

    assert (found["pickup_id"], found["responsible_id"], found["from"], found["to"]) == (
        MONDAY,
        "lena",
        "14:00",
        "16:00",
    )
    assert found["due_at"] == found["cut_off_at"] == "2026-03-02T09:00:00Z"
    assert [(each["shipment_id"], each["registered"]) for each in whole["waiting"]] == [("o-1.1", False)]


async def test_it_is_asked_for_before_the_cut_off_and_told_once(agreed: Any) -> None:
    await agreed.may_go()
    first = await ask(agreed)
    for key in ("p-1", "p-2"):
        await ask(agreed, key=key)

    (told,) = agreed.told(PickupRequestedV1)
    assert (told.pickup_id, told.shipments, told.by) == (MONDAY, 1, "stepan")
    assert (first["stage"], first["due_at"], first["narrow"]) == ("requested", "2026-03-02T13:00:00Z", False)


async def test_too_late_the_next_one_is_proposed(agreed: Any) -> None:
    await agreed.may_go()
    await agreed.later(TO_THE_CUT_OFF)

    no = await ask(agreed, status=409)
    proposed = await agreed.read("/pick-ups:next?carrier_id=own-couriers")

    assert (no["rule"], no["next_on"], proposed["day"]) == ("R61", "2026-03-03", "2026-03-03")
    assert agreed.told(PickupRequestedV1) == []


@pytest.mark.parametrize(
    ("hours", "rule"),
    [({"from": "15:30"}, "R62"), ({"from": "13:00", "to": "15:00"}, "R60"), ({"day": "2027-01-01"}, "R60")],
)
async def test_the_courier_needs_his_time_and_his_hours(agreed: Any, hours: Any, rule: str) -> None:
    assert (await ask(agreed, status=409, hours=hours))["rule"] == rule


async def test_less_than_the_agreed_hours_is_allowed_and_warned_of(agreed: Any) -> None:
    asked = await ask(agreed, hours={"from": "14:30"})
    assert (asked["from"], asked["to"], asked["narrow"]) == ("14:30", "16:00", True)


async def test_who_sells_asks_for_no_couriers_and_it_is_told(agreed: Any) -> None:
    await agreed.may_go()
    await ask(agreed, ANNA, 403)
    for step, body in (("hand-over", {"codes": ["o-1.1"]}), ("cancellation", {"reason": "no_hands"})):
        answer = await agreed.ask("POST", f"/pick-ups/{MONDAY}/{step}", ANNA, json=body)
        assert answer.status_code == 403
    assert [(each.thing, each.actor_id) for each in agreed.told(DutyRefusedV1)] == [("pick_up", "anna")] * 3


async def test_what_is_scanned_leaves_once_or_says_why_it_stays(agreed: Any) -> None:
    await registered(agreed, "o-1", "o-2")
    await agreed.may_go("o-3")
    await agreed.may_go("o-1", sequence=2, paid=False)

    await hand_over(agreed, "o-1.1", "o-2.1", "o-3.1", "o-9.1")
    came = await hand_over(agreed, "o-1.1", "o-2.1", "o-3.1", "o-9.1")

    assert [each["shipment_id"] for each in came["handed_over"]] == ["o-2.1"]
    assert {each["shipment_id"]: each["why"] for each in came["turned_away"]} == {
        "o-1.1": "not_paid",
        "o-3.1": "not_registered",
        "o-9.1": "unknown",
    }
    assert [each.shipment.shipment_id for each in agreed.told(DeliveryDispatchedV1)] == ["o-2.1"]
    seen = (await agreed.read("/shipments/o-2.1"))["reports"]
    assert [(each["stage"], each["by"]) for each in seen] == [("picked_up", "stepan")]
    assert [each["shipment_id"] for each in (await of(agreed))["waiting"]] == ["o-3.1"]


async def test_what_was_turned_away_goes_when_it_may(agreed: Any) -> None:
    await agreed.may_go()
    await hand_over(agreed, "o-1.1")
    await registered(agreed, "o-1")
    came = await hand_over(agreed, "o-1.1")
    assert (len(came["handed_over"]), came["turned_away"]) == (1, [])


async def test_another_carriers_parcel_is_not_given_away(agreed: Any) -> None:
    await registered(agreed, "o-1")
    asked = await agreed.ask(
        "POST", "/pick-ups", STEPAN, key="c", json={"carrier_id": "cdek", "day": "2026-03-02"}
    )
    assert asked.is_success
    came = await hand_over(agreed, "o-1.1", to="cdek.2026-03-02")
    assert [each["why"] for each in came["turned_away"]] == ["other_carrier"]
    assert agreed.told(DeliveryDispatchedV1) == []


@pytest.mark.parametrize("asked_for", [False, True])
async def test_a_missed_one_is_known_at_once_and_is_somebodys_work(agreed: Any, asked_for: bool) -> None:
    """Nobody asked by the cut-off; or the couriers left without it."""
    await registered(agreed, "o-1", "o-2")
    if asked_for:
        await ask(agreed)
        await hand_over(agreed, "o-2.1")
        await agreed.later(TO_THE_CUT_OFF)
        assert agreed.told(PickupMissedCutoffV1) == []
    await agreed.later(TO_THE_END - TO_THE_CUT_OFF if asked_for else TO_THE_CUT_OFF)
    await agreed.later(1)

    (told,) = agreed.told(PickupMissedCutoffV1)
    hour, left = (13, 1) if asked_for else (9, 2)
    assert (told.pickup_id, told.shipments, told.cutoff_at.hour) == (MONDAY, left, hour)
    await agreed.hear_itself()
    found = (await agreed.read("/incidents?carrier_id=own-couriers", KOSTYA))["items"]
    assert [(each["kind"], each["source"]) for each in found] == [("delay", "warehouse")]
    missed, next_one = await of(agreed), await of(agreed, TUESDAY)
    assert (missed["stage"], missed["next_on"], missed["waiting"]) == ("missed", "2026-03-03", [])
    assert len(next_one["waiting"]) == left
    assert (await agreed.read("/shipments/o-1.1"))["pick_up_on"] == "2026-03-03"


async def test_what_is_scanned_too_late_left_all_the_same(agreed: Any) -> None:
    await registered(agreed, "o-1")
    await agreed.later(TO_THE_CUT_OFF)
    assert len((await hand_over(agreed, "o-1.1"))["handed_over"]) == 1
    assert ((await of(agreed))["stage"], (await of(agreed, TUESDAY))["waiting"]) == ("missed", [])
    await agreed.later(24 * 60)
    assert ((await of(agreed, TUESDAY))["stage"], len(agreed.told(PickupMissedCutoffV1))) == ("empty", 1)


async def test_when_all_is_handed_over_nothing_is_missed(agreed: Any) -> None:
    await registered(agreed, "o-1")
    await ask(agreed)
    await hand_over(agreed, "o-1.1")
    await agreed.later(TO_THE_END)
    assert ((await of(agreed))["stage"], agreed.told(PickupMissedCutoffV1)) == ("handed_over", [])


async def test_what_is_paid_for_after_the_cut_off_goes_with_the_next_one_and_is_not_missed(
    agreed: Any,
) -> None:
    await agreed.may_go(paid=False)
    await agreed.later(TO_THE_CUT_OFF)
    await agreed.may_go(sequence=2)
    assert (await agreed.read("/shipments/o-1.1"))["pick_up_on"] == "2026-03-03"
    assert len((await of(agreed, TUESDAY))["waiting"]) == 1
    assert agreed.told(PickupMissedCutoffV1) == []


async def test_a_cancelled_one_gives_its_shipments_to_the_next(agreed: Any) -> None:
    await agreed.may_go()
    await ask(agreed)
    for _ in range(2):
        answer = await agreed.ask(
            "POST", f"/pick-ups/{MONDAY}/cancellation", STEPAN, json={"reason": "no_hands"}
        )
        assert answer.is_success, answer.text
    await agreed.may_go("o-2")

    assert len((await of(agreed, TUESDAY))["waiting"]) == 2
    assert (await ask(agreed, status=409, key="p-2"))["next_on"] == "2026-03-03"
    await agreed.later(TO_THE_END)
    assert agreed.told(PickupMissedCutoffV1) == []


async def test_it_is_asked_for_by_itself_where_that_is_agreed(logistics: Any) -> None:
    pick_up = {**terms()["pick_up"], "asked_ahead_minutes": 20}
    await logistics.agree(pick_up=pick_up)
    await logistics.later(99)
    assert logistics.told(PickupRequestedV1) == []
    await logistics.may_go("o-1")
    await logistics.later(1)
    await logistics.may_go("o-2")
    (told,) = logistics.told(PickupRequestedV1)
    assert (told.by, told.shipments) == ("service:logistics", 1)


async def test_what_comes_after_the_hour_of_asking_by_itself_asks_at_once(logistics: Any) -> None:
    await logistics.agree(pick_up={**terms()["pick_up"], "asked_ahead_minutes": 20})
    await logistics.later(110)
    await logistics.may_go()
    assert [each.pickup_id for each in logistics.told(PickupRequestedV1)] == [MONDAY]


async def test_its_story_is_read_and_what_was_never_is_not_found(agreed: Any) -> None:
    await registered(agreed, "o-1")
    await ask(agreed)
    await hand_over(agreed, "o-1.1")
    what = [
        name
        for entry in (await agreed.read(f"/pick-ups/{MONDAY}/timeline"))["entries"]
        for name in entry["what"]
    ]
    assert what == ["PickUpPlanned", "PickUpRequested", "HandingOver", "HandedOver"]
    for path in ("cdek.2026-03-02", f"{TUESDAY}/timeline"):
        assert (await agreed.ask("GET", f"/pick-ups/{path}")).status_code == 404
