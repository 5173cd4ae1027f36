"""The service in memory: orders is scripted, files lie in memory."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.testing.memory import Answer, MemoryChassis, ScriptedPeer
from contracts.crm import StaffChangedV1
from contracts.fact import Fact
from kernel.actor import Actor

from claims.adapters.files import MemoryFiles
from claims.application.keeping import Sweep
from claims.bootstrap import compose
from claims.settings import ClaimsSettings
from claims.testing.people import KOSTYA
from claims.testing.troubles import MONDAY


class Orders:
    """What orders answers; a test sets `fault` to be raised instead. `of`: the ids of somebody's orders, two a page."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.of: dict[str, list[str]] = {}

    def __call__(self, path: str, asked: Any) -> Any:
        if self.fault:
            raise self.fault
        if path == "/orders":
            begin, his = int(asked.get("cursor", 0)), self.of.get(asked["customer_id"], [])
            more = str(begin + 2) if begin + 2 < len(his) else None
            return {"items": [{"order_id": each} for each in his[begin : begin + 2]], "next": more}
        return {"id": path, "version": 2, "changes": ["GoodwillGranted"]}


class Till(ScriptedPeer):
    """Orders, with the keys by which it was asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.keys: list[str | None] = []

    async def post(self, path: str, body: Any, *, key: str | None = None, repeatable: bool = False) -> Any:
        self.keys.append(key)
        return await super().post(path, body, key=key, repeatable=repeatable)


@dataclass
class Running:
    """Claims, running."""

    chassis: MemoryChassis
    clock: StoppedClock
    orders: Orders
    peer: Till
    client: httpx.AsyncClient
    files: MemoryFiles
    sweep: Sweep

    async def ask(
        self, method: str, path: str, actor: Actor = KOSTYA, *, key: str | None = None,
        more: dict[str, str] | None = None, **rest: Any,
    ) -> httpx.Response:  # fmt: skip
        """A request of this actor."""
        headers = {**self.chassis.as_(actor, key=key), **(more or {})}
        return await self.client.request(method, path, headers=headers, **rest)

    async def do(self, path: str, body: Any = None, actor: Actor = KOSTYA, *, key: str | None = None) -> Any:
        """A command that is carried out; its receipt."""
        answer = await self.ask("POST", path, actor, key=key, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def refused(self, path: str, body: Any = None, actor: Actor = KOSTYA) -> str:
        """A command that is not; the kind of its problem."""
        answer = await self.ask("POST", path, actor, json=body)
        assert answer.is_client_error, answer.text
        return answer.json()["type"].rsplit("/", 1)[-1]

    async def read(self, path: str, actor: Actor = KOSTYA) -> Any:
        """What is answered to a question."""
        answer = await self.ask("GET", path, actor)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def open(self, kind: str = "goods", actor: Actor = KOSTYA, key: str = "k-1") -> str:
        """Somebody complains about a lamp."""
        body = {"shop_id": "main", "kind": kind, "order_id": "o-1", "words": "Лампа не горит, Мария"}
        return (await self.do("/claims", body, actor, key=key))["id"]

    async def demand(self, claim_id: str, demand: str = "refund", paid: int = 648000, **more: Any) -> None:
        """The instruction did not help; this is wanted."""
        await self.do(f"/claims/{claim_id}/instruction", {"helped": False})
        body = {"demand": demand, "channel": "email", "proof": "mail-17", "price": paid, "paid": paid, **more}
        await self.do(f"/claims/{claim_id}/demand", body)

    async def hire(self, staff_id: str, *roles: str, sequence: int = 1, **more: Any) -> None:
        """Crm tells of somebody."""
        usual: dict[str, Any] = {"shop_id": "main", "grade": "senior", "active": True, **more}
        fact = StaffChangedV1(staff_id=staff_id, roles=roles, **usual)
        await self.chassis.tell(fact, source="crm", sequence=sequence)

    async def later(self, **span: float) -> None:
        """Time goes by, and what is due by then is handed over."""
        self.clock.forward(timedelta(**span))
        await self.chassis.pass_deadlines()

    def told(self, kind: type[Fact]) -> list[Any]:
        """Facts of this kind told so far."""
        return [fact for fact in self.chassis.told if isinstance(fact, kind)]


@asynccontextmanager
async def running(settings: ClaimsSettings | None = None) -> AsyncGenerator[Running]:
    """Claims in memory, on a Monday morning; Kostya is there."""
    clock, orders = StoppedClock(MONDAY), Orders()
    peer = Till(orders)
    chassis = MemoryChassis("claims", clock=clock, peers={"orders": peer})
    wired: dict[str, Any] = {}

    def composed(chassis: Chassis, settings: ClaimsSettings) -> Parts:
        parts = compose(chassis, settings)
        wired.update(parts.wired)
        return parts

    async with chassis.running(composed, settings or ClaimsSettings()) as client:
        it = Running(chassis, clock, orders, peer, client, wired["files"], wired["sweep"])
        await it.hire("kostya", "conflict_manager")
        yield it
