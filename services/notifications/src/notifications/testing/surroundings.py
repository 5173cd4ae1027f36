"""What notifications calls over HTTP besides gateways, on real ports."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from chassis.testing.waiting import eventually


class Others:
    """What the service calls over HTTP besides gateways: the issuer of its token, and orders."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        path: str = scope["path"]
        status, body = self._answered(path)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(body).encode()})

    def _answered(self, path: str) -> tuple[int, Any]:
        if path == "/oauth/token":
            return 200, {"access_token": "a-token", "token_type": "Bearer", "expires_in": 900}
        order_id = path.split("/")[2]
        if order_id not in self.contacts:
            return 404, {"type": "/problems/unknown-order"}
        self.asked.append(order_id)
        return 200, self.contacts[order_id]


@asynccontextmanager
async def served(app: Any, port: int) -> AsyncGenerator[str]:
    """An application on a real port, in this loop."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="auto"))
    task = asyncio.create_task(server.serve())
    try:
        await eventually(lambda: server.started, within=20.0)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task
