"""The router in memory; crm is scripted."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from contracts.crm import CustomerOwnerChangedV1, CustomerV1, StaffChangedV1
from contracts.fact import Fact
from fastapi import FastAPI
from kernel.actor import Actor
from pydantic import SecretStr

from telephony_router.bootstrap import compose
from telephony_router.settings import TelephonyRouterSettings
from telephony_router.testing.crm import KEY, Directory
from telephony_router.testing.people import SVETA
from telephony_router.testing.world import MONDAY, STAFF

MARIA = "+79161234567"


def settings_of(**more: Any) -> TelephonyRouterSettings:
    """As the tests run it."""
    return TelephonyRouterSettings(phone_key=SecretStr(KEY.decode()), **more)


@dataclass
class Running:
    """The router, running. `app` is the same once more, to be served on a port."""

    chassis: MemoryChassis
    clock: StoppedClock
    crm: Directory
    peer: ScriptedPeer
    client: httpx.AsyncClient
    app: FastAPI
    parts: dict[str, Any] = field(default_factory=dict[str, Any])
    sequences: dict[str, int] = field(default_factory=dict[str, int])

    def wired(self, name: str) -> Any:
        """A part of the composed service."""
        return self.parts[name]

    async def ask(
        self, method: str, path: str, actor: Actor = SVETA, *, key: str | None = None, **rest: Any
    ) -> httpx.Response:
        """A request of this actor."""
        return await self.client.request(method, path, headers=dict(self.chassis.as_(actor, key=key)), **rest)

    async def do(self, path: str, body: Any = None, actor: Actor = SVETA, *, key: str | None = None) -> Any:
        """A command that is carried out; its receipt."""
        answer = await self.ask("POST", path, actor, key=key, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def refused(
        self, path: str, body: Any = None, actor: Actor = SVETA, *, key: str | None = None
    ) -> str:
        """A command that is not; the kind of its problem."""
        answer = await self.ask("POST", path, actor, key=key, json=body)
        assert answer.is_client_error, answer.text
        return answer.json()["type"].rsplit("/", 1)[-1]

    async def read(self, path: str, actor: Actor = SVETA) -> Any:
        """What is answered to a question."""
        answer = await self.ask("GET", path, actor)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.json()

    async def tell(self, fact: Fact, source: str = "crm") -> None:
        """A fact, the newest of its thing."""
        thing = f"{source}/{fact.subject()}"
        self.sequences[thing] = self.sequences.get(thing, 0) + 1
        await self.chassis.tell(fact, source=source, sequence=self.sequences[thing])

    async def staff(self, staff_id: str, **more: Any) -> None:
        """Crm tells of somebody of the world, otherwise than usual."""
        person = STAFF[staff_id]
        usual: dict[str, Any] = {
            "shop_id": "main",
            "grade": "regular",
            "active": True,
            "deputy_id": person.deputy_id,
        }
        await self.tell(StaffChangedV1(staff_id=staff_id, roles=person.roles, **(usual | more)))
        await self.chassis.pass_deadlines()

    async def owns(self, customer_id: str, owner_id: str, stage: str = "customer", **more: Any) -> None:
        """Crm tells who answers for a customer."""
        customer = CustomerV1(customer_id=customer_id, stage=stage, owner_id=owner_id, **more)
        await self.tell(CustomerOwnerChangedV1(customer=customer, reason="handover"))
        await self.chassis.pass_deadlines()

    async def later(self, **span: float) -> None:
        """Time goes by, and what is due by then is handed over."""
        self.clock.forward(timedelta(**span))
        await self.chassis.pass_deadlines()

    def told(self, kind: type[Fact]) -> list[Any]:
        """Facts of this kind told so far."""
        return [fact for fact in self.chassis.told if isinstance(fact, kind)]


@asynccontextmanager
async def running(**more: Any) -> AsyncGenerator[Running]:
    """The router in memory, on a Monday morning; everybody works here, Maria is Anna's."""
    clock, crm = StoppedClock(MONDAY), Directory()
    peer = ScriptedPeer(crm)
    for person in STAFF.values():
        phones = person.telephones
        extension = str(101 + list(STAFF).index(person.staff_id)) if phones.desk else None
        mobile = f"+7903555010{list(STAFF).index(person.staff_id)}" if phones.mobile else None
        crm.rings(person.staff_id, extension=extension, mobile=mobile)
    crm.knows("c-maria", MARIA)
    chassis = MemoryChassis("telephony_router", clock=clock, peers={"crm": peer})
    whole: list[Parts] = []

    def composed(to: Chassis, settings: TelephonyRouterSettings) -> Parts:
        whole.append(compose(to, settings))
        return whole[0]

    async with chassis.running(composed, settings_of(**more)) as client:
        it = Running(chassis, clock, crm, peer, client, chassis.app(whole[0]), dict(whole[0].wired))
        for staff_id in STAFF:
            await it.staff(staff_id)
        await it.owns("c-maria", "anna")
        yield it
