import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from chassis.testing.infra import Infra

MANY = 100_000
GREW_AT_MOST = 120


def rows(many: int, price: int = 100) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date="2026-03-02T09:00+03:00"><shop><offers>\n'
    for n in range(many):
        yield (
            f'<offer id="{n}" available="true"><name>Brass lamp number {n}</name><vendor>Brass</vendor>'
            f"<vendorCode>L-{n}</vendorCode><price>{price + n % 7}</price><count>{n % 50}</count>"
            f"<description>{'A lamp of brass. ' * 10}</description></offer>\n"
        )
    yield "</offers></shop></yml_catalog>\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("feeds") / "large.xml"
    with path.open("w") as file:
        file.writelines(rows(MANY))
    return path


@pytest.mark.timeout(900)
async def test_100_000_offers_come_in_within_bounded_memory(infra: Infra, database: Any, large: Path) -> None:
    program = Path(__file__).parent / "much.py"
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(program), infra.mongo, database.name, str(large), stdout=asyncio.subprocess.PIPE
    )

    told, _ = await process.communicate()

    assert process.returncode == 0
    figures = json.loads(told.decode().splitlines()[-1])
    assert (figures["stage"], figures["new"], figures["told"]) == ("done", MANY, MANY)
    assert figures["grew_mb"] < GREW_AT_MOST, figures
    assert await database["offers"].count_documents({}) == MANY


async def test_an_import_that_dies_in_the_middle_is_finished(
    database: Any, much: ModuleType, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("".join(rows(4000)))
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await much.received(parts, chassis.clock, "brass", feed, "i-1")

    for seconds in (0.05, 0.2, 0.4):
        dying = asyncio.ensure_future(parts.wired["waking"].drain())
        await asyncio.sleep(seconds)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        chassis.clock.forward(timedelta(seconds=31))
        await parts.deadlines[1].once()
    await parts.wired["waking"].drain()

    done = (await parts.wired["imports"].load("i-1")).state
    assert (done.stage, done.tally.good, done.tally.places) == ("done", 4000, 4000)
    assert await database["offers"].count_documents({}) == 4000
    assert await database["offers"].count_documents({"version": 1}) == 4000
    assert await database["feeds.files"].count_documents({}) == 0
    await chassis.relay.stop()


async def test_the_same_large_feed_again_changes_nothing(
    database: Any, much: ModuleType, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text("".join(rows(1500)))
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    for import_id in ("i-1", "i-2"):
        await much.received(parts, chassis.clock, "brass", feed, import_id)
        await parts.wired["waking"].drain()
        chassis.clock.forward(timedelta(minutes=1))

    again = (await parts.wired["imports"].load("i-2")).state

    assert (again.stage, again.tally.same, again.tally.changed) == ("done", 1500, 0)
    await chassis.relay.stop()
    assert chassis.count == 1500
