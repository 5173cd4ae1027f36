"""Services as processes of their own, and an issuer that they believe."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

from chassis.embedded.ground import free_ports
from chassis.testing.issuer import TestIssuer
from chassis.vault import Vault


@asynccontextmanager
async def served(application: str, environment: Mapping[str, str]) -> AsyncGenerator[int]:
    """A service as a process of its own; its port."""
    (port,) = free_ports(1)
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        application,
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--no-access-log",
        "--timeout-keep-alive",
        "300",
    ]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=None)
    try:
        async with asyncio.timeout(120):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                except OSError:
                    await asyncio.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def environment(kafka: str, mongo: str, issuer: str) -> dict[str, str]:
    """What orders is told."""
    return {
        "OPBLOK_KAFKA": kafka,
        "OPBLOK_MONGO": mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": "bench_",
        "OPBLOK_VAULT_KEYS": f"bench:{Vault.generate_key()}",
        "OPBLOK_ISSUERS": issuer,
        "OPBLOK_CLIENT_SECRET": "none",
        "OPBLOK_KAFKA_GROUP": f"bench-{uuid4().hex}",
        "OPBLOK_LOG_LEVEL": "ERROR",
        "OPBLOK_TOKEN_URL": "http://127.0.0.1:9/none",
        "OPBLOK_CRM_URL": "http://127.0.0.1:9",
        "OPBLOK_MAX_IN_FLIGHT": "1000",
        "OPBLOK_ROLE": "api",
    }


@asynccontextmanager
async def issuing(issuer: TestIssuer) -> AsyncGenerator[None]:
    """The issuer's keys over HTTP, as orders asks for them."""
    import json

    port = int(issuer.name.rsplit(":", 1)[1])

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1]
        told = issuer.jwks if b"jwks" in path else {"issuer": issuer.name, "jwks_uri": f"{issuer.name}/jwks"}
        body = json.dumps(told).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port)
    async with server:
        yield
