"""Offers that only their supplier can name: compared with known goods in the background, decided by a person, undone."""

from datetime import timedelta
from typing import Any

import httpx
from contracts.crm import DutyRefusedV1
from contracts.procurement import StockChangedV1, SupplyAllocatedV1

KNOWN = (
    '<offer id="{n}" available="true"><name>Лампа латунная настольная BL-{n}0</name><vendor>Brass</vendor>'
    "<vendorCode>BL-{n}0</vendorCode><price>100</price><count>5</count></offer>"
)
UNNAMED = (
    '<offer id="x{n}" available="true"><name>BL-{n}0 лампа настольная латунная Brass</name>'
    "<price>{price}</price><count>7</count></offer>"
)
OFFER = "/matches/slow:x3"


async def compared(shop: Any, world: Any, *, price: int = 110) -> Any:
    """Brass lists five lamps under names of the world; the slow supplier the same under his own codes."""
    for supplier in ("brass", "slow"):
        await shop.supplier(supplier, stale_after_hours=24 * 365)
    await shop.imported("brass", world.catalogue(*(KNOWN.format(n=n) for n in range(1, 6))))
    done = await shop.imported(
        "slow", world.catalogue(*(UNNAMED.format(n=n, price=price) for n in range(1, 6)))
    )
    shop.clock.forward(timedelta(seconds=3))
    await shop.chassis.pass_deadlines()
    await shop.parts.wired["comparing"].drain()
    return await shop.get(f"/imports/{done['import_id']}")


async def decide(shop: Any, actor: Any, path: str = OFFER, **body: Any) -> httpx.Response:
    answer: httpx.Response = await shop.ask(actor, "POST", path, json=body)
    return answer


async def test_likely_goods_are_proposed_with_confidence_and_reasons(shop: Any, world: Any) -> None:
    done = await compared(shop, world)

    assert done["compared"] == {"offers": 5, "goods": 5, "proposed": 5, "done": True}
    found = (await shop.get("/matches?supplier_id=slow&state=proposed"))["items"]
    assert len(found) == 5
    lamp = await shop.get(OFFER)
    best = lamp["likenesses"][0]
    assert (best["product_id"], best["confidence"] > 0.85) == ("brass-bl-30", True)
    assert {"title", "same_marks", "same_vendor", "same_price"} <= set(best["reasons"])
    assert all(other["confidence"] < best["confidence"] for other in lamp["likenesses"][1:])


async def test_a_yes_moves_the_offer_and_lasts_through_the_next_feeds(shop: Any, world: Any) -> None:
    await compared(shop, world)
    shop.chassis.told.clear()

    answer = await decide(shop, world.anna, accept=True)

    assert answer.status_code == httpx.codes.OK, answer.text
    (told,) = shop.told(StockChangedV1)
    assert (told.offer_id, told.product_id) == ("slow:x3", "brass-bl-30")
    await shop.imported("slow", world.catalogue(*(UNNAMED.format(n=n, price=90) for n in range(1, 6))))
    assert (await shop.get("/offers/slow:x3"))["product_id"] == "brass-bl-30"
    there = await shop.get("/availability?product_id=brass-bl-30")
    assert {each["offer_id"] for each in there["offers"]} == {"brass:3", "slow:x3"}


async def test_the_old_name_still_leads_to_the_goods(shop: Any, world: Any) -> None:
    await compared(shop, world)
    old = (await shop.get("/offers/slow:x3"))["product_id"]
    await decide(shop, world.anna, accept=True)

    await shop.order("o-1", (old, 2))

    (allocated,) = shop.told(SupplyAllocatedV1)
    assert allocated.lines[0].parts[0].offer_id == "slow:x3"


async def test_what_orders_hold_they_hold_through_a_match_and_its_undoing(shop: Any, world: Any) -> None:
    await compared(shop, world)
    old = (await shop.get("/offers/slow:x3"))["product_id"]
    await shop.order("o-1", (old, 2))

    await decide(shop, world.anna, accept=True)
    moved = await shop.get("/offers/slow:x3")
    await shop.ask(world.anna, "POST", f"{OFFER}/undo")
    back = await shop.get("/offers/slow:x3")

    assert [(each["product_id"], each["held"], each["free"]) for each in (moved, back)] == [
        ("brass-bl-30", 2, 5),
        (old, 2, 5),
    ]
    await shop.cancel("o-1", (old, 2))
    assert (await shop.get("/offers/slow:x3"))["held"] == 0


async def test_a_no_is_kept_and_not_proposed_again(shop: Any, world: Any) -> None:
    await compared(shop, world)

    await decide(shop, world.anna, accept=False)
    await compared(shop, world, price=120)

    lamp = await shop.get(OFFER)
    assert (lamp["state"], lamp["product_id"]) == ("rejected", None)
    undone = await shop.ask(world.boris, "POST", f"{OFFER}/undo")
    assert undone.json()["changes"] == ["MatchUndone"]
    assert (await shop.get(OFFER))["state"] == "proposed"


async def test_the_same_yes_twice_changes_nothing_and_another_one_is_refused(shop: Any, world: Any) -> None:
    await compared(shop, world)
    await decide(shop, world.anna, accept=True)

    again = await decide(shop, world.boris, accept=True)
    other = await decide(shop, world.boris, accept=True, product_id="brass-bl-10")
    no = await decide(shop, world.boris, accept=False)

    assert again.json()["changes"] == []
    assert (other.status_code, no.status_code) == (httpx.codes.CONFLICT, httpx.codes.CONFLICT)


async def test_goods_that_nobody_offers_are_no_match_and_others_may_be(shop: Any, world: Any) -> None:
    await compared(shop, world)

    none = await decide(shop, world.anna, accept=True, product_id="nobodys-lamp")
    other = await decide(shop, world.anna, accept=True, product_id="brass-bl-50")

    assert (none.status_code, none.json()["type"]) == (httpx.codes.CONFLICT, "/problems/match-not-proposed")
    assert other.status_code == httpx.codes.OK
    assert (await shop.get("/offers/slow:x3"))["product_id"] == "brass-bl-50"


async def test_only_a_buyer_decides_and_the_attempt_is_told(shop: Any, world: Any) -> None:
    await compared(shop, world)

    refused = await decide(shop, world.sonya, accept=True)

    assert refused.status_code == httpx.codes.FORBIDDEN
    (told,) = shop.told(DutyRefusedV1)
    assert (told.thing, told.action, told.rule) == ("match", "match_product", "R43")
    assert (await shop.get(OFFER))["state"] == "proposed"


async def test_nothing_proposed_is_not_found(shop: Any, world: Any) -> None:
    answer = await decide(shop, world.anna, accept=True)

    assert answer.status_code == httpx.codes.NOT_FOUND


async def test_a_feed_that_changes_nothing_is_not_compared(shop: Any, world: Any) -> None:
    await compared(shop, world)

    again = await compared(shop, world)

    assert again["compared"] is None
