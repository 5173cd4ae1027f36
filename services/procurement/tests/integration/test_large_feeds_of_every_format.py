"""Whatever a supplier sends, the service's memory is bounded; on real servers, each in a process of its own."""

import asyncio
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from chassis.testing.infra import Infra

MANY = 50_000
GREW_AT_MOST = 120
WORKBOOK_AT_MOST = 700


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["csv", "csv.gz", "xlsx", "commerceml"])
async def test_50_000_offers_come_in_within_bounded_memory(
    infra: Infra, database: Any, making: ModuleType, tmp_path: Path, kind: str
) -> None:
    feed = tmp_path / "feed"
    making.MAKERS[kind](feed, MANY)
    program = Path(__file__).parent / "much.py"
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(program), infra.mongo, database.name, str(feed), stdout=asyncio.subprocess.PIPE
    )

    told, _ = await process.communicate()

    assert process.returncode == 0
    figures = json.loads(told.decode().splitlines()[-1])
    assert (figures["stage"], figures["new"], figures["told"]) == ("done", MANY, MANY)
    assert figures["grew_mb"] < GREW_AT_MOST, figures
    assert figures["child_mb"] < WORKBOOK_AT_MOST, figures
    offer = await database["offers"].find_one({"_id": "brass:L7"})
    assert offer["state"]["terms"]["title"] == "Лампа латунная номер 7"
    assert offer["state"]["terms"]["category"] == "Лампы 7"


async def test_names_that_a_database_might_trip_over_are_kept(
    database: Any, much: ModuleType, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.xml"
    params = "".join(f'<param name="{name}">да</param>' for name in ("a.b", "$x", "$set.y", ".", "Длина, м."))
    offer = f'<offer id="$1.x" available="true"><name>Lamp</name><price>{{}}</price>{params}</offer>'
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    for n, price in enumerate((10, 20), start=1):
        feed.write_text(f"<yml_catalog><shop><offers>{offer.format(price)}</offers></shop></yml_catalog>")
        await much.received(parts, chassis.clock, "brass", feed, f"i-{n}")
        await parts.wired["waking"].drain()

    held = (await parts.wired["offers"].load("brass:$1.x")).state

    assert held.terms.price.minor == 20_00
    assert sorted(held.terms.attributes) == ["$set.y", "$x", ".", "a.b", "Длина, м."]
    await chassis.relay.stop()


async def test_a_matched_offer_is_found_under_both_names(
    database: Any, much: ModuleType, tmp_path: Path
) -> None:
    from procurement.domain.offer_matching import MatchOffer

    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<yml_catalog><offers><offer id="17"><name>Lamp</name><price>10</price></offer></offers></yml_catalog>'
    )
    chassis = much.MongoChassis(database)
    parts = await chassis.prepared()
    await much.received(parts, chassis.clock, "brass", feed, "i-1")
    await parts.wired["waking"].drain()

    command = MatchOffer("brass:17", "lamp", chassis.clock.now())
    await parts.wired["stocking"].offers(command, much.occasion("match", chassis.clock))

    for name in ("lamp", "brass:17"):
        (found,) = await parts.wired["sourcing"].of_product(name)
        assert found.offer.offer_id == "brass:17"
    await chassis.relay.stop()
