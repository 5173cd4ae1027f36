"""Orders in memory against the fake bank of `tests/fakes/tbank`, over HTTP on both sides."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from orders.adapters.tbank import TBank, Terminal
from orders.bootstrap import composed
from orders.settings import OrdersSettings
from orders.testing.asking import Running, names_everybody
from orders.testing.lamps import MONDAY
from pydantic import SecretStr

from tests.fakes.tbank.app import Weather, application
from tests.fakes.tbank.bank import Bank
from tests.fakes.tbank.posting import post_all

SECRET = "s" * 32
HOOK = f"http://service.test/webhooks/tbank/{SECRET}"
ALL = 1_386_000


@dataclass
class Shop(Running):
    """Orders and its bank."""

    bank: Bank
    weather: Weather

    async def link(self, order_id: str, key: str = "link-1", **asked: Any) -> dict[str, Any]:
        answer = await self.ask("POST", f"/orders/{order_id}/payment-links", key=key, json=asked)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def money(self, order_id: str) -> dict[str, Any]:
        return (await self.order(order_id))["money"]

    @property
    def payment_id(self) -> int:
        return max(self.bank.payments)

    async def pays(self, *statuses: str) -> None:
        self.bank.becomes(self.payment_id, *(statuses or ("AUTHORIZED", "CONFIRMED")))

    async def hears(self) -> int:
        return await post_all(self.bank, self.client)


@asynccontextmanager
async def opened() -> AsyncGenerator[Shop]:
    bank, weather = Bank(), Weather()
    site = httpx.ASGITransport(application(bank, weather, posts=False))
    terminal = Terminal(bank.terminal, bank.password, "http://bank.test/v2", HOOK)
    clock, crm = StoppedClock(MONDAY), ScriptedPeer(names_everybody)
    chassis = MemoryChassis("orders", clock=clock, peers={"crm": crm})
    settings = OrdersSettings(tbank_webhook_secret=SecretStr(SECRET))
    acquirer = TBank(terminal, site)
    async with chassis.running(lambda made, asked: composed(made, asked, acquirer), settings) as client:
        yield Shop(chassis, clock, crm, client, bank, weather)
