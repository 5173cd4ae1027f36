"""What reading promises, on a real Kafka."""

import asyncio
from collections import Counter, defaultdict

from aiokafka import TopicPartition
from chassis.faults import Fault
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions, ThisOccasion
from chassis.sessions import Pace
from chassis.settings import KafkaSettings
from chassis.testing.lamps import (
    LampBrokenV1,
    LampLitV1,
    LampLitV2,
    committed,
    ends,
    lamps_of_different_lanes,
    lane_of,
    new_lamp,
    reading,
    tell_all,
    told,
)
from chassis.testing.waiting import eventually


async def test_a_fact_is_told_with_its_occasion(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard = new_lamp(), list[object]()
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1, occasion: ThisOccasion) -> None:
        heard.extend((lit, occasion.id, occasion.heard, occasion.remembered, occasion.actor.id))

    record = told(LampLitV1(lamp_id=lamp, minutes=5), sequence=9)
    async with reading(kafka, group, reactions, publisher):
        await publisher(record)
        await eventually(lambda: heard)

    assert heard[:4] == [LampLitV1(lamp_id=lamp, minutes=5), record.id, (f"lamps/{lamp}", 9), True]


async def test_versions_on_one_topic_go_to_their_own_reactions(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard = new_lamp(), list[str]()
    reactions = Reactions("lamps")

    @reactions.told(LampLitV2)
    async def note_newer(lit: LampLitV2) -> None:
        heard.append(f"v2 in the {lit.room}")

    @reactions.told(LampLitV1)
    async def note_older(lit: LampLitV1) -> None:
        heard.append(f"v1 for {lit.minutes}")

    async with reading(kafka, group, reactions, publisher):
        await tell_all(publisher, [told(LampLitV2(lamp_id=lamp)), told(LampLitV1(lamp_id=lamp, minutes=3))])
        await eventually(lambda: len(heard) == 2)

    assert heard == ["v2 in the hall", "v1 for 3"]


async def test_types_nobody_reacts_to_are_committed(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard = new_lamp(), list[str]()
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        heard.append(lit.lamp_id)

    async with reading(kafka, group, reactions, publisher):
        await tell_all(publisher, [told(LampLitV2(lamp_id=lamp)), told(LampLitV1(lamp_id=lamp))])
        await eventually(lambda: heard == [lamp])

    at = TopicPartition("lamp.lit", lane_of(lamp))
    assert (await committed(kafka, group))[at] == (await ends(kafka))[at]


async def test_facts_of_one_story_never_run_at_once_whatever_their_topics(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamps, running, most, heard = (
        [new_lamp() for _ in range(6)],
        Counter[str](),
        Counter[str](),
        Counter[str](),
    )
    reactions = Reactions("lamps")

    async def work(lamp: str) -> None:
        running[lamp] += 1
        most[lamp] = max(most[lamp], running[lamp])
        await asyncio.sleep(0.002)
        running[lamp] -= 1
        heard[lamp] += 1

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        await work(lit.lamp_id)

    @reactions.told(LampBrokenV1)
    async def mourn(broken: LampBrokenV1) -> None:
        await work(broken.lamp_id)

    async with reading(kafka, group, reactions, publisher):
        for sequence in range(1, 21):
            facts = [fact(lamp_id=lamp) for lamp in lamps for fact in (LampLitV1, LampBrokenV1)]
            await asyncio.gather(*(publisher(told(fact, sequence)) for fact in facts))
        await eventually(lambda: heard == dict.fromkeys(lamps, 40))

    assert most == dict.fromkeys(lamps, 1)


async def test_facts_of_one_topic_and_thing_come_in_order(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamps, heard = [new_lamp() for _ in range(5)], defaultdict[str, list[int]](list)
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        heard[lit.lamp_id].append(lit.minutes)

    async with reading(kafka, group, reactions, publisher):
        for minute in range(50):
            await asyncio.gather(
                *(publisher(told(LampLitV1(lamp_id=lamp, minutes=minute))) for lamp in lamps)
            )
        await eventually(lambda: sum(map(len, heard.values())) == 250)

    assert all(heard[lamp] == list(range(50)) for lamp in lamps)


async def test_one_lane_waits_for_a_fault_and_the_others_go_on(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    waits, goes, also_goes = lamps_of_different_lanes()
    heard, down = list[str](), True
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        if down and lit.lamp_id == waits:
            raise Fault("the fitter does not answer")
        heard.append(lit.lamp_id)

    async with reading(kafka, group, reactions, publisher) as lanes:
        await tell_all(publisher, [told(LampLitV1(lamp_id=lamp)) for lamp in (waits, goes, also_goes)])
        await eventually(lambda: sorted(heard) == sorted([goes, also_goes]))
        await eventually(lambda: "Fault" in lanes.says)
        assert lanes.ready

        down = False
        await eventually(lambda: waits in heard)
        await eventually(lambda: lanes.says == "reading")


async def test_a_full_lane_is_held_back_and_nothing_of_it_is_lost(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard, door = new_lamp(), list[int](), asyncio.Event()
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        await door.wait()
        heard.append(lit.minutes)

    many = range(4000)
    async with reading(kafka, group, reactions, publisher):
        for some in (many[start : start + 500] for start in many[::500]):
            await asyncio.gather(*(publisher(told(LampLitV1(lamp_id=lamp, minutes=each))) for each in some))
        door.set()
        await eventually(lambda: len(heard) == len(many), within=30)

    assert heard == list(many)


async def test_committed_is_exactly_what_was_settled(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard, stop_at = new_lamp(), list[int](), 7
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        if lit.minutes >= stop_at:
            raise Fault("wait")
        heard.append(lit.minutes)

    at = TopicPartition("lamp.lit", lane_of(lamp))
    async with reading(kafka, group, reactions, publisher, pace=Pace(commit_every=0.05)):
        await tell_all(publisher, [told(LampLitV1(lamp_id=lamp, minutes=each)) for each in range(10)])
        await eventually(lambda: len(heard) == stop_at)

        async def three_are_missing() -> bool:
            return (await ends(kafka))[at] - (await committed(kafka, group))[at] == 3

        await eventually(three_are_missing)

    stop_at = 100
    async with reading(kafka, group, reactions, publisher):
        await eventually(lambda: heard == list(range(10)))
