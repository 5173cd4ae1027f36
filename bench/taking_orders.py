"""Take an order: orders as it runs in production, against the bare route; to the answer, and to the fact's arrival."""

import asyncio
import time
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer
from chassis.embedded.ground import free_ports
from chassis.testing.issuer import TestIssuer
from kernel.actor import Actor, Role

from bench.measuring import compare, in_turns, row
from bench.plain_http import Connection, order_body
from bench.processes import environment, issuing, served

SITE = Actor("site", frozenset({Role.SITE}))


class Arrivals:
    """When each fact of a topic arrived, by its subject."""

    def __init__(self, kafka: str) -> None:
        self._kafka = kafka
        self.waiting: dict[str, asyncio.Future[float]] = {}
        self._seen: dict[str, float] = {}

    def of(self, subject: str) -> "asyncio.Future[float]":
        """The moment of its arrival, come or to come."""
        future = self.waiting.setdefault(subject, asyncio.get_running_loop().create_future())
        if subject in self._seen and not future.done():
            future.set_result(self._seen[subject])
        return future

    async def watch(self, ready: asyncio.Event) -> None:
        """Read the topic from its end on."""
        consumer: Any = AIOKafkaConsumer(
            "order.created", bootstrap_servers=self._kafka, fetch_max_wait_ms=5, group_id=None
        )
        await consumer.start()
        await consumer.seek_to_end()
        ready.set()
        try:
            async for record in consumer:
                subject = dict(record.headers)["ce_subject"].decode()
                self._seen[subject] = time.perf_counter()
                if subject in self.waiting and not self.waiting[subject].done():
                    self.waiting[subject].set_result(self._seen[subject])
        finally:
            await consumer.stop()


class Taker:
    """Places orders at one address."""

    def __init__(self, port: int, headers: str, arrivals: Arrivals | None) -> None:
        self._port, self._headers, self._arrivals = port, headers, arrivals
        self._free: list[Connection] = []

    async def __call__(self, n: int) -> float:
        """One order; how long it took to the answer, or to the arrival of its fact."""
        connection = self._free.pop() if self._free else Connection("127.0.0.1", self._port)
        headers = f"{self._headers}Idempotency-Key: {uuid4().hex}\r\n"
        body = order_body(n)
        began = time.perf_counter()
        status, answer = await connection.post("/orders", body, headers)
        took = time.perf_counter() - began
        self._free.append(connection)
        assert status == 201, answer
        if self._arrivals is None:
            return took
        order_id = answer.split(b'"order_id":"')[1].split(b'"')[0].decode()
        return await self._arrivals.of(order_id) - began


async def measure(kafka: str, mongo: str, *, count: int) -> None:
    """Print the comparison at 1, 16 and 64 in flight."""
    issuer = TestIssuer(f"http://127.0.0.1:{free_ports(1)[0]}")
    bearer = f"Authorization: Bearer {issuer.token(SITE, ttl=7200)}\r\n"
    servers = {"OPBLOK_KAFKA": kafka, "OPBLOK_MONGO": mongo}
    async with (
        issuing(issuer),
        served("orders.app:create", environment(kafka, mongo, issuer.name)) as ours,
        served("bench.bare:create", servers) as bare,
        served("bench.bare:create", {**servers, "BENCH_WITHOUT_SEND": "1"}) as half,
    ):
        arrivals, ready = Arrivals(kafka), asyncio.Event()
        watching = asyncio.create_task(arrivals.watch(ready))
        await ready.wait()
        row("take an order", "opblok", "bare", "ratio")
        for in_flight in (1, 16, 64):
            await _compare_at(in_flight, count, (ours, bearer), bare, half, arrivals)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _compare_at(
    in_flight: int, count: int, ours: tuple[int, str], bare: int, half: int, arrivals: Arrivals
) -> None:
    port, bearer = ours
    a, b, c = await in_turns(
        [
            ("opblok", Taker(port, bearer, None)),
            ("bare", Taker(bare, "", None)),
            ("half", Taker(half, "", None)),
        ],
        count,
        in_flight,
    )
    compare(f"  to the answer, {in_flight} in flight", a, b)
    row(
        f"  bare without its send, {in_flight} in flight: rate",
        "",
        f"{c.per_second:.0f}/s",
        f"{b.per_second / c.per_second:.2f}",
    )
    a, b = await in_turns(
        [("opblok", Taker(port, bearer, arrivals)), ("bare", Taker(bare, "", arrivals))], count, in_flight
    )
    compare(f"  to the fact's arrival, {in_flight} in flight", a, b)
