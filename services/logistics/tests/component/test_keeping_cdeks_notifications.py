"""CDEK sends his notifications to one address for each type: ours, whoever changed it, and as soon as he is there."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from chassis.testing.waiting import eventually
from logistics.settings import LogisticsSettings

from services.logistics.tests.component.cdek_of_the_shop import HOOK, Shop, opened


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with opened(cdek_notify_url=HOOK) as it:
        it.desk.subscriptions.clear()
        yield it


def addresses(shop: Shop) -> list[str]:
    return [each.url for each in shop.desk.subscriptions.values()]


async def test_he_is_subscribed_to_once_and_again_when_somebody_took_it(shop: Shop) -> None:
    subscribe = shop.part("shipping").port("cdek").port.subscribe
    assert [await subscribe(HOOK), await subscribe(HOOK)] == [True, False]
    shop.desk.subscribe("ORDER_STATUS", "http://elsewhere.test")
    shop.desk.subscribe("PRINT_FORM", "http://forms.test")
    assert await subscribe(HOOK)
    assert addresses(shop) == ["http://forms.test", HOOK]


async def test_the_start_waits_for_nobody_and_he_is_subscribed_to_when_he_is_there(shop: Shop) -> None:
    shop.desk.weather.down = True
    (keep,) = shop.parts[0].tasks
    keeping = asyncio.ensure_future(keep())
    await eventually(lambda: len(shop.desk.journal) > 2)
    assert addresses(shop) == []
    shop.desk.weather.down = False
    await eventually(lambda: addresses(shop) == [HOOK])
    keeping.cancel()


async def test_without_an_address_there_is_nothing_to_keep() -> None:
    async with opened() as shop:
        assert shop.parts[0].tasks == ()


def test_an_address_without_its_secret_is_told_at_the_start() -> None:
    problems = LogisticsSettings(cdek_account="a", cdek_notify_url="https://shop.test/x").problems()
    assert "OPBLOK_CDEK_NOTIFY_URL needs OPBLOK_CDEK_WEBHOOK_SECRET (or its _FILE)." in problems
