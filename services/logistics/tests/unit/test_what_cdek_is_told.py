"""The order that CDEK is given: the sums are exact whatever is due, and it is within his limits."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone
from logistics.adapters.cdek_connection import Account, CdekConnection
from logistics.adapters.cdek_order import Sending, line_of, order_of_parcel, point_code
from logistics.application.carrier_port import CarrierDown, CarrierRefused
from logistics.application.recipient_asking import Good, Recipient
from logistics.domain.shipment import Parcel, ParcelLine
from logistics.testing.shipments import PLAN, READY, TOMORROW

PELAGEYA = Recipient(
    Personal("Пелагея"), Phone.parse("+79161234567"), None, Personal("Малая Бронная, 4"), None, ()
)
SENDING = Sending({"moscow": 44}, from_city=44, from_address="Складская, 1")

baskets = st.lists(st.tuples(st.integers(0, 500_000), st.integers(1, 9)), min_size=1, max_size=6)


@given(baskets, st.integers(0, 3_000_000))
def test_he_collects_exactly_what_is_due(basket: list[tuple[int, int]], due: int) -> None:
    lines = tuple(ParcelLine(no, f"p-{no}", many) for no, (_, many) in enumerate(basket, 1))
    goods = tuple(Good(f"p-{no}", "Лампа", Money(price)) for no, (price, _) in enumerate(basket, 1))
    parcel = Parcel("o-1.1", TOMORROW, PLAN, lines)
    known = replace(READY, due=Money(due))

    body = order_of_parcel(parcel, known, replace(PELAGEYA, goods=goods), "moscow", SENDING)

    items = body["packages"][0]["items"]
    asked = [round(each["payment"]["value"] * 100) for each in items]
    rest = round(body.get("delivery_recipient_cost", {"value": 0})["value"] * 100)
    assert sum(piece * each["amount"] for piece, each in zip(asked, items, strict=True)) + rest == due
    assert rest >= 0
    assert all(piece <= price for piece, (price, _) in zip(asked, basket, strict=True))


def test_a_line_finds_back_from_its_article() -> None:
    assert [line_of(each) for each in ("12-brass-lamp", "x", "", "²-y")] == [12, None, None, None]


def test_our_point_ids_are_his_codes_written_small() -> None:
    assert [point_code(each) for each in ("msk-124", "MSK124")] == ["MSK124", "MSK124"]


def test_he_is_told_no_number_that_he_cuts() -> None:
    parcel = Parcel("o" * 40 + ".1", TOMORROW, PLAN, ())
    with pytest.raises(CarrierRefused, match="number_too_long"):
        order_of_parcel(parcel, READY, PELAGEYA, "moscow", SENDING)


def connection(answers: httpx.MockTransport) -> CdekConnection:
    return CdekConnection(Account("a", "p", "http://cdek.test/v2"), answers, lambda _: asyncio.sleep(0))


async def test_of_many_who_need_a_token_one_asks() -> None:
    asked: list[str] = []

    async def hear(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        await asyncio.sleep(0.01)
        return httpx.Response(200, json={"access_token": "t", "expires_in": 3599, "entity": {}})

    cdek = connection(httpx.MockTransport(hear))
    await asyncio.gather(*(cdek.asked("GET", "/orders") for _ in range(30)))
    assert (asked.count("/v2/oauth/token"), asked.count("/v2/orders")) == (1, 30)


async def test_reading_is_tried_three_times_and_telling_once() -> None:
    asked: list[str] = []

    def hear(request: httpx.Request) -> httpx.Response:
        asked.append(request.method + request.url.path)
        if request.url.path.endswith("token"):
            return httpx.Response(200, json={"access_token": "t", "expires_in": 3599})
        raise httpx.ReadTimeout("late")

    cdek = connection(httpx.MockTransport(hear))
    for method in ("GET", "POST"):
        with pytest.raises(CarrierDown, match="ReadTimeout"):
            await cdek.asked(method, "/orders")
    assert (asked.count("GET/v2/orders"), asked.count("POST/v2/orders")) == (3, 1)


@pytest.mark.parametrize(
    "address", ["http://elsewhere.test/v2/print/1.pdf", "https://cdek.test/x.pdf", "http://cdek.test:81/x"]
)
async def test_our_token_is_shown_to_nobody_else(address: str) -> None:
    def hear(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    with pytest.raises(CarrierDown, match="elsewhere"):
        async with connection(httpx.MockTransport(hear)).file(address):
            pass
