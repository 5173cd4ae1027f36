"""Crm in memory with the fake Bitrix24 of `tests/fakes/bitrix24`, over real HTTP on this machine."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis
from contracts.crm import CustomerOwnerChangedV1
from crm.application.bitrix_joining import Joining
from crm.bootstrap import compose
from crm.settings import CrmSettings
from kernel.actor import Actor, Role
from pydantic import SecretStr

from tests.fakes.bitrix24.app import application
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.standing import free_socket, standing
from tests.fakes.bitrix24.subscriptions import Post, deliver, installation

HOOK = "http://test/webhooks/bitrix24"
VERA = Actor("vera", frozenset({Role.OWNER}), shop_id="main")
PLENTY = 10**9


@dataclass
class Bridged:
    """Both sides, and what a test does with them. Anna has extension 109, Boris 117, as in the portal."""

    client: httpx.AsyncClient
    chassis: MemoryChassis
    clock: StoppedClock
    parts: Parts
    portal: Portal
    told: int = 0

    @property
    def joining(self) -> Joining:
        return self.parts.wired["bitrix24"]

    async def install(self) -> int:
        """Somebody installs the application in the portal."""
        answer = await self.client.post(HOOK, data=dict(installation(self.portal)))
        return answer.status_code

    async def load(self) -> None:
        """Passes, until nothing is due."""
        while await self.joining.passes.step():
            pass

    async def settle(self, post: Post | None = None) -> None:
        """Everything that is on its way arrives: events, facts, what is due; until nothing moves."""
        for _ in range(6):
            await deliver(self.portal, self.client, post)
            await self.hear_itself()
            await self.chassis.pass_deadlines()

    async def hear_itself(self) -> None:
        facts, self.told = self.chassis.told[self.told :], len(self.chassis.told)
        for place, fact in enumerate(facts, start=self.told):
            if isinstance(fact, CustomerOwnerChangedV1):
                await self.chassis.tell(fact, source="crm", sequence=place)

    async def ask(
        self, method: str, path: str, body: Any = None, *, by: Actor = VERA, status: int = 200
    ) -> Any:
        headers = {"Authorization": f"Bearer {self.parts.wired['signer'].token(by)}"}
        answer = await self.client.request(method, path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def customers(self) -> list[dict[str, Any]]:
        found = await self.ask("GET", "/customers?limit=200")
        return found["items"]

    async def owner_of(self, phone: str) -> str:
        return (await self.ask("POST", "/customers:find", {"phone": phone}))["owner_id"]

    async def problems(self) -> dict[int, list[str]]:
        found = await self.ask("GET", "/bitrix/contacts?limit=200")
        return {each["number"]: each["problems"] for each in found["items"]}

    def writes(self) -> int:
        """How often something was written in the portal."""
        return [asked.method for asked in self.portal.journal].count("crm.item.update")


def told_of(portal: Portal, *, webhook: bool) -> dict[str, Any]:
    """Settings of the bridge."""
    tokens = portal.tokens
    if webhook:
        return {
            "bitrix24_webhook": SecretStr(f"{tokens.webhook_user}/{tokens.webhook_secret}"),
            "bitrix24_application_token": SecretStr(portal.application_token),
        }
    return {
        "bitrix24_client_id": tokens.client_id,
        "bitrix24_client_secret": SecretStr(tokens.client_secret),
        "bitrix24_oauth_url": portal.site,
        "bitrix24_handler_url": HOOK,
    }


@asynccontextmanager
async def bridged(
    settings: CrmSettings, clock: StoppedClock, contacts: int = 6, *, webhook: bool = False
) -> AsyncGenerator[Bridged]:
    """Crm and a portal with a few contacts; odd ones are Anna's, even ones Boris's."""
    at = free_socket()
    portal = peopled(contacts, f"http://127.0.0.1:{at.getsockname()[1]}", lambda: clock.now().timestamp())
    portal.bucket.size = PLENTY
    known = settings.model_copy(update={"bitrix24_url": portal.site, **told_of(portal, webhook=webhook)})
    chassis, composed = MemoryChassis("crm", clock=clock), list[Parts]()

    def composing(given: Chassis, told: CrmSettings) -> Parts:
        composed.append(partial(compose, real=clock)(given, told))
        return composed[0]

    async with standing(application(portal), at), chassis.running(composing, known) as client:
        it = Bridged(client, chassis, clock, composed[0], portal)
        for staff_id, extension in (("anna", "109"), ("boris", "117"), ("vera", "100")):
            await it.ask("PATCH", f"/staff/{staff_id}", {"extension": extension})
        it.told = len(chassis.told)
        yield it
