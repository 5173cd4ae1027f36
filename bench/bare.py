"""The bare stack: what a tutorial writes, and unsafe: between the insert and the send a crash loses the fact."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer
from fastapi import FastAPI, Request
from orders.entrypoints.models import OrderIn, PlacedOut
from pymongo import AsyncMongoClient


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
        os.environ["OPBLOK_MONGO"], w="majority", journal=True
    )
    producer = AIOKafkaProducer(bootstrap_servers=os.environ["OPBLOK_KAFKA"], acks="all")
    await producer.start()
    app.state.orders = client["bench_bare"]["orders"]
    app.state.calls = client["bench_bare"]["calls"]
    app.state.terms = client["bench_bare"]["terms"]
    app.state.producer = producer
    yield
    await producer.stop()
    await client.close()


def create() -> FastAPI:
    """One route: one majority-journaled insert, then one acknowledged send."""
    app = FastAPI(lifespan=lifespan)

    @app.post("/orders", status_code=201)
    async def place(body: OrderIn, request: Request) -> PlacedOut:
        order_id = uuid4().hex
        await request.app.state.orders.insert_one({"_id": order_id, **body.model_dump(mode="json")})
        if os.environ.get("BENCH_WITHOUT_SEND") != "1":
            value = body.model_dump_json(exclude={"recipient"}).encode()
            headers = [("ce_id", order_id.encode()), ("ce_subject", order_id.encode())]
            await request.app.state.producer.send_and_wait(
                "order.created", value, order_id.encode(), headers=headers
            )
        return PlacedOut(order_id=order_id, number=order_id[:10], version=1)

    @app.post("/calls")
    async def ring(body: dict[str, Any], request: Request) -> dict[str, Any]:
        await request.app.state.calls.insert_one({"_id": body["call_id"], **body})
        return {"call_id": body["call_id"], "steps": []}

    @app.post("/promises:check")
    async def check(body: dict[str, Any], request: Request) -> dict[str, Any]:
        kept = [each async for each in request.app.state.terms.find({"zones.code": body["zone"]})]
        windows = [each for terms in kept for zone in terms["zones"] for each in zone["windows"]]
        return {"possible": any(each["from"] == body["from"] for each in windows), "options": windows}

    return app
