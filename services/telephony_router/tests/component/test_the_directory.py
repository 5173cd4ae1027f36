"""Who is known, from facts of others and answers of crm, whatever order they come in and whoever is down."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from chassis.peers import PeerDown
from contracts.crm import (
    CustomerErasedV1,
    CustomerMergedV1,
    CustomerUnmergedV1,
    CustomerV1,
    ShopChangedV1,
)
from contracts.fact import Fact
from contracts.incidents import IncidentClosedV1, IncidentOpenedV1
from contracts.orders import OrderCancelledV1, OrderConfirmedV1
from contracts.rush import RushEndedV1, RushStartedV1
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import ANNA, SITE

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"
OTHER = "+7 (903) 111-22-33"


def example(kind: type[Fact], **parts: Any) -> Any:
    """The example of a fact, with parts of its thing otherwise."""
    raw = json.loads((EXAMPLES / f"{kind.type}.json").read_text(encoding="utf-8"))
    for part, changed in parts.items():
        raw[part] = raw[part] | changed if isinstance(changed, dict) else changed
    return kind.model_validate(raw)


async def plan(it: Running, phone: str = MARIA, **more: Any) -> Any:
    return await it.do("/plans:rehearse", {"from": phone, **more}, ANNA)


async def rung(it: Running, phone: str = MARIA) -> list[tuple[str, str]]:
    return [
        (each["target"], each["staff_id"])
        for each in (await plan(it, phone))["steps"]
        if each["kind"] == "ring"
    ]


async def test_a_call_is_tried_without_one_and_every_step_says_why(it: Running) -> None:
    found = await plan(it, "8 916 123-45-67")

    assert (found["recognition"], found["customer_id"], found["owner_id"]) == ("known", "c-maria", "anna")
    first = found["steps"][0]
    assert (first["target"], first["staff_id"], first["by"]) == ("owner", "anna", "desk")
    assert first["reason"] == {
        "word": "answers_for_customer",
        "rule": "R97",
        "ru": "Отвечает за этого покупателя",
        "en": "He answers for this customer",
    }
    assert found["steps"][-1]["kind"] == "callback"
    assert it.chassis.told == []
    night = await plan(it, at="2026-03-02T22:00:00+03:00")
    assert [each["kind"] for each in night["steps"]] == ["play", "callback"]
    assert await it.refused("/plans:rehearse", {"from": MARIA}, SITE) == "forbidden"


async def test_the_number_is_asked_of_crm_when_its_fact_is_heard(it: Running) -> None:
    it.crm.knows("c-ivan", OTHER, owner_id="vera")
    assert (await plan(it, OTHER))["recognition"] == "unknown"

    await it.owns("c-ivan", "vera")

    assert (await rung(it, OTHER))[0] == ("owner", "vera")


async def test_crm_that_is_down_is_asked_again_and_what_is_known_stays(it: Running) -> None:
    it.crm.fault = PeerDown("crm is down")
    it.clock.forward(timedelta(minutes=1))
    await it.owns("c-maria", "boris")

    assert (await rung(it))[0] == ("owner", "boris")
    it.crm.knows("c-maria", OTHER, owner_id="boris")
    it.crm.fault = None
    await it.later(minutes=1)

    assert (await rung(it, OTHER))[0] == ("owner", "boris")
    assert (await plan(it))["recognition"] == "unknown"


async def test_the_first_load_reads_all_pages_and_goes_on_where_it_was_cut_off(it: Running) -> None:
    for number in range(5):
        it.crm.knows(f"c-{number}", f"+790311122{number:02}", owner_id="vera")
    loading: Any = it.wired("loading")
    it.crm.fault = PeerDown("crm is down")
    assert not await loading.once()
    it.crm.fault = None

    assert await loading.once()

    assert (await rung(it, "+79031112204"))[0] == ("owner", "vera")
    found = await it.read("/directory")
    assert (found["customers"], found["staff"]) == (6, 8)
    assert [(each["kind"], each["read"], bool(each["done_at"])) for each in found["loads"]] == [
        ("staff", 8, True),
        ("customers", 6, True),
    ]
    asked = len(it.peer.asked)
    assert await loading.once()
    assert len(it.peer.asked) == asked


async def test_a_fact_wins_over_a_page_that_was_read_before_it(it: Running) -> None:
    it.crm.knows("c-maria", MARIA, owner_id="oleg")
    loading: Any = it.wired("loading")

    await loading.once()

    assert (await rung(it))[0] == ("owner", "anna")


async def test_a_merged_card_is_whom_it_became_until_they_are_parted(it: Running) -> None:
    it.crm.knows("c-old", OTHER, owner_id="vera")
    await it.owns("c-old", "vera")
    maria = CustomerV1(customer_id="c-maria", stage="customer", owner_id="anna")

    await it.tell(CustomerMergedV1(customer=maria, merged_id="c-old", by="anna"))
    assert (await plan(it, OTHER))["customer_id"] == "c-maria"

    await it.wired("loading").once()
    assert (await plan(it, OTHER))["customer_id"] == "c-maria"

    await it.tell(CustomerUnmergedV1(customer=maria, merged_id="c-old", by="anna"))
    assert (await plan(it, OTHER))["customer_id"] == "c-old"


async def test_who_is_erased_is_not_recognised_any_more_whatever_comes_late(it: Running) -> None:
    maria = CustomerV1(customer_id="c-maria", stage="customer")
    gone = CustomerErasedV1(customer=maria, reason="asked", by="anna", at=it.clock.now())

    await it.tell(gone)
    await it.owns("c-maria", "anna")

    assert (await plan(it))["recognition"] == "unknown"
    assert "hash" not in str(
        next(store for store in it.chassis.stores if store.name == "cards").raw("c-maria")["owner_id"]
    )


async def test_an_incident_of_his_order_puts_the_calm_person_first(it: Running) -> None:
    order = {"customer_id": "c-maria", "order_id": "o-1"}
    trouble = {"incident_id": "i-1", "order_id": "o-1"}
    await it.tell(example(IncidentOpenedV1, incident=trouble), "logistics")
    await it.tell(example(OrderConfirmedV1, order=order), "orders")

    assert (await rung(it))[0] == ("conflict_manager", "kostya")

    await it.tell(example(IncidentClosedV1, incident=trouble), "logistics")
    assert (await rung(it))[0] == ("owner", "anna")


async def test_an_order_under_way_decides_between_two_with_one_number(it: Running) -> None:
    it.crm.knows("c-son", MARIA, owner_id="vera")
    await it.owns("c-son", "vera")
    await it.tell(example(OrderConfirmedV1, order={"customer_id": "c-son", "order_id": "o-2"}), "orders")

    found = await plan(it)
    assert (found["recognition"], found["candidates"]) == ("ambiguous", ["c-son", "c-maria"])

    await it.tell(
        example(OrderCancelledV1, order={"customer_id": "c-son", "order_id": "o-2", "stage": "cancelled"}),
        "orders",
    )
    assert (await plan(it))["candidates"] == ["c-maria", "c-son"]


async def test_in_a_rush_only_the_lane_answers(it: Running) -> None:
    lanes = [{"staff_id": "oleg", "lane": "phone_orders"}, {"staff_id": "anna", "lane": "packing"}]
    await it.tell(example(RushStartedV1, shop_id="main", lanes=lanes), "orders")
    assert await rung(it) == [("lane", "oleg")]

    await it.tell(example(RushEndedV1, shop_id="main", lanes=lanes), "orders")
    assert (await rung(it))[0] == ("owner", "anna")


async def test_our_numbers_name_the_line_and_its_shop() -> None:
    async with running(router_lines="+74951234567=spb:shop-spb") as it:
        found = await plan(it, to="8 495 123-45-67")

    assert [each["kind"] for each in found["steps"]] == ["play", "callback"]
    assert found["steps"][-1]["staff_id"] == "owner"


async def test_the_hours_and_the_owner_of_a_shop_are_those_that_crm_told(it: Running) -> None:
    saturday = "2026-03-07T12:00:00+03:00"
    assert (await plan(it, at=saturday))["steps"][0]["kind"] == "play"
    hours = [{"weekday": day, "opens": "09:00", "closes": "21:00"} for day in range(1, 8)]
    fact = example(
        ShopChangedV1, shop_id="main", time_zone="Europe/Moscow", hours=hours, owner_id="tanya", overrides=[]
    )

    await it.tell(fact)

    assert (await plan(it, at=saturday))["steps"][0]["staff_id"] == "anna"
    for staff_id in ("anna", "boris", "vera", "oleg", "kostya", "sveta"):
        await it.staff(staff_id, active=False)
    assert (await plan(it))["steps"][-1]["staff_id"] == "tanya"
