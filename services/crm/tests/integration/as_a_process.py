"""Crm as a process of its own, told by its environment, that a test may kill."""

import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
from chassis.testing.waiting import eventually


@asynccontextmanager
async def process() -> AsyncGenerator[tuple[httpx.AsyncClient, subprocess.Popen[bytes]]]:
    """Running, and killed at the end."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "crm.app:create", "--port", str(port)]
    started = subprocess.Popen([*command, "--log-level", "error"], env=os.environ.copy())  # noqa: ASYNC220 - to be killed
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            await eventually(lambda: is_ready(client), within=60.0)
            yield client, started
    finally:
        started.kill()
        started.wait()


async def is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).status_code == 200
    except httpx.HTTPError:
        return False
