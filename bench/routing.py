"""Routing: the webhook beside a bare route that does one journaled insert, at 300 calls a second; the decision alone; the first
load of the directory. The router runs as in production: one process of role api answers, one of role worker does the rest.
"""

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from chassis.embedded.ground import free_ports
from chassis.memory import MemoryStore
from chassis.shops import Unheard
from chassis.testing.issuer import TestIssuer
from kernel.actor import Actor, Role
from kernel.signature import signed_with
from pymongo import AsyncMongoClient
from telephony_router.adapters import documents as d
from telephony_router.application.remembering import Remembered, Stores
from telephony_router.application.situating import Situating
from telephony_router.domain.directory import CustomerCard, Numbers, StaffMember
from telephony_router.domain.people import Person
from telephony_router.domain.situation import Call

from bench.directory import DESKS, PHONE_KEY, card, crm_of, number
from bench.measuring import Side, compare, row
from bench.plain_http import Connection
from bench.processes import environment, issuing, served

SECRET = "a secret of the bench"
PER_SECOND, ROUNDS = 300, 3
OWNER = Actor("owner", frozenset({Role.OWNER}))


async def measure(kafka: str, mongo: str, *, customers: int, seconds: int) -> None:
    """Print all three."""
    row("decision alone, microseconds", "p50", "p99", "")
    for count in (1_000, customers):
        side = decided(count)
        row(f"  {count} customers", f"{side.p50 * 1e6:.0f}", f"{side.p99 * 1e6:.0f}")
    issuer = TestIssuer(f"http://127.0.0.1:{free_ports(1)[0]}")
    (crm,) = free_ports(1)
    told = environment(kafka, mongo, issuer.name) | {
        "OPBLOK_MONGO_DATABASE_PREFIX": f"bench_{uuid4().hex[:6]}_",
        "OPBLOK_CRM_URL": f"http://127.0.0.1:{crm}",
        "OPBLOK_TOKEN_URL": f"http://127.0.0.1:{crm}/oauth/token",
        "OPBLOK_PHONE_KEY": PHONE_KEY,
        "OPBLOK_WEBHOOK_SECRET": SECRET,
    }
    async with (
        issuing(issuer),
        crm_of(customers, crm),
        served("telephony_router.app:create", told | {"OPBLOK_ROLE": "api"}) as ours,
        served("bench.bare:create", {"OPBLOK_KAFKA": kafka, "OPBLOK_MONGO": mongo}) as bare,
        served("telephony_router.app:create", told | {"OPBLOK_ROLE": "worker"}),
    ):
        began = time.perf_counter()
        await loaded(ours, issuer, customers)
        took = time.perf_counter() - began
        plain = await inserted(mongo, customers)
        row("first load of the directory", "cards/s", "insert_many/s", "ratio")
        row(
            f"  {customers} customers",
            f"{customers / took:.0f}",
            f"{customers / plain:.0f}",
            f"{plain / took:.2f}",
        )
        sides = [Side("opblok"), Side("bare")]
        for turn in range(ROUNDS + 1):
            for side, port, path in zip(
                sides, (ours, bare), ("/webhooks/generic/calls", "/calls"), strict=True
            ):
                found = await driven(Caller(port, path, customers), seconds)
                side.took += found if turn else []
                side.per_second = PER_SECOND
        row(f"webhook at {PER_SECOND} calls a second", "opblok", "bare", "ratio")
        compare("  one plan, journaled", *sides)


class Caller:
    """Somebody rings: a signed question of a provider's scenario."""

    def __init__(self, port: int, path: str, customers: int) -> None:
        self._port, self._path, self._customers = port, path, customers
        self._free: list[Connection] = []

    async def __call__(self, n: int) -> None:
        """One call, answered."""
        connection = self._free.pop() if self._free else Connection("127.0.0.1", self._port)
        body = json.dumps({"call_id": uuid4().hex, "from": number(n % self._customers), "to": ""}).encode()
        stamp = f"{time.time():.6f}"
        signed = f"X-Opblok-Timestamp: {stamp}\r\nX-Opblok-Signature: {signed_with(SECRET, stamp, body)}\r\n"
        status, answer = await connection.post(self._path, body, signed)
        self._free.append(connection)
        assert status == 200, answer


async def driven(caller: Caller, seconds: int) -> list[float]:
    """Calls come whether the ones before are answered or not; each is timed from when it was to come."""
    began, took = time.perf_counter() + 0.1, list[float]()

    async def one(n: int) -> None:
        due = began + n / PER_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await caller(n * 7919)
        took.append(time.perf_counter() - due)

    await asyncio.gather(*(one(n) for n in range(PER_SECOND * seconds)))
    return took


async def loaded(port: int, issuer: TestIssuer, customers: int) -> None:
    """Wait until the router knows all of them."""
    headers = {"Authorization": f"Bearer {issuer.token(OWNER, ttl=7200)}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        async with asyncio.timeout(900):
            while True:
                found = (await client.get("/directory", headers=headers)).raise_for_status().json()
                if found["customers"] >= customers and all(each["done_at"] for each in found["loads"]):
                    return
                await asyncio.sleep(0.25)


async def inserted(mongo: str, customers: int) -> float:
    """Seconds in which the same cards go into a bare collection, 200 at a time."""
    async with AsyncMongoClient[dict[str, Any]](mongo, w="majority", journal=True) as client:
        kept = client["bench_bare"][f"cards_{uuid4().hex[:6]}"]
        began = time.perf_counter()
        for begins in range(0, customers, 200):
            cards = [card(n) for n in range(begins, min(begins + 200, customers))]
            await kept.insert_many([{"_id": each["customer_id"], **each} for each in cards])
        took = time.perf_counter() - began
        await kept.drop()
    return took


def decided(customers: int) -> Side:
    """From a number's hash to the plan, in memory."""
    now = datetime(2026, 3, 2, 8, tzinfo=UTC)
    memory = Remembered(
        Stores(
            people=MemoryStore(d.PEOPLE, None),
            cards=MemoryStore(d.CARDS, None),
            orders=MemoryStore(d.ORDERS, None),
            troubles=MemoryStore(d.TROUBLES, None),
            shops=MemoryStore(d.SHOPS, None),
            lanes=MemoryStore(d.LANES, None),
            rosters=MemoryStore(d.ROSTERS, None),
            books=MemoryStore(d.BOOKS, None),
        )
    )
    for n, name in enumerate(DESKS):
        person = Person(name, "main", ("sales_manager",))
        memory.people.take(name, StaffMember(person, now, Numbers(extension=str(100 + n))), 1)
    for n in range(customers):
        told = card(n)
        kept = CustomerCard(
            told["customer_id"], now, "customer", told["owner_id"], hashes=tuple(told["hashes"])
        )
        memory.cards.take(kept.customer_id, kept, 1)
    situating, side = Situating(memory, Unheard()), Side(f"{customers}")
    hashes = [card(n * 7919 % customers)["hashes"][0] for n in range(3_000)]
    for hash_ in hashes:
        began = time.perf_counter()
        situating.plan(Call(has_number=True), hash_, "main", now)
        side.took.append(time.perf_counter() - began)
    return side
