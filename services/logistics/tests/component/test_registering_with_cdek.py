"""A shipment is registered with CDEK: once, whoever asks how often; what he won't take is somebody's work (R31, R50, R60)."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from contracts.deliveries import DeliveryScheduledV1
from logistics.settings import LogisticsSettings
from logistics.testing.people import ANNA, LENA, STEPAN

from services.logistics.tests.component.cdek_of_the_shop import LAMP, SHADE, STREET, Shop, contact, opened

ONE = "/shipments/o-1.1"


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened() as it:
        yield it


async def test_he_is_told_who_where_and_what_and_gives_his_number(shop: Shop) -> None:
    await shop.confirm()
    shown = await shop.register()

    body = shop.order.body
    assert (shown["stage"], shown["carrier_ref"]) == ("registered", shop.order.cdek_number)
    assert (body["number"], body["tariff_code"]) == ("o-1.1", 139)
    assert body["to_location"] == {"code": 44, "address": STREET}
    assert body["from_location"] == {"code": 44, "address": "Складская, 1"}
    assert body["recipient"] == {"name": "Пелагея Ильинична", "phones": [{"number": "+79161234567"}]}
    (package,) = body["packages"]
    assert [(each["ware_key"], each["amount"], each["cost"]) for each in package["items"]] == [
        ("1-brass-lamp", 2, LAMP / 100),
        ("2-shade", 1, SHADE / 100),
    ]
    assert [each["payment"]["value"] for each in package["items"]] == [0.0, 0.0]
    assert "delivery_recipient_cost" not in body


async def test_what_is_due_is_asked_for_to_the_kopeck(shop: Shop) -> None:
    due = 2 * LAMP + SHADE - 10_001
    await shop.confirm(due=due)
    await shop.register()
    body = shop.order.body
    items = body["packages"][0]["items"]
    asked = sum(round(each["payment"]["value"] * 100) * each["amount"] for each in items)
    assert asked + round(body["delivery_recipient_cost"]["value"] * 100) == due


async def test_to_a_point_goes_his_office_and_no_address(shop: Shop) -> None:
    await shop.confirm(point_id="msk-124")
    await shop.register()
    body = shop.order.body
    assert (body["delivery_point"], body["tariff_code"], "to_location" in body) == ("MSK124", 138, False)


async def test_asked_twice_or_after_a_lost_answer_it_is_one_order(shop: Shop) -> None:
    await shop.confirm()
    shop.desk.weather.forgetful = True
    shown = await shop.register()
    assert (shown["stage"], shown["carrier_owes"]) == ("planned", "register")

    shop.desk.weather.forgetful = False
    await shop.settles("registered")

    assert len(shop.desk.orders) == 1
    assert (await shop.shipment())["carrier_ref"] == shop.order.cdek_number
    assert len(shop.told(DeliveryScheduledV1)) == 1


async def test_two_who_ask_at_once_get_the_same_order(shop: Shop) -> None:
    """Neither finds it before, both ask; he takes no number twice."""
    await shop.confirm()
    shipping = (await shop.part("shipments").load("o-1")).state
    port, parcel = shop.part("shipping").port("cdek"), shipping.parcels[0]

    numbers = await asyncio.gather(*(port.register("o-1", parcel, shipping.known) for _ in range(3)))

    assert len(shop.desk.orders) > 1
    good = [each for each in shop.desk.orders.values() if not each.is_wrong]
    assert (set(numbers), len(good)) == ({good[0].cdek_number}, 1)
    assert await shop.incidents() == []


async def test_he_who_looks_it_through_slowly_is_asked_again(shop: Shop) -> None:
    await shop.confirm()
    shop.desk.takes = 20.0
    shown = await shop.register()
    assert shown["carrier_owes"] == "register"
    await shop.later(1)
    assert ((await shop.shipment())["stage"], len(shop.desk.orders)) == ("registered", 1)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (contact(address=None), "address_missing"),
        (contact(address={"text": "x" * 300}), "address_too_long"),
        (contact(phone="call me"), "recipient_unreadable"),
        (contact(name=""), "cdek_v2_field_is_empty"),
    ],
)
async def test_what_he_will_not_take_is_somebodys_work_with_his_word(
    shop: Shop, told: dict[str, Any], code: str
) -> None:
    await shop.confirm()
    shop.contact = told
    shown = await shop.register()
    assert (shown["stage"], shown["refused"], shown["carrier_owes"]) == ("planned", code, None)
    assert await shop.incidents() == [("data_error", "manager")]

    shop.contact = contact()
    shown = await shop.register()
    assert (shown["stage"], shown["refused"]) == ("registered", None)
    assert len(await shop.incidents()) == 1


async def test_a_place_that_he_does_not_know_is_refused_a_moment_later() -> None:
    async with opened(cdek_cities={"moscow": 999_999}) as shop:
        await shop.confirm()
        assert (await shop.register())["refused"] == "cdek_v2_recipient_location_not_recognized"
    async with opened(cdek_cities={}) as shop:
        await shop.confirm()
        assert (await shop.register())["refused"] == "zone_without_city"


@pytest.mark.parametrize("weather", [{"down": True}, {"html": True}, {"busy": 100}])
async def test_while_he_is_down_nothing_is_lost_and_it_is_tried_again(
    shop: Shop, weather: dict[str, Any]
) -> None:
    await shop.confirm()
    for name, value in weather.items():
        setattr(shop.desk.weather, name, value)
    assert (await shop.register())["carrier_owes"] == "register"
    for name, value in weather.items():
        setattr(shop.desk.weather, name, type(value)())
    await shop.settles("registered")


async def test_while_orders_is_down_he_is_not_told(shop: Shop) -> None:
    await shop.confirm()
    shop.contact = None
    assert ((await shop.register())["carrier_owes"], shop.desk.orders) == ("register", {})
    shop.contact = contact()
    await shop.later(1)
    assert (await shop.shipment())["stage"] == "registered"


async def test_one_token_serves_all_and_a_revoked_one_is_replaced(shop: Shop) -> None:
    await shop.confirm()
    await shop.register()
    assert shop.desk.tokens.issued == 1
    shop.desk.tokens.revoke()
    await shop.confirm("o-2")
    assert (await shop.register("o-2.1"))["stage"] == "registered"
    assert shop.desk.tokens.issued == 2


async def test_where_it_goes_is_kept_nowhere_and_written_nowhere(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await shop.confirm()
        await shop.register()
        shop.contact = contact(name="")
        await shop.confirm("o-2")
        await shop.register("o-2.1")
    kept = [str(held.state) for store in shop.chassis.stores for held in (await all_of(store))]
    for secret in ("Бронная", "Пелагея", "9161234567", "Домофон"):
        assert secret not in caplog.text
        assert not any(secret in text for text in kept)
        assert not any(secret in record.value.decode() for record in shop.chassis.records)


async def test_cancelled_before_it_left_it_is_deleted_with_him(shop: Shop) -> None:
    await shop.confirm()
    await shop.register()
    await shop.cancel()
    assert shop.order.last == "REMOVED"
    assert ((await shop.shipment())["stage"], (await shop.shipment())["carrier_owes"]) == ("cancelled", None)


async def test_cancelled_on_its_way_he_is_to_bring_it_back(shop: Shop) -> None:
    await shop.confirm()
    await shop.register()
    await shop.ask("POST", f"{ONE}/dispatch", STEPAN)
    shop.moves("RECEIVED_AT_SHIPMENT_WAREHOUSE")
    await shop.cancel()
    assert (shop.order.last, shop.order.statuses[-1].reason) == ("NOT_DELIVERED", "11")
    assert (await shop.shipment())["stage"] == "returning"


async def test_cancelled_while_he_is_down_it_is_cancelled_when_he_is_back(shop: Shop) -> None:
    await shop.confirm()
    await shop.register()
    shop.desk.weather.down = True
    await shop.cancel()
    assert (await shop.shipment())["carrier_owes"] == "cancel"
    shop.desk.weather.down = False
    await shop.later(1)
    assert (shop.order.last, (await shop.shipment())["carrier_owes"]) == ("REMOVED", None)


async def test_a_label_comes_as_he_makes_it(shop: Shop) -> None:
    await shop.confirm()
    assert (await shop.ask("GET", f"{ONE}/label", STEPAN)).status_code == 404
    await shop.register()
    shop.desk.printer.takes, shop.desk.printer.size = 30.0, 200_000

    waits = await shop.ask("GET", f"{ONE}/label", STEPAN)
    assert (waits.status_code, waits.headers["Retry-After"], waits.content) == (202, "3", b"")
    shop.clock.forward(timedelta(minutes=1))
    label = await shop.ask("GET", f"{ONE}/label", STEPAN)
    assert (label.status_code, label.headers["content-type"]) == (200, "application/pdf")
    assert label.content.startswith(b"%PDF-")
    assert len(label.content) > 200_000
    assert len(shop.desk.printer.forms) == 1
    shop.desk.printer.takes = 0.0
    waybill = await shop.ask("GET", f"{ONE}/label?form=waybill", LENA)
    assert b"waybill" in waybill.content


async def test_who_does_not_ship_sees_no_label_and_no_carrier_no_less(shop: Shop) -> None:
    await shop.confirm()
    await shop.register()
    assert (await shop.ask("GET", f"{ONE}/label", ANNA)).status_code == 403
    shop.desk.weather.down = True
    assert (await shop.ask("GET", f"{ONE}/label", STEPAN)).status_code == 503


def test_half_an_account_is_told_at_the_start() -> None:
    problems = LogisticsSettings(cdek_account="a").problems()
    assert [words for words in problems if "CDEK" in words] == [
        "OPBLOK_CDEK_PASSWORD (or its _FILE) is not set.",
        "Set OPBLOK_CDEK_BROUGHT_TO, or OPBLOK_CDEK_FROM_CITY and OPBLOK_CDEK_FROM_ADDRESS.",
    ]


async def all_of(store: Any) -> list[Any]:
    from chassis.listing import Query

    return (await store.page(Query(), 100)).items
