"""The small world of procurement's tests: brass lamps, a slow supplier, and the real feed where it is at hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis
from chassis.testing.plugin import MONDAY_MORNING
from contracts.fact import Fact
from contracts.order_state import LineV1, OrderV1
from contracts.orders import OrderCancelledV1, OrderCreatedV1
from contracts.values import MoneyV1
from kernel.actor import Actor, Grade, Role
from procurement.bootstrap import compose
from procurement.settings import ProcurementSettings

FEEDS = Path(__file__).parent / "feeds"
REAL_FEED = Path(__file__).parents[4] / "shared" / "data" / "feeds" / "sewing-store.yml.xml"
ANNA = Actor("anna", frozenset({Role.BUYER}), Grade.SENIOR)
BORIS = Actor("boris", frozenset({Role.BUYER}), Grade.SENIOR)
SELLER = Actor("sonya", frozenset({Role.SALES_MANAGER}))


@pytest.fixture(scope="session")
def feeds() -> Path:
    """Small feeds of our own."""
    return FEEDS


@pytest.fixture(scope="session")
def real_feed() -> Path:
    """A feed that no one of us wrote."""
    if not REAL_FEED.exists():
        pytest.skip("the shared folder with real feeds is not beside this checkout")
    return REAL_FEED


@pytest.fixture(scope="session")
def real_catalogue(real_feed: Path) -> bytes:
    """The real feed, as uploaded."""
    return real_feed.read_bytes()


def placed(order_id: str, lines: list[tuple[str, int]], at: datetime = MONDAY_MORNING) -> OrderV1:
    """An order as the orders service tells of it."""
    money = MoneyV1(minor=100_00, currency="RUB")
    return OrderV1(
        order_id=order_id,
        number=order_id,
        shop_id="main",
        channel="site",
        stage="new",
        supply="sought",
        contact_preference="any",
        lines=tuple(
            LineV1(line_no=n, product_id=product, quantity=quantity, unit_price=money)
            for n, (product, quantity) in enumerate(lines, start=1)
        ),
        total=money,
        placed_at=at,
    )


@dataclass
class Shop:
    """Procurement running in memory, and what a person would do with it."""

    chassis: MemoryChassis
    clock: StoppedClock
    client: httpx.AsyncClient
    parts: Parts
    keys: int = field(default=0)

    async def ask(self, actor: Actor, method: str, path: str, **more: Any) -> httpx.Response:
        """A request under a key of its own."""
        self.keys += 1
        headers = self.chassis.as_(actor, key=more.pop("key", f"k-{self.keys}"))
        return await self.client.request(method, path, headers=headers, **more)

    async def get(self, path: str, actor: Actor = SELLER) -> Any:
        """What anybody on the staff may read."""
        answer = await self.ask(actor, "GET", path)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def supplier(self, supplier_id: str, **agreed: Any) -> None:
        """A supplier is registered by Anna."""
        body = {"title": supplier_id, "lead_days": 3, **agreed}
        answer = await self.ask(ANNA, "PUT", f"/suppliers/{supplier_id}", json=body)
        assert answer.status_code == httpx.codes.OK, answer.text

    async def upload(
        self, supplier_id: str, feed: bytes, *, actor: Actor = ANNA, accept_stale: bool = False, **more: Any
    ) -> httpx.Response:
        """A feed is uploaded, not yet worked off."""
        form = {"data": {"accept_stale": str(accept_stale)}, "files": {"file": ("feed.xml", feed)}}
        return await self.ask(actor, "POST", f"/suppliers/{supplier_id}/feeds", **form, **more)

    async def imported(self, supplier_id: str, feed: bytes, **more: Any) -> Any:
        """A feed is uploaded and worked off as far as it goes."""
        answer = await self.upload(supplier_id, feed, **more)
        assert answer.status_code == httpx.codes.ACCEPTED, answer.text
        await self.parts.wired["waking"].drain()
        return await self.get(f"/imports/{answer.json()['import_id']}")

    async def own(self, product_id: str, quantity: int, **more: Any) -> httpx.Response:
        """Own stock is counted."""
        body = {"quantity": quantity, "title": product_id, "price": {"minor": 100_00}, **more}
        return await self.ask(ANNA, "PUT", f"/own-stock/{product_id}", json=body)

    async def order(self, order_id: str, *lines: tuple[str, int], sequence: int = 1) -> None:
        """An order is heard of."""
        told = OrderCreatedV1(order=placed(order_id, list(lines)))
        assert await self.chassis.tell(told, source="orders", sequence=sequence)

    async def cancel(self, order_id: str, *lines: tuple[str, int], sequence: int = 2) -> None:
        """A cancellation is heard of."""
        told = OrderCancelledV1(
            order=placed(order_id, list(lines)),
            reason="changed_mind",
            lapsed=False,
            offer_made=True,
            by="sonya",
        )
        assert await self.chassis.tell(told, source="orders", sequence=sequence)

    def told(self, *kinds: type[Fact]) -> list[Any]:
        """Facts of these kinds told so far."""
        return [fact for fact in self.chassis.told if isinstance(fact, kinds)]


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    """Procurement, all in memory, on a Monday morning."""
    clock = StoppedClock(MONDAY_MORNING)
    chassis = MemoryChassis("procurement", clock=clock)
    made: list[Parts] = []

    def composed(given: Chassis, settings: ProcurementSettings) -> Parts:
        made.append(compose(given, settings))
        return made[0]

    async with chassis.running(composed, ProcurementSettings()) as client:
        yield Shop(chassis, clock, client, made[0])


def catalogue(*offers: str, date: str = "2026-03-02T09:00+03:00") -> bytes:
    """A YML catalogue of these offers."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="{date}"><shop><offers>\n'
    return (head + "\n".join(offers) + "\n</offers></shop></yml_catalog>").encode()


def lamp(code: str, *, price: str = "100", count: int | None = 5, available: str = "true") -> str:
    """One offer of it."""
    counted = "" if count is None else f"<count>{count}</count>"
    return (
        f'<offer id="{code}" available="{available}"><name>Lamp {code}</name><vendor>Brass</vendor>'
        f"<vendorCode>{code}</vendorCode><price>{price}</price>{counted}</offer>"
    )


@pytest.fixture(scope="session")
def world() -> Any:
    """The makers above, since tests import no tests."""
    from types import SimpleNamespace

    return SimpleNamespace(
        catalogue=catalogue, lamp=lamp, placed=placed, anna=ANNA, boris=BORIS, sonya=SELLER
    )
