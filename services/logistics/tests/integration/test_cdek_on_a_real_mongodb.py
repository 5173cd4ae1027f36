"""CDEK on a port of this machine, two processes of logistics on a real MongoDB: hints at once, deaths, the story told once."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from chassis.testing.memory import ScriptedPeer
from chassis.testing.waiting import eventually
from kernel.actor import service
from logistics.domain import shipment_commands as k
from logistics.settings import LogisticsSettings
from logistics.testing.people import STEPAN
from logistics.testing.shipments import LAMPS, READY, TOMORROW
from pydantic import SecretStr

from tests.fakes.bitrix24.standing import free_socket, standing
from tests.fakes.cdek.app import application
from tests.fakes.cdek.desk import Desk

WORLD = service("cdek")
PROMISED = replace(TOMORROW, carrier_id="cdek", point_id="msk-124")
CONTACT: dict[str, Any] = {
    "name": "Пелагея",
    "phone": "+79161234567",
    "lines": [
        {"product_id": each.product_id, "title": "Лампа", "unit_price": 39000, "currency": "RUB"}
        for each in LAMPS
    ],
}


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    at = free_socket()
    made = Desk(f"http://127.0.0.1:{at.getsockname()[1]}", takes=0.2)
    async with standing(application(made), at):
        yield made


@pytest.fixture
async def both(desk: Desk, database: Any, start: Any) -> AsyncIterator[list[Any]]:
    """Two processes with one account and one clock."""
    settings = LogisticsSettings(
        cdek_account=desk.tokens.account,
        cdek_password=SecretStr(desk.tokens.password),
        cdek_url=f"{desk.site}/v2",
        cdek_brought_to="MSK5",
    )
    peers = {"orders": ScriptedPeer(lambda _path, _asked: CONTACT)}
    made = [await start(database, settings, peers) for _ in range(2)]
    made[1].chassis.clock = made[0].chassis.clock
    yield made
    for each in made:
        await each.stop()


async def ask_due(both: list[Any]) -> int:
    """Both processes look at what is due."""
    workers = [worker for each in both for worker in each.parts.deadlines]
    return sum(await asyncio.gather(*(worker.once() for worker in workers)))


async def parcel_of(one: Any) -> Any:
    return (await one.parts.wired["shipments"].load("o-1")).state.parcels[0]


async def register(both: list[Any]) -> None:
    """Both are told of the order and asked to register it at once."""
    shipping = [each.parts.wired["shipping"] for each in both]
    await shipping[0].hear("o-1", replace(READY, promised=PROMISED), both[0].occasion("confirmed"))
    at = both[0].clock.now()
    asks = [k.RegisterShipment("o-1", "o-1.1", STEPAN, at) for _ in range(6)]
    await asyncio.gather(
        *(shipping[n % 2].ask(each, both[0].occasion(f"ask-{n}", STEPAN)) for n, each in enumerate(asks)),
        return_exceptions=True,
    )


async def test_both_register_it_at_once_and_he_has_it_once(both: list[Any], desk: Desk) -> None:
    await register(both)

    parcel = await parcel_of(both[0])
    good = [each for each in desk.orders.values() if not each.is_wrong]
    assert [(each.number, each.cdek_number) for each in good] == [("o-1.1", parcel.carrier_ref)]


async def test_hints_at_once_and_askers_that_die_end_in_one_story(both: list[Any], desk: Desk) -> None:
    await register(both)
    dice = random.Random(5)
    uuid = next(each.uuid for each in desk.orders.values() if not each.is_wrong)
    tracking = [each.parts.wired["tracking"] for each in both]

    for code in ("RECEIVED_AT_SHIPMENT_WAREHOUSE", "ISSUED_FOR_DELIVERY", "RETURNED_TO_DELIVERY_WAREHOUSE",
                 "ISSUED_FOR_DELIVERY", "DELIVERED"):  # fmt: skip
        desk.move(uuid, code, later=60.0)
        why = [both[0].occasion(f"hook-{code}-{n}", WORLD) for n in range(40)]
        await asyncio.gather(*(tracking[n % 2].hint("o-1.1", "cdek", each) for n, each in enumerate(why)))
        dying = [asyncio.ensure_future(ask_due(both)) for _ in range(2)]
        await asyncio.sleep(dice.uniform(0, 0.03))
        dying[0].cancel()
        await asyncio.gather(*dying, return_exceptions=True)

    async def all_heard() -> bool:
        both[0].clock.forward(timedelta(minutes=4))
        await ask_due(both)
        return (await parcel_of(both[1])).stage.value == "delivered"

    await eventually(all_heard, within=30)
    parcel = await parcel_of(both[1])
    assert [each.code for each in parcel.reports][-5:] == [each.code for each in desk.orders[uuid].story][-5:]
    history = await both[0].parts.wired["shipments"].history("o-1")
    what = Counter(name for entry in history for name in entry.what)
    assert (what["ShipmentDispatched"], what["DeliveryFailed"], what["ShipmentDelivered"]) == (1, 1, 1)
