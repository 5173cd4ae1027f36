"""The router as its users run it: a process under uvicorn, told by its environment, asked over HTTP."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
from chassis.testing.waiting import eventually
from kernel.signature import signed_with
from telephony_router.testing.provider import SECRET

from tests.fakes.bitrix24.standing import free_socket

QUIET = asyncio.subprocess.DEVNULL


class Process:
    """Always on one port. `end(SIGKILL)` is a crash. `told`: what its environment has besides ours."""

    def __init__(self, **told: str) -> None:
        self.told = told
        with free_socket() as holder:
            self.port: int = holder.getsockname()[1]
        self.running: asyncio.subprocess.Process

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self, needed: Callable[[Any], bool] = lambda told: told["status"] == "ready") -> None:
        """And wait until it says that what is needed is there."""
        app = "telephony_router.app:create"
        command = (sys.executable, "-m", "uvicorn", "--factory", app, "--port", str(self.port))
        self.running = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **self.told}, stdout=QUIET, stderr=QUIET
        )

        async def there() -> bool:
            told = await self.health()
            return told is not None and needed(told)

        await eventually(there, within=120.0)

    async def end(self, how: signal.Signals) -> None:
        if self.running.returncode is None:
            self.running.send_signal(how)
        await self.running.wait()

    async def health(self) -> Any:
        """What it says of itself; None when it does not answer."""
        try:
            async with httpx.AsyncClient(timeout=10.0) as client:
                return (await client.get(f"{self.address}/health/ready")).json()
        except httpx.TransportError:
            return None


async def knock(client: httpx.AsyncClient, what: str, body: Any) -> httpx.Response:
    """A provider's scenario asks or reports, signed now."""
    content, stamp = json.dumps(body).encode(), f"{time.time():.6f}"
    headers = {"X-Opblok-Timestamp": stamp, "X-Opblok-Signature": signed_with(SECRET, stamp, content)}
    return await client.post(f"/webhooks/generic/{what}", content=content, headers=headers)
