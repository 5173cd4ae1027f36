"""Shops over HTTP."""

from typing import Any

import pytest
from contracts.crm import DutyRefusedV1, ShopChangedV1
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
DAY = {"opens": "10:00", "closes": "19:00", "lunch_from": "13:00", "lunch_until": "14:00"}
SHOP: dict[str, Any] = {
    "time_zone": "Asia/Omsk",
    "week": {"1": DAY, "6": {"opens": "11:00", "closes": "00:00"}},
    "overrides": {"2026-03-09": None, "2026-12-26": DAY},
    "owner_id": "vera",
}


async def test_a_shop_is_described_whole_and_every_clock_hears_of_it(crm: Any) -> None:
    await crm.ask("PUT", "/shops/main", SHOP)
    await crm.ask("PUT", "/shops/main", SHOP)

    (told,) = crm.news()
    assert isinstance(told, ShopChangedV1)
    assert (told.time_zone, [day.weekday for day in told.hours]) == ("Asia/Omsk", [1, 6])
    assert [(each.day.isoformat(), each.opens is None) for each in told.overrides] == [
        ("2026-03-09", True),
        ("2026-12-26", False),
    ]
    shown = await crm.ask("GET", "/shops/main", by=ANNA)
    assert shown["week"]["1"]["lunch_from"] == "13:00:00"
    assert [shop["shop_id"] for shop in (await crm.ask("GET", "/shops"))["items"]] == ["main"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Europe"},
        {"time_zone": "Mars/Olympus"},
        {"week": {}},
        {"week": {"8": DAY}},
        {"week": {"1": {**DAY, "lunch_until": None}}},
        {"week": {"1": {**DAY, "lunch_from": "08:00"}}},
        {"week": {"1": {"opens": "18:00", "closes": "10:00"}}},
        {"week": {"1": {"opens": "10:00+03:00", "closes": "18:00"}}},
    ],
)
async def test_hours_that_nobody_can_keep_are_malformed(crm: Any, wrong: dict[str, Any]) -> None:
    await crm.ask("PUT", "/shops/main", {**SHOP, **wrong}, status=422)


async def test_who_does_not_manage_sets_no_clock(crm: Any) -> None:
    await crm.ask("PUT", "/shops/main", SHOP, by=ANNA, status=403)
    await crm.ask("PUT", "/shops/another", SHOP, by=ANNA, status=403)

    (told,) = crm.news()
    assert isinstance(told, DutyRefusedV1)
    assert (told.thing, told.thing_id) == ("shop", "main")
    await crm.ask("GET", "/shops/another", status=404)
