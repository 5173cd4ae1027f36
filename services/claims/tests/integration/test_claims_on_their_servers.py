"""Evidence in a real GridFS; facts through a real Kafka to a real MongoDB."""

import asyncio
import json
import uuid
from datetime import timedelta
from pathlib import Path

from chassis.clock import StoppedClock
from chassis.handling import Occasion
from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, reading, told
from chassis.testing.replica import begin_at_the_end
from chassis.testing.waiting import eventually
from claims.adapters.files import GridFiles
from claims.application.claiming import claim_of
from claims.application.keeping import Sweep
from claims.entrypoints.subscribers import reactions
from claims.testing.people import KOSTYA
from claims.testing.replicas import Database, started
from claims.testing.troubles import CAUSE, MONDAY
from contracts.quality import QualityAlarmV1

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"


async def test_a_file_comes_back_as_it_was_given_also_when_two_give_it_at_once(database: Database) -> None:
    files, content = GridFiles(database), b"\xff\xd8\xff" + bytes(range(256)) * 5000

    await asyncio.gather(*(files.keep("k-1/a", content, MONDAY) for _ in range(2)))
    await files.keep("k-1/a", content, MONDAY)

    assert await files.read("k-1/a") == content
    assert await files.read("k-1/b") is None


async def test_evidence_and_words_lie_in_mongodb_sealed_and_the_look_is_kept(database: Database) -> None:
    chassis, parts = await started(database)
    evidence, claiming = parts.wired["evidence"], parts.wired["claiming"]
    await claiming.open("k-1", CAUSE, KOSTYA, Occasion("o", MONDAY, KOSTYA))
    photo = b"\xff\xd8\xff" + b"lamp" * 1000
    added = await evidence.add("k-1", "лампа.jpg", photo, KOSTYA, Occasion("a", MONDAY, KOSTYA))
    proof = added.state.evidence[0]

    seen, content = await evidence.look("k-1", proof.evidence_id, KOSTYA, Occasion("l", MONDAY, KOSTYA))

    assert (seen.name, content) == ("лампа.jpg", photo)
    lying = str(await database["claims"].find_one({"_id": "k-1"}))
    assert "лампа" not in lying
    assert "не горит" not in lying
    assert (await parts.wired["claims"].history("k-1"))[-1].what == ("EvidenceSeen",)
    await chassis.relay.stop()


async def test_an_alarm_told_twice_through_kafka_opens_one_claim(database: Database, infra: Infra) -> None:
    chassis, parts = await started(database)
    story = uuid.uuid4().hex[:12]
    example = json.loads((EXAMPLES / "quality.alarm.v1.json").read_text(encoding="utf-8"))
    example["call"]["call_id"] = story
    alarm = QualityAlarmV1.model_validate(example)
    await begin_at_the_end(infra.kafka, f"claims-{story}", reactions.topics)

    async with (
        publishing(kafka_at(infra.kafka)) as publisher,
        reading(kafka_at(infra.kafka), f"claims-{story}", reactions, publisher, wired=parts.wired),
    ):
        for sequence in (1, 1, 2):
            await publisher(told(alarm, sequence, "quality"))

        async def opened() -> bool:
            held = await parts.wired["claims"].load(claim_of("quality", story))
            return held.state is not None

        await eventually(opened, within=30)
        await eventually(lambda: bool(chassis.told))

    assert [record.topic for record in chassis.told] == ["claim.opened"]
    await chassis.relay.stop()


async def test_what_no_claim_names_is_swept_from_gridfs_with_what_a_torn_upload_left(
    database: Database,
) -> None:
    clock = StoppedClock(MONDAY)
    chassis, parts = await started(database, clock)
    files: GridFiles = parts.wired["files"]
    sweep: Sweep = parts.wired["sweep"]
    await parts.wired["claiming"].open("k-1", CAUSE, KOSTYA, Occasion("o", MONDAY, KOSTYA))
    photo = b"\xff\xd8\xff" + b"lamp" * 200_000
    added = await parts.wired["evidence"].add("k-1", "a.jpg", photo, KOSTYA, Occasion("a", MONDAY, KOSTYA))
    for name in ("k-1/orphan", "k-1/again", "k-1/torn"):
        await files.keep(name, photo, MONDAY)
    await database["evidence.files"].delete_one({"filename": "k-1/torn"})
    clock.forward(timedelta(hours=25))
    await files.keep("k-1/again", photo, clock.now())

    swept = await asyncio.gather(sweep.once(), sweep.once())

    assert sum(swept) >= 2
    left = {each["filename"]: each["_id"] async for each in database["evidence.files"].find()}
    assert sorted(left) == sorted(["k-1/again", f"k-1/{added.state.evidence[0].evidence_id}"])
    assert set(await database["evidence.chunks"].distinct("files_id")) == set(left.values())
    assert await files.read("k-1/again") == photo

    await files.remove("k-1")
    assert await database["evidence.chunks"].count_documents({}) == 0
    await chassis.relay.stop()
