from datetime import timedelta
from typing import Any

from contracts.procurement import StockStaleV1

FEED = {"url": "https://feeds.example.org/brass.xml", "every_minutes": 60}


async def test_a_supplier_is_registered_and_shown(shop: Any, world: Any) -> None:
    body = {
        "supplier_id": "brass",
        "title": "Brass & Light",
        "lead_days": 2,
        "feed": FEED,
        "owner_id": "anna",
    }

    answer = await shop.ask(world.anna, "POST", "/suppliers", json=body, key="once")

    assert answer.status_code == 201
    again = await shop.ask(world.anna, "POST", "/suppliers", json=body, key="once")
    assert again.json() == answer.json()
    shown = await shop.get("/suppliers/brass", world.anna)
    assert (shown["title"], shown["lead_days"], shown["feed"]) == ("Brass & Light", 2, FEED)
    assert (await shop.get("/suppliers?owner_id=anna"))["items"][0]["supplier_id"] == "brass"
    assert (await shop.get("/suppliers/brass/timeline"))["entries"][0]["what"] == [
        "ConditionsAgreed",
        "TrialBegan",
    ]


async def test_a_name_that_is_taken_or_reserved_is_refused(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    for name, code in (("brass", "supplier-exists"), ("own", "supplier-is-reserved")):
        body = {"supplier_id": name, "title": "Another", "lead_days": 9}

        answer = await shop.ask(world.anna, "POST", "/suppliers", json=body)

        assert (answer.status_code, answer.json()["type"]) == (409, f"/problems/{code}")


async def test_only_who_buys_agrees_on_conditions_and_sees_the_feeds_address(shop: Any, world: Any) -> None:
    await shop.supplier("brass", feed=FEED)

    refused = await shop.ask(world.sonya, "PUT", "/suppliers/brass", json={"title": "x", "lead_days": 1})

    assert refused.status_code == 403
    assert (await shop.get("/suppliers/brass", world.sonya))["feed"] is None


async def test_the_feeds_address_lies_sealed(shop: Any) -> None:
    await shop.supplier("brass", feed=FEED)

    (kept,) = (store for store in shop.chassis.stores if store.name == "suppliers")
    assert "sealed" in kept.raw("brass")["conditions"]["feed"]["url"]


async def test_stock_that_became_old_is_told_once_and_cleared_by_a_fresh_feed(shop: Any, world: Any) -> None:
    await shop.supplier("brass", stale_after_hours=24)
    await shop.imported("brass", world.catalogue(world.lamp("1"), world.lamp("2")))

    shop.clock.forward(timedelta(hours=25))
    await shop.chassis.pass_deadlines()
    await shop.chassis.pass_deadlines()

    (told,) = shop.told(StockStaleV1)
    assert (told.supplier_id, told.offers) == ("brass", 2)
    assert (await shop.get("/suppliers/brass"))["stale"] is True
    await shop.imported(
        "brass", world.catalogue(world.lamp("1"), world.lamp("2"), date="2026-03-03T10:00+03:00")
    )
    assert (await shop.get("/suppliers/brass"))["stale"] is False
    shop.clock.forward(timedelta(hours=25))
    await shop.chassis.pass_deadlines()
    assert len(shop.told(StockStaleV1)) == 2


async def test_an_unknown_supplier_is_not_found(shop: Any, world: Any) -> None:
    for path in ("/suppliers/nobody", "/suppliers/nobody/timeline"):
        assert (await shop.ask(world.sonya, "GET", path)).status_code == 404
    assert (await shop.upload("nobody", world.catalogue())).status_code == 404
