"""Cards of a portal follow their customers: merged, apart again, and erased for good."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from chassis.clock import StoppedClock
from contracts.crm import CustomerErasedV1, CustomerMergedV1, CustomerUnmergedV1, CustomerV1
from crm.settings import CrmSettings

from services.crm.tests.component.portal_of_the_shop import Bridged, bridged

ANNAS, BORISES = "+79160000003", "+79160000004"


@pytest.fixture
async def it(settings: CrmSettings, clock: StoppedClock) -> AsyncIterator[Bridged]:
    async with bridged(settings, clock) as it:
        assert await it.install() == 200
        await it.load()
        await it.settle()
        clock.forward(timedelta(minutes=1))
        yield it


async def customer(it: Bridged, phone: str) -> CustomerV1:
    found = await it.ask("POST", "/customers:find", {"phone": phone})
    return CustomerV1(customer_id=found["customer_id"], stage="customer", owner_id=found["owner_id"])


async def whose(it: Bridged, number: int) -> str | None:
    cards = (await it.ask("GET", "/bitrix/contacts?only_bad=false"))["items"]
    return next(each["customer_id"] for each in cards if each["number"] == number)


def owner_there(it: Bridged, number: int) -> int:
    return it.portal.tables["CONTACT"].rows[number]["ASSIGNED_BY_ID"]


async def test_cards_of_two_who_are_one_say_who_answers_for_him_and_part_again(it: Bridged) -> None:
    hers, his = await customer(it, ANNAS), await customer(it, BORISES)
    merged = CustomerMergedV1(customer=his, merged_id=hers.customer_id, by="vera")
    for _ in range(2):
        await it.chassis.tell(merged, source="crm", sequence=50)
    await it.settle()
    assert (await whose(it, 3), owner_there(it, 3), it.writes()) == (his.customer_id, 17, 1)

    it.clock.forward(timedelta(minutes=1))
    apart = CustomerUnmergedV1(customer=his, merged_id=hers.customer_id, by="vera")
    await it.chassis.tell(apart, source="crm", sequence=51)
    await it.settle()
    assert (await whose(it, 3), owner_there(it, 3)) == (hers.customer_id, 9)
    assert (await whose(it, 4), owner_there(it, 4)) == (his.customer_id, 17)


async def test_who_is_erased_here_is_not_brought_back_by_the_portal(it: Bridged) -> None:
    hers = await customer(it, ANNAS)
    erased = CustomerErasedV1(customer=hers, reason="asked", by="vera", at=datetime(2026, 3, 2, tzinfo=UTC))
    await it.chassis.tell(erased, source="crm", sequence=50)
    it.portal.change("CONTACT", 3, {"NAME": "Somebody else", "PHONE": ["+79167770011"], "ASSIGNED_BY_ID": 17})
    await it.settle()
    it.clock.forward(timedelta(hours=24))
    await it.load()
    await it.settle()

    assert (await whose(it, 3), await it.problems()) == (None, {3: ["erased_here"]})
    assert len(await it.customers()) == 6
    await it.ask("POST", "/customers:find", {"phone": "+79167770011"}, status=404)
    it.portal.remove("CONTACT", 3)
    it.clock.forward(timedelta(hours=24))
    await it.load()
    await it.settle()
    assert await it.problems() == {}
