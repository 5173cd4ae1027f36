"""Sourcing many orders at once, from the question to what a buyer's yes makes of it (R41, R42, R43)."""

from typing import Any

import pytest
from procurement.domain.programme import NotSolved


@pytest.fixture
async def scattered(buying: Any, world: Any) -> Any:
    """Two orders whose goods came from two suppliers, though one of them has it all: two fees where one would do."""
    await buying.shop.supplier("bolt", lead_days=4, stale_after_hours=999, delivery_fee={"minor": 30_00})
    await buying.order("o-1", ("brass-7", 2))
    shades = world.lamp("8", price="44", count=9)
    await buying.shop.imported("bolt", world.catalogue(world.lamp("7", price="150", count=12), shades))
    await buying.order("o-0", ("brass-8", 5))
    await buying.order("o-2", ("brass-8", 1))
    await buying.shop.cancel("o-0", ("brass-8", 5))
    return buying


async def source(buying: Any, *wishes: Any, **more: Any) -> Any:
    answer = await buying.post("/sourcings", {"wishes": list(wishes)}, **more)
    assert answer.status_code == 201, answer.text
    return await buying.shop.get(f"/sourcings/{answer.json()['id']}", buying.raisa)


async def test_the_best_answer_is_proposed_beside_the_greedy_one_with_its_reasons(scattered: Any) -> None:
    assert await scattered.parts("o-2") == [("bolt:8", 1, "held")]

    found = await source(scattered)

    assert (found["by"], found["proven"], found["gap"], found["stage"]) == ("solver", True, 0, "proposed")
    assert found["best"]["weighed"] <= found["greedy"]["weighed"]
    assert found["saved"] == found["greedy"]["weighed"] - found["best"]["weighed"]
    pick = next(each for each in found["picks"] if each["need_id"] == "o-2/1")
    assert (pick["supplier_id"], pick["next_best"]) == ("brass", "bolt")
    assert pick["dearer"] > 30_00 + 4_00
    assert "RUB more, with his delivery fee 30.00 RUB" in pick["en"]
    assert "следующий bolt" in pick["ru"]
    assert await scattered.parts("o-2") == [("bolt:8", 1, "held")]


async def test_a_buyers_yes_moves_the_orders_once(scattered: Any) -> None:
    found = await source(scattered)

    for _ in range(2):
        answer = await scattered.post(f"/sourcings/{found['sourcing_id']}/taking")
        assert answer.is_success, answer.text

    assert await scattered.parts("o-2") == [("brass:8", 1, "held")]
    assert ((await scattered.offer("bolt:8"))["held"], (await scattered.offer("brass:8"))["held"]) == (0, 1)
    taken = await scattered.shop.get(f"/sourcings/{found['sourcing_id']}", scattered.raisa)
    assert (taken["stage"], taken["moved_orders"]) == ("taken", 1)
    await scattered.shop.chassis.pass_deadlines()
    draft = await scattered.purchase()
    assert [(line["offer_id"], line["quantity"]) for line in draft["lines"]] == [
        ("brass:7", 2),
        ("brass:8", 1),
    ]


async def test_where_somebody_was_quicker_the_order_stays_where_it_is(scattered: Any) -> None:
    found = await source(scattered)
    await scattered.shop.order("o-3", ("brass-8", 5))

    await scattered.post(f"/sourcings/{found['sourcing_id']}/taking")

    assert await scattered.parts("o-2") == [("bolt:8", 1, "held")]


async def test_wishes_for_our_own_stock_come_into_the_draft_once(scattered: Any) -> None:
    cheap = {"product_id": "brass-8", "quantity": 2, "most": {"minor": 50_00}}
    dear = {"product_id": "brass-7", "quantity": 2, "most": {"minor": 50_00}}

    found = await source(scattered, cheap, dear)
    for _ in range(2):
        await scattered.post(f"/sourcings/{found['sourcing_id']}/taking")

    assert (found["own_stock"], found["missing"]) == ({"brass": {"brass:8": 2}}, {"wish:2": 2})
    line = next(each for each in (await scattered.purchase())["lines"] if each["offer_id"] == "brass:8")
    assert line["quantity"] == 3


async def test_when_the_solver_fails_the_greedy_answer_is_proposed_and_says_so(scattered: Any) -> None:
    async def fails(_: Any) -> Any:
        raise NotSolved("no answer within 1 seconds")

    object.__setattr__(scattered.shop.parts.wired["sourcing_orders"], "solve", fails)

    found = await source(scattered)

    assert (found["by"], found["proven"], found["trouble"]) == ("greedy", False, "no answer within 1 seconds")
    assert found["saved"] == 0


async def test_an_old_proposal_is_left(scattered: Any, world: Any) -> None:
    found = await source(scattered)
    seller = await scattered.post(f"/sourcings/{found['sourcing_id']}/taking", actor=world.sonya)

    await scattered.passes(hours=1)
    late = await scattered.post(f"/sourcings/{found['sourcing_id']}/taking")

    assert (seller.status_code, seller.json()["rule"]) == (403, "R4")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/sourcing-is-old")
    left = await scattered.shop.get("/sourcings?stage=left", scattered.raisa)
    assert [each["sourcing_id"] for each in left["items"]] == [found["sourcing_id"]]


async def test_nothing_to_source_is_said(buying: Any, world: Any) -> None:
    nothing = await buying.post("/sourcings", {"wishes": []})
    seller = await buying.post("/sourcings", {"wishes": []}, actor=world.sonya)

    assert (nothing.status_code, nothing.json()["type"]) == (409, "/problems/nothing-to-source")
    assert seller.status_code == 403


async def test_the_same_key_answers_with_the_first_proposal(scattered: Any) -> None:
    first = await source(scattered, key="once")
    await scattered.order("o-9", ("brass-7", 1))

    again = await source(scattered, key="once")

    assert again == first
