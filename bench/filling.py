"""The cost of an order with a thousand and with a million stored: POST to the answer, by the same service."""

import time
from typing import Any
from uuid import uuid4

import bson
from bson.raw_bson import RawBSONDocument
from chassis.embedded.ground import free_ports
from chassis.testing.issuer import TestIssuer
from orders.domain.numbering import number_of
from pymongo import AsyncMongoClient

from bench.measuring import Side, drive, row
from bench.processes import environment, issuing, served
from bench.taking_orders import SITE, Taker

BATCH = 5_000
PERSON = "p-00"


async def measure(kafka: str, mongo: str, *, few: int, many: int, count: int) -> None:
    """Print the two and their ratio."""
    issuer = TestIssuer(f"http://127.0.0.1:{free_ports(1)[0]}")
    bearer = f"Authorization: Bearer {issuer.token(SITE, ttl=7200)}\r\n"
    told = environment(kafka, mongo, issuer.name) | {"OPBLOK_MONGO_DATABASE_PREFIX": "bench_full_"}
    client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(mongo)
    orders = client["bench_full_orders"]["orders"]
    async with issuing(issuer), served("orders.app:create", told) as port:
        taker = Taker(port, bearer, None)
        await drive("warm up", taker, 200, 4)
        template = await orders.find_one({})
        assert template is not None
        await fill(orders, template, few)
        light = await times(taker, count)
        began = time.perf_counter()
        await fill(orders, template, many)
        print(f"(filled to {many} orders in {time.perf_counter() - began:.0f} s)")
        heavy = await times(Taker(port, bearer, None), count)  # the idle connections are long closed
    row("cost of an order", f"{few} stored", f"{many} stored", "ratio")
    row("  p50", f"{light.p50 * 1000:.1f} ms", f"{heavy.p50 * 1000:.1f} ms", f"{heavy.p50 / light.p50:.2f}")
    row("  p99", f"{light.p99 * 1000:.1f} ms", f"{heavy.p99 * 1000:.1f} ms", f"{heavy.p99 / light.p99:.2f}")
    await client.drop_database("bench_full_orders")
    await client.close()


async def times(taker: Taker, count: int) -> Side:
    """A few rounds, one after the other and four at once."""
    await drive("again warm", taker, 100, 4)
    return await drive("orders", taker, count, 4)


async def fill(orders: Any, template: dict[str, Any], upto: int) -> None:
    """Orders like the one that is there, to a number; what they owe is told already."""
    mould, known = bson.encode(quiet(template)), (template["_id"], template["listed"]["number"], PERSON)
    missing = upto - await orders.estimated_document_count()
    while missing > 0:
        batch = [cast(mould, known) for _ in range(min(BATCH, missing))]
        await orders.insert_many(batch, ordered=False)
        missing -= len(batch)


def quiet(template: dict[str, Any]) -> dict[str, Any]:
    """The order as it lies when it was contacted long ago, owes nothing and waits for nothing."""
    kept = {key: value for key, value in template.items() if key not in ("outbox_at", "relay", "next_due_at")}
    listed = {**template["listed"], "responsible_id": PERSON, "uncontacted": False}
    return {**kept, "outbox": [], "deadlines": [], "listed": listed}


def cast(mould: bytes, known: tuple[str, str, str]) -> RawBSONDocument:
    """Another order with an id, a number and a person of its own: texts of equal length, so the bytes stay a document."""
    order_id = uuid4().hex
    fresh = (order_id, number_of(order_id), f"p-{order_id[:2]}")
    for old, new in zip(known, fresh, strict=True):
        mould = mould.replace(old.encode(), new.encode())
    return RawBSONDocument(mould)
