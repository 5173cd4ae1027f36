"""Orders in memory with a shortage: procurement says what there is instead, and links are set up."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from chassis.testing.memory import ScriptedPeer
from contracts.procurement import SupplyLineV1, SupplyShortV1
from pydantic import SecretStr

from orders.settings import OrdersSettings
from orders.testing.asking import Running, names_everybody, running

SETTINGS = OrdersSettings(link_key=SecretStr("k1:" + "a" * 43), public_url="https://lamps.example")
STEEL: dict[str, Any] = {"product_id": "steel-lamp", "title": "Лампа стальная", "unit_price": 598000}
COPPER: dict[str, Any] = {"product_id": "copper-lamp", "title": "Лампа <медная>", "unit_price": 748000}


def card(product_id: str, minor: int | None, **more: Any) -> dict[str, Any]:
    """A product as procurement tells of it."""
    told = {
        "product_id": product_id,
        "title": product_id,
        "category": "Свет / Лампы",
        "attributes": {"цоколь": "E27"},
        "price": {"minor": minor, "currency": "RUB"} if minor is not None else None,
        "cost": {"minor": 300000, "currency": "RUB"},
        "availability": "counted",
        "quantity": 9,
        "lead_days": 1,
        "sale_closed": False,
    }
    return {**told, **more}


ALTERNATIVES = {
    "of": card("brass-lamp", 648000, availability="none", quantity=0),
    "items": [
        card("steel-lamp", 598000),
        card("copper-lamp", 748000),
        card("gold-lamp", 700000, sale_closed=True),
        card("no-price-lamp", None),
    ],
}


def tells_alternatives(path: str, asked: Any) -> Any:
    """Procurement on a good day."""
    del path, asked
    return ALTERNATIVES


@asynccontextmanager
async def short_of_lamps(
    settings: OrdersSettings | None = SETTINGS, **others: ScriptedPeer
) -> AsyncGenerator[Running]:
    """Orders, running, with procurement up; links are set up unless other settings are given."""
    peers = {"procurement": ScriptedPeer(tells_alternatives), **others}
    async with running(names_everybody, settings, **peers) as it:
        yield it


async def gone(orders: Running, sequence: int = 1, **more: Any) -> str:
    """An order whose brass lamps are not to be had."""
    order_id = await orders.place(**more)
    line = SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=2, missing=2)
    told = SupplyShortV1(order_id=order_id, lines=(line,))
    await orders.chassis.tell(told, source="procurement", sequence=sequence)
    return order_id


async def offered(orders: Running, order_id: str, *what: dict[str, Any], line_no: int = 1) -> str:
    """Anna offers steel lamps, or these; the path of the link."""
    body: dict[str, Any] = {"line_no": line_no, "substitutes": list(what) or [STEEL]}
    answer = await orders.do(order_id, "offer", **body)
    assert answer.status_code == httpx.codes.OK, answer.text
    shown = (await orders.ask("GET", f"/orders/{order_id}/offers")).json()["items"][0]
    link: str = shown["link"]
    return link.removeprefix("https://lamps.example")
