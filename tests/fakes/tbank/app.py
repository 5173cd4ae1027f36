"""The fake bank over HTTP. `/v2/*` is the bank's; `/pay/*` its payment form; `/control/*` is ours, for tests and demos.

uvicorn --factory tests.fakes.tbank.app:create --port 8190
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Annotated, Any

import httpx
from fastapi import Body, FastAPI, Response

from tests.fakes.tbank.bank import Bank
from tests.fakes.tbank.posting import post_all

AGAIN_AFTER = 2.0
"""Seconds between rounds of notifications; at the real bank an hour."""
Told = Annotated[dict[str, Any], Body()]


@dataclass
class Weather:
    """`down`: it answers nothing but faults. `forgetful`: it does what was asked, and its answer is lost."""

    down: bool = False
    forgetful: bool = False


def application(bank: Bank, weather: Weather, *, posts: bool) -> FastAPI:
    """The bank's site; with `posts` it notifies by itself."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncGenerator[None]:
        posting = asyncio.create_task(_post_for_ever(bank)) if posts else None
        yield
        if posting:
            posting.cancel()
            with suppress(asyncio.CancelledError):
                await posting

    app = FastAPI(title="A fake of T-Bank's acquiring", lifespan=living)
    _answers(app, bank, weather)
    _is_paid(app, bank)
    _is_moved(app, bank, weather)
    return app


def create() -> FastAPI:
    """A bank of its own, that notifies by itself."""
    return application(Bank(), Weather(), posts=True)


def _answers(app: FastAPI, bank: Bank, weather: Weather) -> None:
    @app.post("/v2/{method}", response_model=None)
    async def ask(method: str, body: Told) -> dict[str, Any] | Response:
        if weather.down:
            return Response(status_code=503)
        told = bank.answer(method, body)
        return Response(status_code=504) if weather.forgetful else told


def _is_paid(app: FastAPI, bank: Bank) -> None:
    @app.get("/pay/{payment_id}")
    async def form(payment_id: int) -> Response:
        payment = bank.payments[payment_id]
        page = f"<form method=post><button>Оплатить {payment.amount / 100:.2f} ₽</button></form>"
        return Response(page, media_type="text/html; charset=utf-8")

    @app.post("/pay/{payment_id}")
    async def pay(payment_id: int) -> Response:
        bank.becomes(payment_id, "AUTHORIZED", "CONFIRMED")
        return Response("Оплачено", media_type="text/plain; charset=utf-8")


def _is_moved(app: FastAPI, bank: Bank, weather: Weather) -> None:
    @app.post("/control/payments/{payment_id}/{status}")
    async def become(payment_id: int, status: str) -> dict[str, str]:
        bank.becomes(payment_id, status)
        return {"status": status}

    @app.post("/control/payments/{payment_id}:give-back/{amount}")
    async def give_back(payment_id: int, amount: int) -> dict[str, str]:
        bank.give_back(payment_id, amount)
        return {"status": bank.payments[payment_id].status}

    @app.post("/control/weather")
    async def change(body: dict[str, bool]) -> dict[str, bool]:
        weather.down, weather.forgetful = body.get("down", False), body.get("forgetful", False)
        return body


async def _post_for_ever(bank: Bank) -> None:
    async with httpx.AsyncClient() as client:
        while True:
            await post_all(bank, client)
            await asyncio.sleep(AGAIN_AFTER)
