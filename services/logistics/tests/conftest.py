"""Logistics, running in memory, and what orders tells it."""

import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from contracts.order_state import LineV1, OrderV1, PaymentV1, PromiseV1
from contracts.orders import OrderCancelledV1, OrderConfirmedV1
from contracts.values import MoneyV1
from logistics.testing.agreements import MONDAY
from logistics.testing.asking import Running, running

ROOT = Path(__file__).parents[3]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # fakes of the outside world lie in `tests.fakes`

PRICE = MoneyV1(minor=39000, currency="RUB")
NOTHING = MoneyV1(minor=0, currency="RUB")
PAID = PaymentV1(
    terms="prepaid",
    total=NOTHING,
    bonuses=NOTHING,
    paid=NOTHING,
    refunded=NOTHING,
    due=NOTHING,
    refund_due=NOTHING,
    covered=True,
)


def order(order_id: str, promise: PromiseV1 | None = None, at: datetime = MONDAY) -> OrderV1:
    """An order as orders tells of it."""
    return OrderV1(
        order_id=order_id,
        number="1042",
        shop_id="main",
        channel="site",
        stage="confirmed" if promise else "cancelled",
        supply="allocated",
        contact_preference="any",
        lines=(LineV1(line_no=1, product_id="brass-lamp", quantity=2, unit_price=PRICE),),
        total=PRICE,
        placed_at=at,
        promise=promise,
    )


def promised(reservation_id: str, at: datetime = MONDAY) -> PromiseV1:
    """A promise of which only the reservation matters here."""
    return PromiseV1(
        kind="window",
        carrier_id="own-couriers",
        terms_version=1,
        reservation_id=reservation_id,
        starts_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=6),
        time_zone="Europe/Moscow",
        price=PRICE,
        promised_by="anna",
        promised_at=at,
    )


def confirmed(order_id: str, reservation_id: str) -> OrderConfirmedV1:
    """The customer agreed to the promise of this reservation."""
    return OrderConfirmedV1(order=order(order_id, promised(reservation_id)), by="anna")


def may_go(order_id: str, *, paid: bool = True, at: datetime = MONDAY) -> OrderConfirmedV1:
    """The customer agreed: two lamps, tomorrow, by our own couriers; paid for, or not yet."""
    agreed = order(order_id, promised("r-1", at), at)
    payment = PAID.model_copy(update={"covered": paid})
    return OrderConfirmedV1(order=agreed.model_copy(update={"payment": payment}), by="anna")


def cancelled(order_id: str) -> OrderCancelledV1:
    """The order will not be fulfilled."""
    return OrderCancelledV1(
        order=order(order_id), reason="changed_mind", lapsed=False, offer_made=True, by="anna"
    )


@dataclass
class Told(Running):
    """Logistics, told by orders."""

    async def confirm(self, reservation_id: str, order_id: str = "o-1", sequence: int = 1) -> None:
        """Orders tells that the customer agreed."""
        fact = confirmed(order_id, reservation_id)
        assert await self.chassis.tell(fact, source="orders", sequence=sequence)

    async def may_go(self, order_id: str = "o-1", sequence: int = 1, *, paid: bool = True) -> None:
        """Orders tells that it is agreed, and paid for or not."""
        fact = may_go(order_id, paid=paid)
        assert await self.chassis.tell(fact, source="orders", sequence=sequence)

    async def cancel(self, order_id: str = "o-1", sequence: int = 2) -> None:
        """Orders tells that the order is cancelled."""
        assert await self.chassis.tell(cancelled(order_id), source="orders", sequence=sequence)


@pytest.fixture(scope="session")
def orders() -> Any:
    """The makers above, since tests import no tests."""
    return SimpleNamespace(order=order, confirmed=confirmed, may_go=may_go, cancelled=cancelled)


@pytest.fixture
async def logistics() -> AsyncIterator[Told]:
    """Nothing is agreed with anybody yet."""
    async with running(Told) as it:
        yield it


@pytest.fixture
async def agreed(logistics: Told) -> Told:
    """Both carriers of the example deliver."""
    await logistics.agree("own-couriers")
    await logistics.agree("cdek")
    return logistics
