"""The subscriber in the READMEs is what a stranger copies first; it runs as it stands, on real Kafka."""

import asyncio
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from chassis.records import record
from chassis.testing.infra import Infra
from contracts.catalogue import example_of, facts

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "contracts" / "README.md", ROOT / "README.md")
ADDRESS, GROUP = "127.0.0.1:19092", "my-reports"
WITHIN = 30.0
AGAIN_AFTER = 0.3


def subscriber(readme: Path, kafka: str) -> str:
    found = re.search(r"```python\n(.+?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert ADDRESS in found[1]
    assert GROUP in found[1]
    assert "earliest" in found[1]
    # other tests told poison before: a stranger's own log begins without it
    mine = found[1].replace("earliest", "latest")
    return mine.replace(ADDRESS, kafka).replace(GROUP, f"readme-{uuid4()}")


async def tell_orders(kafka: str) -> None:
    """Again and again, since nobody knows when the subscriber has joined."""
    created = record(example_of(facts()["order.created.v1"]), 1, "orders", datetime.now(UTC), "readme")
    headers = [(name, value.encode()) for name, value in created.headers]
    producer = AIOKafkaProducer(bootstrap_servers=kafka)
    await producer.start()
    try:
        while True:
            await producer.send_and_wait(
                created.topic, created.value, key=created.key.encode(), headers=headers
            )
            await asyncio.sleep(AGAIN_AFTER)
    finally:
        await producer.stop()


async def heard_by(program: asyncio.subprocess.Process) -> str:
    """The line about the order of the example."""
    assert program.stdout
    async with asyncio.timeout(WITHIN):
        async for line in program.stdout:
            if line.decode().rstrip().endswith(" 1042"):
                return line.decode()
    return ""


@pytest.mark.parametrize("readme", READMES, ids=["contracts", "root"])
async def test_the_subscriber_of_the_readme_hears_of_an_order(infra: Infra, readme: Path) -> None:
    telling = asyncio.create_task(tell_orders(infra.kafka))
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-c", subscriber(readme, infra.kafka), stdout=asyncio.subprocess.PIPE
    )
    try:
        heard = await heard_by(program)
    finally:
        telling.cancel()
        program.kill()
        await program.wait()
        await asyncio.gather(telling, return_exceptions=True)

    assert heard
