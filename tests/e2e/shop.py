"""The people of the shop and what they do, over HTTP; and what is seen of it in Kafka."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from chassis.moving_clock import move_forward
from chassis.testing.waiting import eventually
from contracts.topics import topics
from opblok.stack.settings import SERVICES
from pymongo import AsyncMongoClient

from bench.killing.asking import Client
from bench.killing.evidence import Outside
from bench.own_stack import OwnStack

PATIENT = 60.0
"""Everything below takes a second or two; on a busy machine it may take longer."""
NAME, PHONE, ADDRESS = "Варвара Шелкопрядова", "8 (916) 703-41-96", "Тверь, улица Ткачей, дом 27, квартира 8"
E164 = "+79167034196"
NOTE = "Вышивает занавес драмтеатра"


@dataclass
class Shop:
    """`people` are clients by name; each asks in his own."""

    stack: OwnStack
    outside: Outside
    http: httpx.AsyncClient
    people: dict[str, Client] = field(default_factory=dict[str, Client])

    def who(self, name: str) -> Client:
        return self.people.setdefault(name, Client(self.stack, name, self.http))

    async def post(self, name: str, service: str, path: str, body: Any = None, **more: Any) -> Any:
        """A command that must be done; what it answers."""
        answer = await self.ask(name, service, path, body, **more)
        assert answer.is_success, f"{name} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def ask(self, name: str, service: str, path: str, body: Any = None, **more: Any) -> httpx.Response:
        """A command; whatever it answers."""
        method, key = more.pop("method", "POST"), more.pop("key", uuid4().hex)
        payload = {} if body is None else {"json": body}
        return await self.who(name).ask(method, service, path, key=key, **payload, **more)

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """What the owner sees."""
        answer = await self.who("owner").ask("GET", service, path, params=query)
        assert answer.is_success, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def order(
        self, product: str, quantity: int, *, phone: str = PHONE, name: str = NAME, preference: str = "any"
    ) -> str:
        """The site takes an order."""
        line = {"product_id": product, "title": "Швейные товары", "quantity": quantity, "unit_price": 648_000}
        body = {
            "lines": [line],
            "recipient": {"name": name, "phone": phone, "address": ADDRESS, "comment": f"Звонить {phone}"},
            "contact_preference": preference,
        }
        return str((await self.post("site", "orders", "/orders", body))["order_id"])

    async def until(self, order_id: str, **wanted: Any) -> dict[str, Any]:
        """The order, once these fields of it are so."""

        async def look() -> dict[str, Any]:
            found: dict[str, Any] = await self.get("orders", f"/orders/{order_id}")
            assert {name: found[name] for name in wanted} == wanted
            return found

        return await eventually(look, PATIENT, what=f"order {order_id}: {wanted}")

    async def allocation(self, order_id: str, stage: str) -> dict[str, Any]:
        """The supply of the order, once it has come so far."""

        async def look() -> dict[str, Any]:
            answer = await self.who("owner").ask("GET", "procurement", f"/allocations/{order_id}")
            assert answer.is_success
            found: dict[str, Any] = answer.json()
            assert found["stage"] == stage
            return found

        return await eventually(look, PATIENT, what=f"allocation of {order_id}: {stage}")

    async def happened(self, order_id: str) -> list[str]:
        """What the order's timeline has, oldest first."""
        entries = (await self.get("orders", f"/orders/{order_id}/timeline"))["entries"]
        return [what for entry in entries for what in entry["what"]]

    async def told(self, story: str) -> list[tuple[str, dict[str, Any]]]:
        """The facts of a story in Kafka: topic and body."""
        names = [each.name for each in topics() if not each.is_dead_letters]
        return [
            (record.topic, json.loads(record.value))
            async for record in self.outside.records(names, {})
            if record.key == story.encode()
        ]

    async def until_told(self, story: str, *wanted: str) -> list[str]:
        """The topics of a story's facts, once all of these are among them."""

        async def look() -> list[str]:
            found = [topic for topic, _ in await self.told(story)]
            assert set(wanted) <= set(found), f"{found}"
            return found

        return await eventually(look, PATIENT, what=f"facts of {story}: {wanted}")

    async def pass_time_until(self, moment: datetime) -> None:
        """Move the clock of all services to just after this moment."""
        async with AsyncMongoClient[dict[str, Any]](self.outside.mongo, tz_aware=True) as client:
            by = max(moment - await self.now("orders"), timedelta()) + timedelta(seconds=1)
            ahead = await move_forward(client, by)
        for service in SERVICES:
            await eventually(self._shows(service, datetime.now(UTC) + ahead), PATIENT)

    async def come_to(self, order_id: str, step: str) -> None:
        """Let time pass until this deadline of the order, and whatever falls due before it."""
        while True:
            order = await self.get("orders", f"/orders/{order_id}")
            name, at = order["next_deadline"], datetime.fromisoformat(order["next_deadline_at"])
            await self.pass_time_until(at)
            if name == step:
                return
            await eventually(self._another_deadline(order_id, name, at), PATIENT, what=f"{name} to pass")

    def _another_deadline(self, order_id: str, name: str, at: datetime) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            order = await self.get("orders", f"/orders/{order_id}")
            return (order["next_deadline"], datetime.fromisoformat(order["next_deadline_at"])) != (name, at)

        return look

    async def now(self, service: str) -> datetime:
        answer = await self.http.get(f"{self.stack.url(service)}/health/ready", timeout=10.0)
        return datetime.fromisoformat(answer.json()["now"])

    async def ready(self, service: str) -> None:
        """Return once the service says so."""

        async def look() -> bool:
            try:
                return (await self.http.get(f"{self.stack.url(service)}/health/ready")).is_success
            except httpx.TransportError:
                return False

        await eventually(look, PATIENT, what=f"{service} to be ready")

    def _shows(self, service: str, moment: datetime) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return await self.now(service) >= moment

        return look
