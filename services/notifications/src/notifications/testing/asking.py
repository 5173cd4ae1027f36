"""The service in memory: orders is scripted, the ways out are tills."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from contracts.fact import Fact
from kernel.actor import Actor

from notifications.bootstrap import compose
from notifications.settings import NotificationsSettings
from notifications.testing.answering import LETTER, SURVEY_LINK, Answers, Orders
from notifications.testing.letters import ANNA, MONDAY
from notifications.testing.tills import MailTill, SmsTill


@dataclass
class Running:
    """Notifications, running."""

    chassis: MemoryChassis
    clock: StoppedClock
    orders: Orders
    peer: ScriptedPeer
    quality: Answers
    claims: Answers
    sms: SmsTill
    mail: MailTill
    client: httpx.AsyncClient

    async def ask(
        self, method: str, path: str, actor: Actor = ANNA, *, key: str | None = None, **more: Any
    ) -> httpx.Response:
        """A request of this actor."""
        return await self.client.request(method, path, headers=self.chassis.as_(actor, key=key), **more)

    async def tell(
        self, fact: Fact, sequence: int = 1, ce_id: str | None = None, source: str = "orders"
    ) -> None:
        """Orders tells, or another service."""
        if source == "orders":
            self.orders.is_as_told(fact, sequence)
        await self.chassis.tell(fact, source=source, sequence=sequence, ce_id=ce_id)

    async def later(self, **span: float) -> None:
        """Time goes by in small steps, and what is due by then is handed over."""
        until = self.clock.now() + timedelta(**span)
        await self.chassis.pass_deadlines()
        while self.clock.now() < until:
            left = until - self.clock.now()
            small = left < timedelta(minutes=2)
            self.clock.forward(min(timedelta(seconds=5) if small else timedelta(minutes=1), left))
            await self.chassis.pass_deadlines()

    async def messages(self, **query: str) -> list[dict[str, Any]]:
        """The list of messages."""
        answer = await self.ask("GET", "/messages", params=query)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()["items"]

    async def states(self) -> dict[tuple[str, str], str]:
        """How far each message is, by template and channel."""
        return {(each["template"], each["channel"]): each["state"] for each in await self.messages()}

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Topic, template and channel of the facts told."""
        facts = [(fact.topic, fact.model_dump()) for fact in self.chassis.told]
        return [(topic, body["template"], body["channel"]) for topic, body in facts if "template" in body]


@asynccontextmanager
async def running(
    settings: NotificationsSettings | None = None, *, start: Callable[[], Any] = lambda: MONDAY
) -> AsyncGenerator[Running]:
    """Notifications in memory, on a Monday morning."""
    clock, orders = StoppedClock(start()), Orders()
    peer, sms, mail = ScriptedPeer(orders), SmsTill(), MailTill()
    quality, claims = Answers("/link", {"link": SURVEY_LINK}), Answers("/text", LETTER)
    others = {"quality": ScriptedPeer(quality), "claims": ScriptedPeer(claims)}
    chassis = MemoryChassis("notifications", clock=clock, peers={"orders": peer, **others})
    composed = partial(compose, sms=sms, mail=mail)
    secret = settings or NotificationsSettings()
    async with chassis.running(composed, secret) as client:
        yield Running(chassis, clock, orders, peer, quality, claims, sms, mail, client)
