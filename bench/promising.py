"""Promise checks a second: logistics as it runs in production, against a bare route that reads the terms and answers."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from chassis.embedded.ground import free_ports
from chassis.testing.issuer import TestIssuer
from kernel.actor import Actor, Role
from pymongo import AsyncMongoClient

from bench.measuring import compare, in_turns, row
from bench.plain_http import Connection
from bench.processes import environment, issuing, served

CARRIERS = Path(__file__).parents[1] / "services" / "logistics" / "examples" / "carriers.json"
LENA, VERA, ANNA = (
    Actor(name, frozenset({role}))
    for name, role in (("lena", Role.LOGISTICIAN), ("vera", Role.SERVICE_OWNER), ("anna", Role.SALES_MANAGER))
)


class Asker:
    """Asks one address whether a promise can be kept."""

    def __init__(self, port: int, headers: str, body: bytes) -> None:
        self._port, self._headers, self._body = port, headers, body
        self._free: list[Connection] = []

    async def __call__(self, n: int) -> float:
        del n
        connection = self._free.pop() if self._free else Connection("127.0.0.1", self._port)
        began = time.perf_counter()
        status, answer = await connection.post("/promises:check", self._body, self._headers)
        took = time.perf_counter() - began
        self._free.append(connection)
        assert status == 200, answer
        return took


async def measure(kafka: str, mongo: str, *, count: int) -> None:
    """Print both rates at 1, 16 and 64 in flight."""
    issuer = TestIssuer(f"http://127.0.0.1:{free_ports(1)[0]}")
    told = environment(kafka, mongo, issuer.name) | {"OPBLOK_ROLE": "all"}
    carriers = json.loads(CARRIERS.read_text())["carriers"]
    await terms_for_the_bare(mongo, carriers)
    async with (
        issuing(issuer),
        served("logistics.app:create", told) as ours,
        served("bench.bare:create", {"OPBLOK_KAFKA": kafka, "OPBLOK_MONGO": mongo}) as bare,
    ):
        await agreed(ours, issuer, carriers)
        bearer = f"Authorization: Bearer {issuer.token(ANNA, ttl=7200)}\r\n"
        row("promise checks", "opblok", "bare", "ratio")
        for in_flight in (1, 16, 64):
            a, b = await in_turns(
                [("opblok", Asker(ours, bearer, wish())), ("bare", Asker(bare, "", wish()))], count, in_flight
            )
            compare(f"  {in_flight} in flight", a, b)


def wish() -> bytes:
    """A window that the couriers drive, a week from now."""
    day = datetime.now(UTC).date() + timedelta(days=7)
    asked = {
        "shop_id": "main",
        "zone": "moscow",
        "kind": "window",
        "date": f"{day}",
        "from": "09:00",
        "to": "15:00",
    }
    return json.dumps(asked | {"payment": "on_delivery", "pieces": 1}).encode()


async def agreed(port: int, issuer: TestIssuer, carriers: list[dict[str, Any]]) -> None:
    """The terms of both carriers, written by one person and approved by another."""
    lena, vera = ({"Authorization": f"Bearer {issuer.token(each, ttl=7200)}"} for each in (LENA, VERA))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        for each in carriers:
            path = f"/carriers/{each['carrier_id']}"
            (await client.put(path, json=each["profile"], headers=lena)).raise_for_status()
            draft = (
                (await client.put(f"{path}/terms", json=each["terms"], headers=lena))
                .raise_for_status()
                .json()
            )
            approval = f"{path}/terms/{draft['version']}/approval"
            yes = await client.post(approval, json={"revision": draft["revision"]}, headers=vera)
            yes.raise_for_status()


async def terms_for_the_bare(mongo: str, carriers: list[dict[str, Any]]) -> None:
    async with AsyncMongoClient[dict[str, Any]](mongo, w="majority", journal=True) as client:
        kept = client["bench_bare"]["terms"]
        await kept.delete_many({})
        await kept.insert_many([{"_id": each["carrier_id"], **each["terms"]} for each in carriers])
