"""In a rush what is agreed with suppliers stays; new ones may join, sales may be closed, and the owner may say why not (R116)."""

from typing import Any

from chassis.testing.plugin import MONDAY_MORNING
from contracts.rush import RushEndedV1, RushStartedV1
from kernel.actor import Actor, Role

OLGA = Actor("olga", frozenset({Role.OWNER}))
BRASS = "/suppliers/brass"
OTHERWISE = {"title": "brass", "lead_days": 9}


async def begin(shop: Any, *policies: str) -> None:
    told = RushStartedV1(
        shop_id="main", rush_id="r-1", lanes=(), policies=policies, started_at=MONDAY_MORNING, by="olga"
    )
    assert await shop.chassis.tell(told, source="orders", sequence=1)


async def test_conditions_wait_for_the_end_of_the_rush(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await begin(shop, "buying")

    no = await shop.ask(world.anna, "PUT", BRASS, json=OTHERWISE)
    same = await shop.ask(world.anna, "PUT", BRASS, json={"title": "brass", "lead_days": 3})
    ended = RushEndedV1(
        shop_id="main",
        rush_id="r-1",
        lanes=(),
        started_at=MONDAY_MORNING,
        by="olga",
        ended_at=MONDAY_MORNING,
    )
    await shop.chassis.tell(ended, source="orders", sequence=2)
    yes = await shop.ask(world.anna, "PUT", BRASS, json=OTHERWISE)

    assert (no.status_code, no.json()["rule"], no.json()["overridable_by"]) == (409, "R116", ["owner"])
    assert (same.json()["changes"], yes.json()["changes"]) == ([], ["ConditionsAgreed"])


async def test_the_owner_agrees_otherwise_with_a_reason_that_is_listed(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await begin(shop, "buying")

    anna = await shop.ask(world.anna, "PUT", f"{BRASS}?despite_rush=dear", json=OTHERWISE)
    olga = await shop.ask(OLGA, "PUT", f"{BRASS}?despite_rush=he_is_slower", json=OTHERWISE)

    assert (anna.status_code, olga.status_code) == (409, 200)
    (listed,) = (await shop.get("/rush-freezes/main"))["overrides"]
    assert (listed["what"], listed["reason"], listed["by"]) == ("suppliers/brass", "he_is_slower", "olga")


async def test_a_new_supplier_joins_and_a_known_one_gets_another_owner(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await begin(shop, "buying")

    await shop.supplier("silk")
    moved = await shop.ask(world.anna, "PUT", f"{BRASS}/owner", json={"owner_id": "anna"})

    assert moved.status_code == 200
