"""Logistics in memory against the fake CDEK of `tests/fakes/cdek`, over HTTP on both sides."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.peers import PeerDown
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from chassis.testing.waiting import eventually
from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryDispatchedV1,
    DeliveryFailedV1,
    DeliveryReturnedV1,
)
from contracts.order_state import LineV1, OrderV1, PaymentV1, PromiseV1
from contracts.orders import OrderCancelledV1, OrderConfirmedV1
from contracts.values import MoneyV1
from logistics.bootstrap import composed
from logistics.carrier_system_parts import Outside
from logistics.settings import LogisticsSettings
from logistics.testing.agreements import MONDAY
from logistics.testing.asking import Running
from logistics.testing.people import KOSTYA, LENA, STEPAN
from pydantic import SecretStr

from tests.fakes.cdek.app import application
from tests.fakes.cdek.desk import Desk
from tests.fakes.cdek.hooks import Post, deliver
from tests.fakes.cdek.orders import Order

SECRET = "s" * 32
HOOK = f"http://service.test/webhooks/cdek/{SECRET}"
STREET = "Москва, Малая Бронная, 4, квартира 7"
LAMP, SHADE = 39_000, 12_345
FACTS = (DeliveryDispatchedV1, DeliveryDeliveredV1, DeliveryFailedV1, DeliveryReturnedV1)


@dataclass
class Shop(Running):
    """Logistics and its CDEK. `contact` is what orders says of a recipient; None: orders is down."""

    desk: Desk = field(default_factory=Desk)
    contact: dict[str, Any] | None = field(default_factory=dict[str, Any])
    parts: list[Parts] = field(default_factory=list[Parts])
    sequence: int = 0

    def part(self, name: str) -> Any:
        """What the service is made of."""
        return self.parts[0].wired[name]

    async def confirm(self, order_id: str = "o-1", due: int = 0, point_id: str | None = None) -> str:
        """A customer agreed on Tuesday with CDEK; the shipment's id."""
        more = {"kind": "point", "point_id": point_id, "zone": "moscow"} if point_id else {}
        told = await self.check("2026-03-03", more=more)
        reserved = await self.reserve(told["promise"], order_id, key=f"k-{order_id}")
        assert reserved.is_success, reserved.text
        names = ("carrier_id", "terms_version", "starts_at", "ends_at", "time_zone", "point_id")
        promise = PromiseV1(
            kind="point" if point_id else "window",
            reservation_id=reserved.json()["reservation_id"],
            price=MoneyV1(minor=35000, currency="RUB"),
            promised_by="anna",
            promised_at=MONDAY,
            **{name: told["promise"][name] for name in names},
        )
        await self.tell(OrderConfirmedV1(order=order(order_id, promise, due), by="anna"))
        return f"{order_id}.1"

    async def cancel(self, order_id: str = "o-1") -> None:
        """Orders tells that the order is cancelled."""
        fact = OrderCancelledV1(
            order=order(order_id, None), reason="changed_mind", lapsed=False, offer_made=True, by="anna"
        )
        await self.tell(fact)

    async def tell(self, fact: Any) -> None:
        self.sequence += 1
        assert await self.chassis.tell(fact, source="orders", sequence=self.sequence)

    async def register(self, shipment_id: str = "o-1.1") -> dict[str, Any]:
        """Stepan registers it; how it is then."""
        answer = await self.ask("POST", f"/shipments/{shipment_id}/registration", STEPAN)
        assert answer.is_success, answer.text
        await self.hear_itself()
        return await self.shipment(shipment_id)

    async def shipment(self, shipment_id: str = "o-1.1") -> dict[str, Any]:
        return await self.read(f"/shipments/{shipment_id}", LENA)

    async def settles(self, stage: str) -> None:
        """It comes to this stage by itself; a token that was asked for in vain is not asked for again in the same second."""

        async def settled() -> bool:
            await self.later(1)
            return (await self.shipment())["stage"] == stage

        await eventually(settled)

    async def incidents(self) -> list[tuple[str, str]]:
        found = (await self.read("/incidents", KOSTYA))["items"]
        return [(each["kind"], each["source"]) for each in found]

    @property
    def order(self) -> Order:
        """The last order at CDEK."""
        return list(self.desk.orders.values())[-1]

    def moves(self, *codes: str | tuple[str, str], minutes: int = 10) -> None:
        """CDEK sets these statuses, one after the other; a pair is a status with its reason."""
        for code in codes:
            name, reason = code if isinstance(code, tuple) else (code, None)
            self.desk.move(self.order.uuid, name, reason, later=60.0 * minutes)

    async def post(self, post: Post | None = None) -> int:
        """CDEK notifies of all that waits, and what was notified is looked into."""
        taken = await deliver(self.desk.events, self.client, post)
        await self.later(0)
        await self.hear_itself()
        return taken


async def story(shop: Shop) -> tuple[str, list[str], list[int]]:
    """Its stage, what was seen, and how often each fact was told."""
    shown = await shop.shipment()
    return (
        shown["stage"],
        [each["code"] for each in shown["reports"]],
        [len(shop.told(kind)) for kind in FACTS],
    )


def order(order_id: str, promise: PromiseV1 | None, due: int = 0) -> OrderV1:
    """Two lamps and a shade, covered."""
    nothing, total = MoneyV1(minor=0, currency="RUB"), 2 * LAMP + SHADE
    paid = PaymentV1(
        terms="on_delivery" if due else "prepaid",
        total=MoneyV1(minor=total, currency="RUB"),
        bonuses=nothing,
        paid=nothing,
        refunded=nothing,
        due=MoneyV1(minor=due, currency="RUB"),
        refund_due=nothing,
        covered=True,
    )
    lines = [(1, "brass-lamp", 2, LAMP), (2, "shade", 1, SHADE)]
    return OrderV1(
        order_id=order_id,
        number="1042",
        shop_id="main",
        channel="site",
        stage="confirmed" if promise else "cancelled",
        supply="allocated",
        contact_preference="any",
        lines=tuple(
            LineV1(line_no=no, product_id=id_, quantity=many, unit_price=MoneyV1(minor=price, currency="RUB"))
            for no, id_, many, price in lines
        ),
        total=MoneyV1(minor=total, currency="RUB"),
        placed_at=MONDAY,
        promise=promise,
        payment=paid,
    )


def contact(**more: Any) -> dict[str, Any]:
    """What orders answers of a recipient."""
    prices = [("brass-lamp", "Латунная лампа", 2, LAMP), ("shade", "Абажур", 1, SHADE)]
    told: dict[str, Any] = {
        "name": "Пелагея Ильинична",
        "phone": "+79161234567",
        "email": None,
        "address": {"text": STREET, "comment": "Домофон не работает"},
        "lines": [
            {"product_id": id_, "title": title, "quantity": many, "unit_price": price, "currency": "RUB"}
            for id_, title, many, price in prices
        ],
    }
    return {**told, **more}


def settings(**more: Any) -> LogisticsSettings:
    given: dict[str, Any] = {
        "cdek_account": "wqGwiQx0gg8mLtiEKsUinjVSICCjtTEP",
        "cdek_password": SecretStr("a-password-of-the-integration"),
        "cdek_url": "http://cdek.test/v2",
        "cdek_cities": {"moscow": 44, "novosibirsk": 270},
        "cdek_from_city": 44,
        "cdek_from_address": "Складская, 1",
        "cdek_webhook_secret": SecretStr(SECRET),
    }
    return LogisticsSettings(**{**given, **more})


class ToCdek(httpx.AsyncBaseTransport):
    """The way to CDEK; an answer that breaks off is broken here, too."""

    def __init__(self, desk: Desk) -> None:
        self._there = httpx.ASGITransport(application(desk), raise_app_exceptions=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._there.handle_async_request(request)
        except AssertionError as broken:
            raise httpx.RemoteProtocolError("the answer broke off") from broken


@asynccontextmanager
async def opened(**more: Any) -> AsyncGenerator[Shop]:
    clock = StoppedClock(MONDAY)
    desk = Desk("http://cdek.test", lambda: clock.now().timestamp())
    desk.subscribe("ORDER_STATUS", HOOK)
    outside = Outside(ToCdek(desk), lambda _: asyncio.sleep(0))
    shop: Shop

    def orders(path: str, _: Any) -> Any:
        if shop.contact is None:
            raise PeerDown(f"orders does not answer {path}")
        return shop.contact

    chassis = MemoryChassis("logistics", clock=clock, peers={"orders": ScriptedPeer(orders)})
    parts: list[Parts] = []

    def compose(made: Chassis, asked: LogisticsSettings) -> Parts:
        parts.append(composed(made, asked, outside))
        return parts[0]

    async with chassis.running(compose, settings(**more)) as client:
        shop = Shop(chassis, clock, client, desk=desk, contact=contact(), parts=parts)
        await shop.agree("cdek")
        yield shop
