"""A crm of many customers for the router to load: its directory over HTTP, and a token for whoever asks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from kernel.phone import Phone

PHONE_KEY = "a phone key of the bench, long enough"
DESKS = tuple(f"seller-{n}" for n in range(10))


def number(n: int) -> str:
    """The number of the nth customer."""
    return f"+7916{n:07d}"


def card(n: int) -> dict[str, Any]:
    """The nth customer."""
    return {
        "customer_id": f"c-{n:07d}",
        "stage": "customer",
        "owner_id": DESKS[n % len(DESKS)],
        "contact_preference": "any",
        "blocked": False,
        "hashes": [Phone.parse(number(n)).keyed_hash(PHONE_KEY.encode())],
    }


def staff(n: int) -> dict[str, Any]:
    """The nth seller."""
    return {"staff_id": DESKS[n], "shop_id": "main", "extension": str(100 + n), "hidden": []}


@asynccontextmanager
async def crm_of(customers: int, port: int) -> AsyncGenerator[None]:
    """Served until left."""
    app = FastAPI()

    @app.post("/oauth/token")
    async def token() -> dict[str, Any]:
        return {"access_token": "a-token", "token_type": "Bearer", "expires_in": 3600}

    @app.get("/directory/customers")
    async def page(limit: int = 200, cursor: str = "0") -> dict[str, Any]:
        begins, ends = int(cursor), min(int(cursor) + limit, customers)
        return {
            "items": [card(n) for n in range(begins, ends)],
            "next": str(ends) if ends < customers else None,
        }

    @app.get("/directory/staff")
    async def everybody() -> dict[str, Any]:
        return {"items": [staff(n) for n in range(len(DESKS))], "next": None}

    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", access_log=False))
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.05)
        yield
    finally:
        server.should_exit = True
        await serving
