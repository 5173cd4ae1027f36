"""Goods that customers claim about are proposed for a sales stop (R46)."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from contracts.claims import ClaimClosedV1, ClaimFact, ClaimOpenedV1, ClaimReopenedV1, ClaimV1
from contracts.orders import OrderChangedV1
from contracts.values import MoneyV1
from procurement.testing.shipments import dispatched


def claim(name: str, order_id: str | None, **more: Any) -> dict[str, ClaimV1]:
    """A claim on goods, as the claims service tells of it."""
    told: dict[str, Any] = {
        "kind": "goods",
        "origin": "quality",
        "stage": "complaint",
        "demand": "refund",
        **more,
    }
    at_stake = MoneyV1(minor=100_00, currency="RUB")
    return {
        "claim": ClaimV1(
            claim_id=name, order_id=order_id, shop_id="main", law_version="v2026", at_stake=at_stake, **told
        )
    }


def opened(name: str, order_id: str | None, **more: Any) -> ClaimFact:
    return ClaimOpenedV1(**claim(name, order_id, **more))


def closed(name: str, order_id: str, outcome: str) -> ClaimFact:
    return ClaimClosedV1(**claim(name, order_id, stage="closed"), outcome=outcome, by="kostya")


def reopened(shop: Any, name: str, order_id: str) -> ClaimFact:
    return ClaimReopenedV1(**claim(name, order_id), reason="not_settled", times=1, at=shop.clock.now())


async def tell(shop: Any, fact: ClaimFact, sequence: int = 1) -> None:
    name = f"{fact.topic}-{fact.claim.claim_id}-{sequence}"
    assert await shop.chassis.tell(fact, source="claims", sequence=sequence, ce_id=name)


async def claimed(shop: Any, world: Any) -> dict[str, int]:
    """What is proposed for its many claims, and how many they are."""
    found = await shop.get("/sales-stops/proposals?criterion=many_claims", world.anna)
    return {each["product_id"]: each["figures"]["claims"] for each in found["items"]}


@pytest.fixture
async def selling(shop: Any) -> Any:
    """Lamps, shades and wicks are sold: three orders hold a lamp, one a shade besides, one a wick besides."""
    for product in ("lamp", "shade", "wick"):
        await shop.own(product, 30)
    await shop.order("o-1", ("lamp", 1))
    await shop.order("o-2", ("lamp", 2), ("shade", 1))
    await shop.order("o-3", ("lamp", 1), ("wick", 4))
    return shop


async def test_three_claims_with_one_product_in_common_show_which_it_is(selling: Any, world: Any) -> None:
    for name, order_id in (("c-1", "o-1"), ("c-2", "o-2")):
        await tell(selling, opened(name, order_id))
    assert await claimed(selling, world) == {}

    for _ in range(2):
        await tell(selling, opened("c-3", "o-3"))

    assert await claimed(selling, world) == {"lamp": 3}


async def test_a_claim_on_the_delivery_and_a_review_say_nothing_of_goods(selling: Any, world: Any) -> None:
    for n, told in enumerate(
        [
            opened("c-1", "o-1"),
            opened("c-2", "o-2"),
            opened("c-3", "o-3", kind="delivery"),
            opened("c-4", None),
        ]
    ):
        await tell(selling, told, n + 1)

    assert await claimed(selling, world) == {}


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_what_is_withdrawn_counts_no_more_and_again_when_it_is_reopened_in_whatever_order_it_is_told(
    selling: Any, world: Any, order: tuple[int, ...]
) -> None:
    for name, order_id in (("c-1", "o-1"), ("c-2", "o-2")):
        await tell(selling, opened(name, order_id))
    story = [opened("c-3", "o-3"), closed("c-3", "o-3", "withdrawn"), reopened(selling, "c-3", "o-3")]

    for n in order[:-1]:
        await tell(selling, story[n], n + 1)
    halfway = await claimed(selling, world)
    await tell(selling, story[order[-1]], order[-1] + 1)

    assert halfway == ({} if set(order[:-1]) == {0, 1} else {"lamp": 3})
    assert await claimed(selling, world) == {"lamp": 3}


async def test_a_claim_that_is_settled_still_counts(selling: Any, world: Any) -> None:
    for n in (1, 2, 3):
        await tell(selling, opened(f"c-{n}", f"o-{n}"))
        await tell(selling, closed(f"c-{n}", f"o-{n}", "confirmed"), 2)

    assert await claimed(selling, world) == {"lamp": 3}


async def test_a_claim_heard_before_its_order_counts_when_the_order_is_known(shop: Any, world: Any) -> None:
    await shop.own("lamp", 9)
    for n in (1, 2, 3):
        await tell(shop, opened(f"c-{n}", f"o-{n}"))
    assert await claimed(shop, world) == {}

    for n in (1, 2, 3):
        await shop.order(f"o-{n}", ("lamp", 1))

    assert await claimed(shop, world) == {"lamp": 3}


async def test_it_counts_against_what_left_not_against_what_was_ordered_at_first(
    selling: Any, world: Any
) -> None:
    for n in (1, 2, 3):
        await tell(selling, opened(f"c-{n}", f"o-{n}"))
    changed = world.placed("o-1", [("shade", 1)])
    told = OrderChangedV1(order=changed, what=("lines",))
    await selling.chassis.tell(told, source="orders", sequence=2)
    assert await claimed(selling, world) == {}, "two of them hold lamps, two hold shades"

    sent = dispatched("o-3", selling.clock.now(), ("shade", 1, 0))
    await selling.chassis.tell(sent, source="logistics", sequence=1)

    assert await claimed(selling, world) == {"shade": 3}


async def test_it_counts_for_half_a_year(selling: Any, world: Any) -> None:
    for n in (1, 2, 3):
        await tell(selling, opened(f"c-{n}", f"o-{n}"))

    selling.clock.forward(timedelta(days=179))
    assert await claimed(selling, world) == {"lamp": 3}
    await tell(selling, closed("c-1", "o-1", "confirmed"), 2)
    selling.clock.forward(timedelta(days=2))

    assert await claimed(selling, world) == {}, "its last news does not make a claim younger"


async def test_claims_show_beside_another_reason_and_the_list_has_pages(selling: Any, world: Any) -> None:
    for n in range(3):
        await selling.order(f"all-{n}", ("lamp", 1), ("shade", 1), ("wick", 1))
        await tell(selling, opened(f"c-{n}", f"all-{n}"))
    await selling.own("lamp", 30, purchase_price={"minor": 95_00})

    thin = await selling.get("/sales-stops/proposals?criterion=low_margin", world.anna)
    first = await selling.get("/sales-stops/proposals?criterion=many_claims&limit=2", world.anna)
    rest = await selling.get(
        f"/sales-stops/proposals?criterion=many_claims&limit=2&cursor={first['next']}", world.anna
    )

    assert [(each["reasons"], each["figures"]["claims"]) for each in thin["items"]] == [
        (["low_margin", "many_claims"], 3)
    ]
    assert [each["product_id"] for each in first["items"]] == ["lamp", "shade"]
    assert ([each["product_id"] for each in rest["items"]], rest["next"]) == (["wick"], None)
