"""Webhooks in memory: a receiver that answers as it is told to, and what the shop's keeper asks."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.records import record
from chassis.testing.memory import MemoryChassis
from contracts.fact import Fact
from kernel.actor import Actor, Role

from notifications.adapters.listening import told_of
from notifications.application.hooks import Answered
from notifications.bootstrap import compose
from notifications.settings import NotificationsSettings
from notifications.testing.letters import MONDAY, actor
from notifications.testing.tills import Died, MailTill, SmsTill

OLGA = actor("olga", Role.OFFICE_ADMINISTRATOR)
OK, DOWN, GONE = Answered(12, 200), Answered(15, 500), Answered(9, 410)
HTTPS = "https://erp.partner.example/hooks"


@dataclass
class Receiver:
    """`answers` are given one after the other, the last for ever; `dies`: so often its caller dies before he hears one. While it
    `holds`, calls wait inside; `most` of them did at once.
    """

    answers: list[Answered] = field(default_factory=lambda: [OK])
    calls: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list[Any])
    dies: int = 0
    holds: asyncio.Event | None = None
    inside: int = 0
    most: int = 0

    async def __call__(self, url: str, id_: str, body: str, secrets: Sequence[str]) -> Answered:
        self.calls.append((url, id_, body, tuple(secrets)))
        if self.holds:
            self.inside += 1
            self.most = max(self.most, self.inside)
            await self.holds.wait()
            self.inside -= 1
        if self.dies:
            self.dies -= 1
            raise Died
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Hooks:
    """Notifications, running in memory."""

    chassis: MemoryChassis
    clock: StoppedClock
    client: httpx.AsyncClient
    receiver: Receiver
    mail: MailTill
    parts: Parts

    async def ask(
        self, method: str, path: str, by: Actor = OLGA, *, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """A request of this actor."""
        return await self.client.request(method, path, headers=self.chassis.as_(by, key=key), **more)

    async def open(self, *types: str, key: str = "k-1", **more: Any) -> dict[str, Any]:
        """An endpoint of shop `main`."""
        body = {"shop_id": "main", "url": HTTPS, "types": list(types) or ["order.*"], **more}
        answer = await self.ask("POST", "/webhook-endpoints", key=key, json=body)
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return answer.json()

    @property
    def delivering(self) -> DeadlineWorker:
        """Who sees to what is to be delivered."""
        (worker,) = (each for each in self.parts.deadlines if each.thing == "webhook_deliveries")
        return worker

    async def tell(self, fact: Fact, at: datetime | None = None, times: int = 1) -> None:
        """Somebody tells it, and it is heard so often."""
        said = record(fact, 1, "orders", at or self.clock.now(), "test")
        headers = [(name, value.encode()) for name, value in said.headers]
        for _ in range(times):
            await self.parts.wired["owing"](told_of(headers, said.value))

    async def log(self, endpoint_id: str, **query: str) -> list[dict[str, Any]]:
        """Its deliveries, the newest first."""
        found = await self.ask("GET", "/webhook-deliveries", params={"endpoint_id": endpoint_id, **query})
        assert found.status_code == httpx.codes.OK, found.text
        return found.json()["items"]


@asynccontextmanager
async def hooked(settings: NotificationsSettings | None = None) -> AsyncGenerator[Hooks]:
    """Notifications in memory, on a Monday morning."""
    clock, receiver, mail, made = StoppedClock(MONDAY), Receiver(), MailTill(), list[Parts]()
    chassis = MemoryChassis("notifications", clock=clock)

    def composed(given: Chassis, told: NotificationsSettings) -> Parts:
        made.append(compose(given, told, sms=SmsTill(), mail=mail, post=receiver))
        return made[0]

    async with chassis.running(composed, settings or NotificationsSettings()) as client:
        yield Hooks(chassis, clock, client, receiver, mail, made[0])
