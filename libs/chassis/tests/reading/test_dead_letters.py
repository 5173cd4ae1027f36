"""What will never work is kept with all that is known of it, and comes back when its cause is mended."""

from collections.abc import Awaitable, Callable

import pytest
from aiokafka import TopicPartition
from chassis.faults import BusDown
from chassis.publishing import KafkaPublisher, RawHeaders
from chassis.reactions import Reactions
from chassis.replaying import Letter, NoSuchLetter, letters, page, replay, show
from chassis.settings import KafkaSettings
from chassis.testing.lamps import LampLitV1, committed, ends, lane_of, new_lamp, reading, told
from chassis.testing.waiting import eventually
from kernel.refusal import Refusal


class LampIsStolen(Refusal):
    rule = "R13"


def letter_of(kafka: KafkaSettings, lamp: str) -> Callable[[], Awaitable[Letter]]:
    async def look() -> Letter:
        found = [each for each in await letters(kafka, "lamps") if each.subject == lamp]
        assert found
        return found[0]

    return look


def lighting(heard: list[str], refuse: set[str]) -> Reactions:
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        if lit.lamp_id in refuse:
            raise LampIsStolen("Fyodor has it, call +79161234567")
        if lit.minutes < 0:
            raise ZeroDivisionError("+79161234567")
        heard.append(lit.lamp_id)

    return reactions


async def test_a_refusal_of_a_reaction_is_a_dead_letter_and_comes_back_by_replay(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard = new_lamp(), list[str]()
    refuse, record = {lamp}, told(LampLitV1(lamp_id=lamp, minutes=5), sequence=4)

    async with reading(kafka, group, lighting(heard, refuse), publisher):
        await publisher(record)
        letter = await eventually(letter_of(kafka, lamp))

        assert (letter.type, letter.fact_id, letter.attempts) == ("lamp.lit.v1", record.id, 1)
        assert letter.reason == "refused: lamp-is-stolen R13"
        assert letter.place.startswith(f"lamp.lit/{lane_of(lamp)}/")
        assert letter.trace
        assert heard == []

        refuse.clear()
        await replay(kafka, publisher, "lamps", letter.id)
        await eventually(lambda: heard == [lamp])

    assert len((await letter_of(kafka, lamp)()).replayed_at) == 1


async def test_a_letter_holds_the_record_as_it_came(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, record = new_lamp(), told(LampLitV1(lamp_id="broken body"))
    headers: RawHeaders = [(name, value.encode()) for name, value in record.headers if name != "ce_subject"]
    headers = [*headers, ("ce_subject", lamp.encode()), ("x-other", b"\xff\x00"), ("x-null", None)]

    async with reading(kafka, group, lighting([], set()), publisher):
        await publisher.send(
            "lamp.lit", b'{"lamp_id": "+79161234567", "minutes": "long"}', lamp.encode(), headers
        )
        letter = await show(kafka, "lamps", (await eventually(letter_of(kafka, lamp))).id)

    assert letter.reason == "body of lamp.lit.v1: minutes: int_parsing"
    assert letter.record is not None
    assert letter.record.value == b'{"lamp_id": "+79161234567", "minutes": "long"}'
    assert letter.record.key == lamp.encode()
    assert [each for each in letter.record.headers if not each[0].startswith("dl_")] == headers


@pytest.mark.parametrize(
    ("name", "value"),
    [("ce_id", None), ("ce_id", b""), ("ce_type", b"\xff"), ("ce_sequence", b"seven"), ("ce_source", None)],
)
async def test_broken_headers_are_a_dead_letter(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str, name: str, value: bytes | None
) -> None:
    lamp, heard = new_lamp(), list[str]()
    record = told(LampLitV1(lamp_id=lamp))
    headers = {each: text.encode() for each, text in record.headers} | {name: value}

    async with reading(kafka, group, lighting(heard, set()), publisher):
        await publisher.send("lamp.lit", record.value, lamp.encode(), [*headers.items()])
        letter = await eventually(letter_of(kafka, lamp))

    assert name in letter.reason
    assert heard == []


async def test_an_unexpected_exception_comes_five_times_and_is_not_quoted(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard = new_lamp(), list[str]()

    async with reading(kafka, group, lighting(heard, set()), publisher):
        await publisher(told(LampLitV1(lamp_id=lamp, minutes=-1)))
        letter = await eventually(letter_of(kafka, lamp), within=20)

    assert letter.attempts == 5
    assert letter.error == "ZeroDivisionError"
    assert "test_dead_letters.py" in letter.reason
    assert "7916" not in letter.reason


async def test_the_lane_waits_until_the_letter_is_acknowledged(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, blocked = new_lamp(), Blocked(kafka)
    at = TopicPartition("lamp.lit", lane_of(lamp))
    before = (await ends(kafka))[at]

    blocked.start()
    async with reading(kafka, group, lighting([], {lamp}), blocked) as lanes:
        await publisher(told(LampLitV1(lamp_id=lamp)))
        await eventually(lambda: "BusDown" in lanes.says)
        assert (await committed(kafka, group))[at] <= before

        blocked.shut = False
        await eventually(letter_of(kafka, lamp))
    await blocked.stop()

    assert (await committed(kafka, group))[at] > before


class Blocked(KafkaPublisher):
    """Cannot reach Kafka for now."""

    shut = True

    async def send(
        self,
        topic: str,
        value: bytes | None,
        key: bytes | None,
        headers: RawHeaders,
        *,
        partition: int | None = None,
    ) -> None:
        if self.shut:
            raise BusDown(topic)
        await super().send(topic, value, key, headers, partition=partition)


async def test_a_replay_is_only_for_the_service_that_buried_it(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamp, heard = new_lamp(), list[str]()
    record = told(LampLitV1(lamp_id=lamp))
    headers = [(name, value.encode()) for name, value in record.headers]

    async with reading(kafka, group, lighting(heard, set()), publisher):
        await publisher.send(
            "lamp.lit", record.value, lamp.encode(), [*headers, ("opblok_only_for", b"mirrors")]
        )
        await publisher.send(
            "lamp.lit", record.value, lamp.encode(), [*headers, ("opblok_only_for", b"lamps")]
        )
        await eventually(lambda: heard)

    assert heard == [lamp]


async def test_letters_are_listed_page_by_page(
    kafka: KafkaSettings, publisher: KafkaPublisher, group: str
) -> None:
    lamps = [new_lamp() for _ in range(5)]
    async with reading(kafka, group, lighting([], {*lamps}), publisher):
        for lamp in lamps:
            await publisher(told(LampLitV1(lamp_id=lamp)))
        for lamp in lamps:
            await eventually(letter_of(kafka, lamp))

    listed, after = list[Letter](), None
    while True:
        found = await page(kafka, "lamps", limit=3, after=after)
        listed.extend(found.letters)
        after = found.next
        if after is None:
            break

    assert listed == await letters(kafka, "lamps")
    assert {*lamps} <= {each.subject for each in listed}


async def test_a_letter_that_is_not_there_is_said_to_be_missing(kafka: KafkaSettings) -> None:
    with pytest.raises(NoSuchLetter):
        await show(kafka, "lamps", "0-999999999")
