"""How a delivery by CDEK ends: taken back, in part, not at all, held, removed; what went wrong is somebody's work (R50-R53)."""

from collections.abc import AsyncIterator

import pytest

from contracts import deliveries as d
from services.logistics.tests.component.cdek_of_the_shop import Shop, opened, story


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    """One shipment, registered."""
    async with opened() as it:
        await it.confirm()
        await it.register()
        it.desk.events.clear()
        yield it


async def test_what_he_takes_back_did_not_happen_and_somebody_tells_those_who_believed_it(shop: Shop) -> None:
    shop.moves("ISSUED_FOR_DELIVERY", "DELIVERED")
    await shop.post()
    assert await shop.incidents() == []
    shop.desk.take_back(shop.order.uuid, "DELIVERED")
    await shop.post()
    assert (await story(shop))[0] == "out_for_delivery"
    assert await shop.incidents() == [("other", "courier_service")]


async def test_delivered_in_part_the_rest_comes_back(shop: Shop) -> None:
    shop.moves("ISSUED_FOR_DELIVERY")
    shop.order.handed = {"1-brass-lamp": 1}
    shop.moves(("DELIVERED", "20"))
    direct = shop.order.uuid
    await shop.post()
    (told,) = shop.told(d.DeliveryDeliveredV1)
    assert (told.partial, [each.delivered for each in told.shipment.lines]) == (True, [1, 0])

    back = shop.desk.send_back(direct)
    shop.desk.move(back, "DELIVERED", later=3600.0)
    await shop.post()
    (returned,) = shop.told(d.DeliveryReturnedV1)
    assert [(each.quantity, each.delivered) for each in returned.shipment.lines] == [(2, 1), (1, 0)]


async def test_a_part_that_he_does_not_count_is_counted_by_somebody(shop: Shop) -> None:
    shop.moves("ISSUED_FOR_DELIVERY", ("DELIVERED", "20"))
    await shop.post()
    await shop.post()
    assert (await story(shop))[0] == "delivered"
    assert await shop.incidents() == [("data_error", "courier_service")]


async def test_not_delivered_is_an_incident_and_comes_back(shop: Shop) -> None:
    shop.moves("ISSUED_FOR_DELIVERY", ("NOT_DELIVERED", "12"))
    direct = shop.order.uuid
    await shop.post()
    (failed,) = shop.told(d.DeliveryFailedV1)
    assert (failed.reason, failed.final) == ("refused_quality", True)
    assert ("refusal", "warehouse") in await shop.incidents()
    shop.desk.move(shop.desk.send_back(direct), "DELIVERED", later=3600.0)
    await shop.later(200)
    assert (await story(shop))[0] == "returned"


async def test_what_lies_where_it_should_not_is_somebodys_work_after_a_day(shop: Shop) -> None:
    shop.moves("RETURNED_TO_SENDER_WAREHOUSE")
    await shop.post()
    assert ("delay", "courier_service") not in await shop.incidents()
    await shop.later(26 * 60)
    assert ("delay", "courier_service") in await shop.incidents()


async def test_removed_in_his_cabinet_is_somebodys_work(shop: Shop) -> None:
    shop.desk.delete(shop.order.uuid)
    await shop.post()
    assert (await story(shop))[0] == "cancelled"
    assert await shop.incidents() == [("other", "courier_service")]
