"""CDEK notifies: unsigned, twice, reversed, forged, never. He is asked back, and the order's story ends the same (R50, R66)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from logistics.testing.people import LENA, STEPAN

from contracts import deliveries as d
from services.logistics.tests.component.cdek_of_the_shop import FACTS, HOOK, Shop, opened, story
from tests.fakes.cdek.codes import OLD_AND_TITLE
from tests.fakes.cdek.hooks import Post, forged

DELIVERED = ("RECEIVED_AT_SHIPMENT_WAREHOUSE", "SEND_TO_RECIPIENT_OFFICE", "ISSUED_FOR_DELIVERY", "DELIVERED")


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    """One shipment, registered."""
    async with opened() as it:
        await it.confirm()
        await it.register()
        it.desk.events.clear()
        yield it


async def test_what_he_notifies_is_looked_into_and_told(shop: Shop) -> None:
    shop.moves(*DELIVERED)
    assert await shop.post() == 4
    stage, codes, told = await story(shop)
    assert (stage, codes[-4:], told) == ("delivered", [*DELIVERED], [1, 1, 0, 0])


@pytest.mark.parametrize("code", sorted(set(OLD_AND_TITLE) - {"ACCEPTED", "CREATED", "INVALID"}))
async def test_each_real_status_twice_and_reversed_ends_the_same(shop: Shop, code: str) -> None:
    shop.moves("RECEIVED_AT_SHIPMENT_WAREHOUSE", code)
    await shop.post(Post(repeat=1.0, reverse=True))
    once = await story(shop)
    assert once[1][-1] == code

    await shop.later(200)
    await shop.client.post(HOOK, json=forged("o-1.1", code))
    await shop.later(1)
    assert await story(shop) == once
    assert max(once[2]) == 1


@pytest.mark.parametrize(
    "post", [Post(shuffle=True, repeat=0.5, seed=n) for n in range(4)] + [Post(lose=1.0)]
)
async def test_shuffled_repeated_or_all_lost_it_ends_the_same(shop: Shop, post: Post) -> None:
    shop.moves(
        "RECEIVED_AT_SHIPMENT_WAREHOUSE", "ISSUED_FOR_DELIVERY", ("RETURNED_TO_DELIVERY_WAREHOUSE", "2")
    )
    await shop.post(post)
    shop.moves("TAKEN_BY_COURIER", "DELIVERED")
    await shop.post(post)
    await shop.later(200)

    stage, codes, told = await story(shop)
    assert (stage, codes[-2:], told) == ("delivered", ["TAKEN_BY_COURIER", "DELIVERED"], [1, 1, 1, 0])
    (failed,) = shop.told(d.DeliveryFailedV1)
    assert (failed.reason, failed.source) == ("no_contact", "customer")


async def test_a_forged_delivery_delivers_nothing(shop: Shop) -> None:
    before = await story(shop)
    answer = await shop.client.post(HOOK, json=forged("o-1.1"))
    await shop.later(1)
    assert (answer.status_code, answer.content) == (200, b"")
    assert (await story(shop))[0] == "registered"
    assert (await story(shop))[2] == before[2]


async def test_of_what_is_not_ours_nothing_is_kept(shop: Shop) -> None:
    before = await kept(shop)
    for number in ("o-9.1", "somebody-elses", "o-1.2", "." * 100, "1"):
        assert (await shop.client.post(HOOK, json=forged(number))).status_code == 200
    assert await kept(shop) == before


@pytest.mark.parametrize("path", ["", "/" + "x" * 32, f"/{'s' * 31}"])
async def test_who_does_not_know_the_address_is_not_heard(shop: Shop, path: str) -> None:
    before, address = await kept(shop), HOOK.rpartition("/")[0] + path
    assert (await shop.client.post(address, json=forged("o-1.1"))).status_code == 404
    assert await kept(shop) == before


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"type": "ORDER_STATUS"}', 422),
        (b'{"type": "ORDER_STATUS", "attributes": []}', 422),
        (b'{"type": "ORDER_STATUS", "attributes": {"number": {}}}', 422),
        (b'{"type": "ORDER_STATUS", "attributes": {"number": "' + b"o" * 500 + b'"}}', 422),
        (b"[" * 100_000, 422),
        (b"\xff\xfe", 422),
        (json.dumps(forged("o-1.1")).encode() + b" " * 2_000_000, 413),
    ],
)
async def test_what_is_malformed_or_too_large_changes_nothing(
    shop: Shop, content: bytes, status: int
) -> None:
    before = await kept(shop)
    headers = {"content-type": "application/json"}
    assert (await shop.client.post(HOOK, content=content, headers=headers)).status_code == status
    assert await kept(shop) == before


async def test_a_thousand_at_once_are_one_story(shop: Shop) -> None:
    """Three parcels, each of their statuses many times, reversed, with forged ones among them."""
    numbers = ["o-1.1"]
    for n in (2, 3):
        await shop.confirm(f"o-{n}")
        await shop.register(f"o-{n}.1")
        numbers.append(f"o-{n}.1")
    shop.desk.events.clear()
    for each in list(shop.desk.orders.values()):
        for code in DELIVERED:
            shop.desk.move(each.uuid, code, later=600.0)
    bodies = [each.body for each in reversed(shop.desk.events)] * 80 + [forged(each) for each in numbers] * 14
    asked = len(shop.desk.journal)

    gate = asyncio.Semaphore(100)

    async def post(body: Any) -> int:
        async with gate:
            return (await shop.client.post(HOOK, json=body)).status_code

    assert len(bodies) > 1000
    assert set(await asyncio.gather(*map(post, bodies))) == {200}
    await shop.later(1)
    await shop.hear_itself()

    for number in numbers:
        shown = await shop.shipment(number)
        assert (shown["stage"], [each["code"] for each in shown["reports"]][-4:]) == (
            "delivered",
            [*DELIVERED],
        )
    assert [len(shop.told(kind)) for kind in FACTS] == [3, 3, 0, 0]
    assert shop.desk.journal[asked:] == ["GET /v2/orders"] * 3


async def test_while_he_is_down_the_hint_is_kept_and_he_is_asked_later(shop: Shop) -> None:
    shop.moves(*DELIVERED)
    shop.desk.weather.down = True
    assert await shop.post() == 4
    assert (await story(shop))[0] == "registered"
    shop.desk.weather.down = False
    await shop.later(2)
    assert (await story(shop))[0] == "delivered"


async def test_an_unknown_status_is_on_the_way_and_written_down(shop: Shop) -> None:
    shop.moves("BEAMED_UP")
    await shop.post()
    assert (await story(shop))[0] == "in_transit"
    shop.moves("DELIVERED", "BEAMED_UP")
    await shop.post()
    assert (await story(shop))[0] == "delivered"
    assert (await shop.part("trackings").load("o-1.1")).state.unknown == ("BEAMED_UP",)


async def test_people_and_he_may_both_say_that_it_left(shop: Shop) -> None:
    await shop.ask("POST", "/shipments/o-1.1/dispatch", STEPAN)
    shop.moves(*DELIVERED)
    await shop.post()
    assert (await story(shop))[2] == [1, 1, 0, 0]


async def test_without_an_account_people_tell_him_and_nobody_is_heard() -> None:
    async with opened(cdek_account=None) as shop:
        await shop.confirm()
        shown = await shop.register()
        assert (shown["stage"], shown["carrier_ref"], shop.desk.journal) == ("registered", None, [])
        assert (await shop.client.post(HOOK, json=forged("o-1.1"))).status_code == 404
        await shop.later(300)
        assert shop.desk.journal == []
        assert (await shop.ask("GET", "/shipments/o-1.1/label", LENA)).status_code == 404


async def kept(shop: Shop) -> list[Any]:
    """All that is kept of shipments, and of asking about them."""
    names = ("o-1", "o-9", ""), ("o-1.1", "o-9.1", "o-1.2", "1")
    stores = shop.part("shipments"), shop.part("trackings")
    return [
        (held.version, held.state)
        for store, keys in zip(stores, names, strict=True)
        for held in [await store.load(key) for key in keys]
    ]
