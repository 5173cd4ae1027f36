"""From what orders hold at suppliers to what went to the supplier (R4, R42, R43, R80)."""

from typing import Any

from contracts.crm import DutyRefusedV1
from contracts.procurement import PurchaseOrderedV1


async def test_what_orders_hold_at_a_supplier_is_gathered_in_his_draft(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.order("o-2", ("brass-7", 1), ("brass-8", 1))

    (draft,) = (await buying.shop.get("/purchase-days/2026-03-02", buying.raisa))["items"]

    assert (draft["purchase_id"], draft["stage"], draft["owner_id"]) == (buying.brass, "draft", "owner")
    assert (draft["cut_off_at"], draft["remind_at"]) == ("2026-03-02T12:00:00Z", "2026-03-02T11:00:00Z")
    assert [(line["offer_id"], line["quantity"]) for line in draft["lines"]] == [
        ("brass:7", 3),
        ("brass:8", 1),
    ]
    assert [each["order_id"] for each in draft["lines"][0]["orders"]] == ["o-1", "o-2"]
    assert draft["total"]["minor"] == 310_00


async def test_a_placed_purchase_is_fixed_and_tells_of_itself_when_it_is_sent(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))

    ready = await buying.did("placing")
    await buying.order("o-2", ("brass-7", 1))
    sent = await buying.did("sending", body={"how": "email"})
    await buying.did("sending", body={"how": "email"})

    assert (ready["stage"], ready["placed_by"], ready["lines"][0]["quantity"]) == ("ready", "raisa", 2)
    assert (sent["stage"], sent["sent_by"], sent["sent_how"]) == ("sent", "raisa", "email")
    (told,) = buying.told(PurchaseOrderedV1)
    assert (told.purchase_id, told.expected_on.isoformat(), told.by) == (buying.brass, "2026-03-05", "raisa")
    assert [(line.offer_id, line.quantity, line.order_ids) for line in told.lines] == [
        ("brass:7", 2, ("o-1",))
    ]
    assert await buying.parts("o-1") == [("brass:7", 2, "bought")]
    assert (await buying.purchase("brass-2026-03-02-2"))["lines"][0]["orders"][0]["order_id"] == "o-2"


async def test_only_senior_buyers_buy_and_an_attempt_is_told(buying: Any, world: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))

    refused = await buying.post(f"/purchases/{buying.brass}/placing", actor=world.sonya)
    opened = await buying.post("/purchases", {"supplier_id": "brass"}, actor=world.sonya)

    assert (refused.status_code, refused.json()["rule"], opened.status_code) == (403, "R4", 403)
    (told,) = buying.told(DutyRefusedV1)
    assert (told.thing, told.thing_id, told.actor_id) == ("purchase", buying.brass, "sonya")
    assert (await buying.shop.get(f"/purchases/{buying.brass}"))["total"] is None


async def test_pieces_for_our_own_stock_are_held_at_the_supplier_too(buying: Any) -> None:
    opened = await buying.post("/purchases", {"supplier_id": "brass"})
    own_stock = f"/purchases/{opened.json()['purchase_id']}/own-stock"
    wished = {"own_stock": [{"offer_id": "brass:8", "quantity": 2}]}
    for _ in range(2):
        assert (await buying.shop.ask(buying.raisa, "PUT", own_stock, json=wished)).is_success
    strange = {"own_stock": [{"offer_id": "bolt:7", "quantity": 2}]}

    refused = await buying.shop.ask(buying.raisa, "PUT", f"/purchases/{buying.brass}/own-stock", json=strange)
    placed = await buying.did("placing")

    assert refused.json()["type"] == "/problems/not-of-this-supplier"
    assert (placed["lines"][0]["quantity"], (await buying.offer("brass:8"))["free"]) == (2, 3)
    withdrawn = await buying.did("withdrawal")
    assert (withdrawn["stage"], (await buying.offer("brass:8"))["free"]) == ("draft", 5)


async def test_below_the_minimum_nothing_is_placed_until_something_is_added(buying: Any) -> None:
    await buying.shop.supplier("brass", minimum_order={"minor": 200_00}, stale_after_hours=999)
    await buying.order("o-1", ("brass-7", 1))

    refused = await buying.post(f"/purchases/{buying.brass}/placing")
    more = {"own_stock": [{"offer_id": "brass:8", "quantity": 3}]}
    await buying.shop.ask(buying.raisa, "PUT", f"/purchases/{buying.brass}/own-stock", json=more)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/below-minimum")
    assert refused.json()["missing"] == 110_00
    assert (await buying.did("placing"))["stage"] == "ready"


async def test_a_dear_purchase_needs_somebody_elses_yes(buying: Any) -> None:
    purchasing = buying.shop.parts.wired["purchasing"]
    object.__setattr__(purchasing, "approve_above", purchasing.gathering.suppliers and _limit(100_00))
    await buying.order("o-1", ("brass-7", 2))
    awaiting = await buying.did("placing", actor=buying.owner)

    own = await buying.post(f"/purchases/{buying.brass}/approval", {"agrees": True}, actor=buying.owner)
    early = await buying.post(f"/purchases/{buying.brass}/sending", {"how": "email"})
    buyer = await buying.post(f"/purchases/{buying.brass}/approval", {"agrees": True})
    no = await buying.did("approval", body={"agrees": False}, actor=buying.vera)
    await buying.did("placing")
    yes = await buying.did("approval", body={"agrees": True}, actor=buying.vera)

    assert (awaiting["stage"], own.status_code, own.json()["rule"]) == ("awaiting", 403, "R80")
    assert (early.json()["type"], buyer.status_code) == ("/problems/not-ready", 403)
    assert (no["stage"], no["reason"]) == ("draft", "not_approved")
    assert (yes["stage"], yes["approved_by"]) == ("ready", "vera")
    assert [each.action for each in buying.told(DutyRefusedV1)] == ["approve_purchase", "approve_purchase"]


def _limit(minor: int) -> Any:
    from kernel.money import Money

    return Money(minor)


async def test_what_is_withdrawn_is_the_orders_again(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.did("placing")
    await buying.passes(minutes=1)

    cancelled = await buying.did("cancellation")
    await buying.shop.chassis.pass_deadlines()

    assert (cancelled["stage"], await buying.parts("o-1")) == ("cancelled", [("brass:7", 2, "held")])
    again = await buying.purchase("brass-2026-03-02-2")
    assert (again["stage"], again["lines"][0]["quantity"]) == ("draft", 2)
    refused = await buying.post("/purchases/brass-2026-03-02-2/cancellation")
    assert refused.json()["type"] == "/problems/orders-wait"


async def test_what_was_sent_is_not_withdrawn(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.sent()

    refused = await buying.post(f"/purchases/{buying.brass}/withdrawal")

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/already-sent")


async def test_the_owner_is_reminded_and_a_missed_cut_off_moves_the_purchase_to_the_next_day(
    buying: Any,
) -> None:
    await buying.order("o-1", ("brass-7", 2))

    await buying.passes(hours=4)
    reminded = await buying.purchase()
    await buying.passes(hours=1, minutes=1)
    missed = await buying.purchase()

    assert (reminded["reminded"], reminded["missed"]) == (True, 0)
    assert (missed["day"], missed["missed"], missed["reminded"]) == ("2026-03-03", 1, False)
    assert (await buying.shop.get("/purchase-days/2026-03-02"))["items"] == []
    assert (await buying.sent())["expected_on"] == "2026-03-06"


async def test_a_draft_that_nobody_needs_any_more_is_dropped_at_its_cut_off(buying: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    await buying.shop.cancel("o-1", ("brass-7", 2))

    await buying.passes(hours=6)

    dropped = await buying.purchase()
    assert (dropped["stage"], dropped["reason"]) == ("cancelled", "nothing_to_buy")


async def test_a_supplier_who_may_be_ordered_from_alone_is_placed_before_his_cut_off(buying: Any) -> None:
    await buying.shop.supplier("brass", cut_off="15:00", order_alone=True, stale_after_hours=999)
    await buying.order("o-1", ("brass-7", 2))

    await buying.passes(hours=4)

    placed = await buying.purchase()
    assert (placed["stage"], placed["placed_by"]) == ("ready", "service:procurement")


async def test_the_days_money_is_never_overspent(buying: Any) -> None:
    object.__setattr__(buying.shop.parts.wired["purchasing"].binding, "a_day", 350_00)
    await buying.order("o-1", ("brass-7", 2))
    await buying.order("o-2", ("brass-8", 2))
    await buying.did("placing")
    await buying.order("o-3", ("brass-8", 1))

    refused = await buying.post("/purchases/brass-2026-03-02-2/placing")

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/budget-spent")
    left = await buying.purchase("brass-2026-03-02-2")
    assert (left["stage"], left["reason"], left["lines"][0]["quantity"]) == ("draft", "budget_spent", 1)
    day = await buying.shop.get("/purchase-days/2026-03-02", buying.raisa)
    assert day["spent"]["minor"] == 290_00


async def test_a_purchase_goes_to_the_supplier_as_a_table_or_a_letter(buying: Any, world: Any) -> None:
    await buying.order("o-1", ("brass-7", 2))
    path = f"/purchases/{buying.brass}/document"

    table = await buying.shop.ask(buying.raisa, "GET", f"{path}?format=csv")
    book = await buying.shop.ask(buying.raisa, "GET", f"{path}?format=xlsx&language=en")
    letter = await buying.shop.ask(buying.raisa, "GET", f"{path}?format=text")

    assert table.content.decode("utf-8-sig").splitlines()[1] == "7;Lamp 7;2;90.00;180.00"
    assert book.content.startswith(b"PK")
    assert "1. Lamp 7 (код 7): 2 шт. по 90.00 руб." in letter.text
    assert (await buying.shop.ask(world.sonya, "GET", path)).status_code == 403
