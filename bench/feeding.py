"""Feed rows a second: procurement's import, against bare lxml parsing with one bulk write of the same rows."""

import asyncio
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from chassis.embedded.ground import free_ports
from chassis.testing.issuer import TestIssuer
from kernel.actor import Actor, Grade, Role
from pymongo import AsyncMongoClient, InsertOne

from bench.measuring import row
from bench.processes import environment, issuing, served

etree: Any = import_module("lxml.etree")
"""lxml ships no types."""

BUYER = Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR)


def make_feed(path: Path, rows: int) -> None:
    """A feed as a supplier's shop system writes it."""
    with path.open("w") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="2026-11-24 09:00"><shop><name>Big</name><offers>\n'
        )
        for n in range(rows):
            file.write(
                f'<offer id="o-{n}" available="true"><name>Шпулька {n}</name><vendor>Игла</vendor><vendorCode>V{n}</vendorCode>'
                f"<price>{100 + n % 900}</price><currencyId>RUB</currencyId><categoryId>1</categoryId><count>{n % 40}</count></offer>\n"
            )
        file.write("</offers></shop></yml_catalog>\n")


async def bare(path: Path, mongo: str) -> float:
    """Parse and write; seconds."""
    client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(mongo, w="majority", journal=True)
    began = time.perf_counter()
    rows: list[InsertOne[dict[str, Any]]] = []
    for _, offer in etree.iterparse(str(path), tag="offer"):
        rows.append(InsertOne({"_id": offer.get("id"), **{str(child.tag): child.text for child in offer}}))
        offer.clear()
    await client["bench_feed_bare"]["offers"].bulk_write(rows, ordered=False)
    took = time.perf_counter() - began
    await client.drop_database("bench_feed_bare")
    await client.close()
    return took


async def ours(path: Path, port: int, headers: dict[str, str]) -> float:
    """Upload, and wait until the import is done; seconds."""
    import httpx

    supplier = f"big-{uuid4().hex[:6]}"
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120, headers=headers) as client:
        made = await client.put(
            f"/suppliers/{supplier}", json={"title": "Big", "lead_days": 1, "stale_after_hours": 87000}
        )
        made.raise_for_status()
        began = time.perf_counter()
        answer = await client.post(
            f"/suppliers/{supplier}/feeds",
            files={"file": path.read_bytes()},
            headers={"Idempotency-Key": uuid4().hex},
        )
        import_id = answer.raise_for_status().json()["import_id"]
        while True:
            found = (await client.get(f"/imports/{import_id}")).raise_for_status().json()
            if found["stage"] in {"done", "failed", "held", "discarded"}:
                assert found["stage"] == "done", found
                return time.perf_counter() - began
            await asyncio.sleep(0.1)


async def measure(kafka: str, mongo: str, *, rows: int) -> None:
    """Print rows a second of both, first import and one that changes nothing."""
    issuer = TestIssuer(f"http://127.0.0.1:{free_ports(1)[0]}")
    headers = {"Authorization": f"Bearer {issuer.token(BUYER, ttl=7200)}"}
    told = environment(kafka, mongo, issuer.name) | {"OPBLOK_ROLE": "all"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.xml"
        make_feed(path, rows)
        async with issuing(issuer), served("procurement.app:create", told) as port:
            await asyncio.sleep(3)
            mine, theirs = await ours(path, port, headers), await bare(path, mongo)
    row("feed rows", "opblok", "bare", "ratio")
    row(f"  {rows} new offers", f"{rows / mine:.0f}/s", f"{rows / theirs:.0f}/s", f"{theirs / mine:.2f}")
