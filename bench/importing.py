"""Import of a large price list in each format: rows a second from the upload to its end, and the process's peak memory."""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib import util
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil
from chassis.embedded.ground import free_ports
from chassis.testing.issuer import TestIssuer

from bench.feeding import BUYER
from bench.measuring import row
from bench.processes import environment, issuing, served

MAKING = Path(__file__).parents[1] / "services" / "procurement" / "tests" / "integration" / "making.py"
ENDS = {"done", "failed", "held", "discarded"}
MEGABYTE = 2**20


def makers() -> Mapping[str, Callable[[Path, int], None]]:
    """The makers of large feeds that procurement's own tests use."""
    spec = util.spec_from_file_location("making", MAKING)
    assert spec is not None
    assert spec.loader is not None
    module: Any = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.MAKERS


class Memory:
    """The most memory that the service on a port was seen to hold, in bytes."""

    def __init__(self, port: int) -> None:
        listening = (each for each in psutil.process_iter() if _serves(each, port))
        self._process = next(listening)
        self.resting = self.most = self._process.memory_info().rss

    def look(self) -> None:
        self.most = max(self.most, self._process.memory_info().rss)


def _serves(process: psutil.Process, port: int) -> bool:
    try:
        return process.ppid() == os.getpid() and str(port) in process.cmdline()
    except psutil.Error:
        return False


async def measure(kafka: str, mongo: str, *, rows: int, formats: tuple[str, ...]) -> None:
    """Print one line a format; each is imported by a service of its own, so that no peak hides behind another's."""
    row(f"import of {rows} rows", "rows/s", "resting MB", "peak MB")
    for name in formats:
        issuer = TestIssuer(f"http://127.0.0.1:{free_ports(1)[0]}")
        told = environment(kafka, mongo, issuer.name) | {
            "OPBLOK_ROLE": "all",
            "OPBLOK_MONGO_DATABASE_PREFIX": f"bench_{uuid4().hex[:6]}_",
        }
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "feed"
            makers()[name](path, rows)
            async with issuing(issuer), served("procurement.app:create", told) as port:
                await asyncio.sleep(3)
                memory = Memory(port)
                took = await imported(path, port, issuer, memory)
        row(
            f"  {name}",
            f"{rows / took:.0f}",
            f"{memory.resting / MEGABYTE:.0f}",
            f"{memory.most / MEGABYTE:.0f}",
        )


async def imported(path: Path, port: int, issuer: TestIssuer, memory: Memory) -> float:
    """Seconds from the upload to the end; what columns mean is accepted as it was guessed."""
    headers = {"Authorization": f"Bearer {issuer.token(BUYER, ttl=7200)}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=600, headers=headers) as client:
        agreed = {"title": "Большой", "lead_days": 1, "stale_after_hours": 87_000}
        (await client.put("/suppliers/big", json=agreed)).raise_for_status()
        began = time.perf_counter()
        with path.open("rb") as file:
            sent = await client.post(
                "/suppliers/big/feeds", files={"file": file}, headers={"Idempotency-Key": uuid4().hex}
            )
        import_id = sent.raise_for_status().json()["import_id"]
        asked = False
        while True:
            found = (await client.get(f"/imports/{import_id}")).raise_for_status().json()
            memory.look()
            if found["stage"] == "mapping" and not asked:
                asked = True
                yes = await client.put("/suppliers/big/mapping", json={"import_id": import_id})
                yes.raise_for_status()
            if found["stage"] in ENDS:
                assert found["stage"] == "done", found
                return time.perf_counter() - began
            await asyncio.sleep(0.2)
