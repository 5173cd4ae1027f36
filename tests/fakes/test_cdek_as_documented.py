"""The fake CDEK says what its documentation says (market-facts.md 5; https://api-docs.cdek.ru)."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.fakes.cdek.app import application
from tests.fakes.cdek.desk import Desk
from tests.fakes.cdek.hooks import Event, Post, deliver

HOUR = 3600


class Watch:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def desk(watch: Watch) -> Desk:
    return Desk("http://cdek.test", watch)


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody with a token."""
    transport = httpx.ASGITransport(application(desk))
    async with httpx.AsyncClient(transport=transport, base_url="http://cdek.test/v2") as it:
        asked = {
            "grant_type": "client_credentials",
            "client_id": desk.tokens.account,
            "client_secret": desk.tokens.password,
        }
        token = (await it.post("/oauth/token", data=asked)).json()["access_token"]
        it.headers["Authorization"] = f"Bearer {token}"
        yield it


def order(number: str = "o-1.1", **more: Any) -> dict[str, Any]:
    item = {
        "name": "Лампа",
        "ware_key": "1",
        "payment": {"value": 0},
        "cost": 390,
        "weight": 500,
        "amount": 2,
    }
    whole: dict[str, Any] = {
        "type": 1,
        "number": number,
        "tariff_code": 139,
        "recipient": {"name": "Анна", "phones": [{"number": "+79160000000"}]},
        "from_location": {"code": 44, "address": "Складская, 1"},
        "to_location": {"code": 44, "address": "Лесная, 20"},
        "packages": [{"number": "1", "weight": 1000, "items": [item]}],
    }
    return {**whole, **more}


async def registered(client: httpx.AsyncClient, **more: Any) -> str:
    answer = await client.post("/orders", json=order(**more))
    assert answer.status_code == 202, answer.text
    return answer.json()["entity"]["uuid"]


async def test_a_token_lasts_an_hour_and_wrong_ones_are_told(client: httpx.AsyncClient, watch: Watch) -> None:
    bad = await client.post("/oauth/token", data={"grant_type": "client_credentials", "client_id": "x"})
    assert (bad.status_code, bad.json()["error"]) == (401, "invalid_client")

    watch.now += HOUR
    late = await client.get("/webhooks")

    assert late.status_code == 401
    assert late.json()["requests"][0]["errors"][0]["code"] == "v2_token_expired"
    assert late.json()["requests"][0]["type"] == "AUTH"


async def test_an_order_is_accepted_first_and_known_to_be_good_later(
    client: httpx.AsyncClient, desk: Desk, watch: Watch
) -> None:
    desk.takes = 2.0
    uuid = await registered(client)
    before = (await client.get(f"/orders/{uuid}")).json()
    watch.now += 2
    after = (await client.get("/orders", params={"im_number": "o-1.1"})).json()

    assert (before["requests"][0]["state"], "cdek_number" in before["entity"]) == ("ACCEPTED", False)
    assert (after["requests"][0]["state"], after["entity"]["uuid"]) == ("SUCCESSFUL", uuid)
    assert [each["code"] for each in after["entity"]["statuses"]] == ["CREATED", "ACCEPTED"]
    assert after["entity"]["statuses"][0]["date_time"].endswith("+0000")
    number = after["entity"]["cdek_number"]
    assert (await client.get("/orders", params={"cdek_number": number})).json()["entity"]["uuid"] == uuid


async def test_the_same_number_again_is_accepted_and_found_wrong(client: httpx.AsyncClient) -> None:
    first, second = await registered(client), await registered(client)

    told = (await client.get(f"/orders/{second}")).json()

    assert told["requests"][0]["state"] == "INVALID"
    code = told["requests"][0]["errors"][0]["code"]
    assert code == "error_validate_im_dep_number_has_already_had_integration"
    assert (await client.get("/orders", params={"im_number": "o-1.1"})).json()["entity"]["uuid"] == first


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"tariff_code": None}, "v2_field_is_empty"),
        ({"delivery_point": "MSK124"}, "v2_delivery_address_multivalued"),
        ({"to_location": None}, "v2_order_location_to_and_delivery_point_empty"),
        ({"recipient": {"name": "Анна"}}, "v2_field_is_empty"),
        ({"number": "n" * 41}, "v2_invalid_format"),
    ],
)
async def test_what_is_malformed_is_refused_at_once(
    client: httpx.AsyncClient, more: dict[str, Any], code: str
) -> None:
    answer = await client.post("/orders", json=order() | more)

    assert answer.status_code == 400
    assert answer.json()["requests"][0]["errors"][0]["code"] == code


async def test_what_is_no_place_is_found_wrong_later(client: httpx.AsyncClient) -> None:
    uuid = await registered(client, to_location={"code": 999_999, "address": "?"})
    told = (await client.get(f"/orders/{uuid}")).json()
    assert told["requests"][0]["errors"][0]["code"] == "v2_recipient_location_not_recognized"
    nobody = await client.get("/orders", params={"im_number": "o-1.1"})
    assert nobody.json()["requests"][0]["errors"][0]["code"] == "v2_entity_not_found_im_number"


async def test_only_what_has_not_moved_is_deleted_and_the_rest_refused(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    still, moved = await registered(client), await registered(client, number="o-2.1")
    desk.move(moved, "RECEIVED_AT_SHIPMENT_WAREHOUSE")

    assert [(await client.delete(f"/orders/{each}")).status_code for each in (still, moved)] == [202, 202]
    assert (desk.orders[still].last, desk.orders[moved].last) == ("REMOVED", "RECEIVED_AT_SHIPMENT_WAREHOUSE")
    assert desk.orders[moved].requests[-1]["state"] == "INVALID"
    await client.post(f"/orders/{moved}/refusal")
    told = (await client.get(f"/orders/{moved}")).json()["entity"]["statuses"][0]
    assert (told["code"], told["reason_code"]) == ("NOT_DELIVERED", "11")


async def test_what_comes_back_is_an_order_of_its_own(client: httpx.AsyncClient, desk: Desk) -> None:
    uuid = await registered(client)
    back = desk.send_back(uuid)

    direct = (await client.get(f"/orders/{uuid}")).json()
    shown = (await client.get(f"/orders/{back}")).json()

    assert [(each["type"], each["uuid"]) for each in direct["related_entities"]] == [("return_order", back)]
    assert (shown["entity"]["is_return"], shown["related_entities"][0]["type"]) == (True, "direct_order")


@pytest.mark.parametrize("path", ["orders", "barcodes"])
async def test_a_form_is_made_after_a_while_and_kept_for_an_hour(
    client: httpx.AsyncClient, desk: Desk, watch: Watch, path: str
) -> None:
    uuid = await registered(client)
    desk.printer.takes = 3.0
    form = (await client.post(f"/print/{path}", json={"orders": [{"order_uuid": uuid}]})).json()["entity"][
        "uuid"
    ]

    async def state() -> dict[str, Any]:
        return (await client.get(f"/print/{path}/{form}")).json()["entity"]

    assert ((await state())["statuses"][-1]["code"], "url" in await state()) == ("PROCESSING", False)
    watch.now += 3
    ready = await state()
    assert ready["statuses"][-1]["code"] == "READY"
    file = await client.get(ready["url"])
    assert (file.content[:5], file.content.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")
    watch.now += HOUR
    assert (await client.get(ready["url"])).status_code in (401, 404)


async def test_a_form_of_nothing_is_invalid(client: httpx.AsyncClient) -> None:
    answer = await client.post("/print/orders", json={"orders": [{"order_uuid": "no"}]})
    told = (await client.get(f"/print/orders/{answer.json()['entity']['uuid']}")).json()
    assert told["requests"][0]["errors"][0]["code"] == "v2_entity_empty"


async def test_one_subscription_of_a_type_and_the_last_address_wins(client: httpx.AsyncClient) -> None:
    for url in ("http://one.test", "http://other.test"):
        await client.post("/webhooks", json={"url": url, "type": "ORDER_STATUS"})
    kept = (await client.get("/webhooks")).json()

    assert [(each["type"], each["url"]) for each in kept] == [("ORDER_STATUS", "http://other.test")]
    assert (await client.delete(f"/webhooks/{kept[0]['uuid']}")).status_code == 200
    assert (await client.get("/webhooks")).json() == []
    assert (await client.post("/webhooks", json={"url": "x", "type": "NO"})).status_code == 400


async def test_webhooks_have_no_signature_and_come_once_lost_twice_or_reversed(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    heard: list[dict[str, Any]] = []
    await client.post("/webhooks", json={"url": "http://shop.test/hook", "type": "ORDER_STATUS"})
    uuid = await registered(client)
    desk.move(uuid, "DELIVERED", later=5)

    async def hear(asked: httpx.Request) -> httpx.Response:
        assert "authorization" not in asked.headers
        heard.append(httpx.Response(200, content=asked.content).json())
        return httpx.Response(500)

    async with httpx.AsyncClient(transport=httpx.MockTransport(hear)) as shop:
        assert await deliver(desk.events, shop, Post(reverse=True)) == 0
        assert await deliver(desk.events, shop) == 0

        assert [each["attributes"]["code"] for each in heard] == ["DELIVERED", "CREATED"]
        assert (heard[0]["uuid"], heard[0]["attributes"]["status_code"]) == (uuid, "4")
        many = [Event("http://shop.test/hook", {"n": n}) for n in range(200)]
        await deliver(many, shop, Post(lose=0.3, repeat=0.3, shuffle=True))
    seen = [each["n"] for each in heard[2:]]
    assert seen != sorted(seen)
    assert 100 < len(set(seen)) < 180 < len(seen) + 20


async def test_weather_is_bad_in_its_ways(client: httpx.AsyncClient, desk: Desk) -> None:
    desk.weather.down = True
    assert (await client.get("/webhooks")).status_code == 503
    desk.weather.down, desk.weather.busy = False, 1
    assert (await client.get("/webhooks")).status_code == 429
    desk.weather.html = True
    assert "html" in (await client.get("/webhooks")).text
