"""The router in memory behind a port, our proxy before it, and where telephones would stand."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chassis.testing.waiting import eventually
from pydantic import SecretStr
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import SVETA, TANYA

from tests.deploy.sip import HOST, Exchange, exchange, free_ports
from tests.fakes.bitrix24.standing import free_socket, standing

TOKEN = "a-token-of-our-proxy"


@dataclass
class Door:
    """The router behind its port; `instead`: what is answered to a question in its place, `after` so many seconds."""

    router: Running
    instead: tuple[int, str] | None = None
    after: float = 0
    asked: list[str] = field(default_factory=list[str])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].endswith("/events"):
            await self.router.app(scope, receive, send)
            return
        self.asked.append(scope["path"])
        await asyncio.sleep(self.after)
        answers = Response(self.instead[1], self.instead[0]) if self.instead else self.router.app
        await answers(scope, receive, send)


@dataclass
class House:
    """The router in memory, our proxy before it, and where telephones would stand."""

    router: Running
    door: Door
    sip: Exchange
    desk: int
    mobile: int
    deputy: int
    emergency: int
    at: socket.socket
    stack: AsyncExitStack

    async def opens(self) -> None:
        """The router answers from now on."""
        await self.stack.enter_async_context(standing(self.door, self.at))

    async def told(self, kind: type[Any]) -> Any:
        """The one fact of this kind, when it is told."""
        await eventually(lambda: self.router.told(kind), what=kind.__name__)
        (fact,) = self.router.told(kind)
        return fact

    async def call(self) -> Any:
        """The one record there is."""
        (held,) = (await self.router.read("/calls"))["items"]
        return await self.router.read(f"/calls/{held['call_id']}")

    async def legs(self) -> list[tuple[str, str | None]]:
        return [(leg["target"], leg["ended"]) for leg in (await self.call())["legs"]]


@asynccontextmanager
async def housed(tmp_path: Path) -> AsyncGenerator[House]:
    """The router's port is there, and nobody answers at it yet; its rules ring shortly and ring nobody else."""
    (desk, mobile, deputy, emergency), at = free_ports(4), free_socket()
    sip: dict[str, Any] = {"router_sip_domain": f"{HOST}:{desk}", "router_sip_trunk": f"{HOST}:{mobile}"}
    async with AsyncExitStack() as stack:
        router = await stack.enter_async_context(running(kamailio_token=SecretStr(TOKEN), **sip))
        router.crm.rings("boris", sip=f"boris@{HOST}:{deputy}")
        await router.later(seconds=1)
        await router.staff("boris")
        short = dict.fromkeys(("owner_seconds", "mobile_seconds", "deputy_seconds"), 3)
        await router.do("/routing-rules/draft", {**short, "most_on_duty": 0}, SVETA)
        await router.do("/routing-rules/drafts/1/effect", actor=TANYA)
        await router.do("/routing-rules/drafts/1/approval", actor=TANYA)
        proxy = exchange(
            tmp_path,
            router=f"http://{HOST}:{at.getsockname()[1]}",
            token=TOKEN,
            emergency=f"sip:+79035550199@{HOST}:{emergency}",
        )
        sip_proxy = await stack.enter_async_context(proxy)
        yield House(router, Door(router), sip_proxy, desk, mobile, deputy, emergency, at, stack)
        log = sip_proxy.log.read_text()
        assert not [number for number in (MARIA[1:], "7903555") if number in log], log
