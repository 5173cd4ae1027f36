"""The dead letters of a service, read from their beginning: they are few, or something else is wrong.

A note that a letter was replayed stands behind it in the same partition, and lives as long.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from aiokafka import AIOKafkaConsumer, TopicPartition

from chassis import dead_letters as dl
from chassis.connections import KafkaAccess, access
from chassis.envelopes import text_of
from chassis.reading import Raw

REPLAYED, REPLAYED_AT = "dl_replayed", "dl_replayed_at"
WITHIN = 30.0


class NoSuchLetter(LookupError):
    """No dead letter of that id: never there, or past its retention."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter. `id` is its place in `dead-letters.<service>`, `place` that of the record it holds."""

    id: str
    service: str
    place: str
    type: str
    fact_id: str
    subject: str
    reason: str
    error: str
    attempts: int
    first_at: str
    last_at: str
    trace: str
    size: int
    replayed_at: tuple[str, ...] = ()
    record: Raw | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the list, oldest first; `next` is None at its end."""

    letters: tuple[Letter, ...]
    next: str | None


async def letters(kafka: KafkaAccess, service: str) -> list[Letter]:
    """All dead letters of a service, oldest first, without the records they hold."""
    found: dict[str, Letter] = {}
    async with _reader(kafka, service) as (consumer, ends):
        unread = dict(ends)
        while unread:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                for record in records:
                    _enter(found, service, record)
            # Asked by position, since the last records may be gaps that compaction left.
            unread = {each: end for each, end in unread.items() if await consumer.position(each) < end}
    return sorted(found.values(), key=lambda each: (each.last_at, each.id))


async def page(kafka: KafkaAccess, service: str, limit: int = 50, after: str | None = None) -> Page:
    """`after` is the `next` of the page before."""
    found = [each for each in await letters(kafka, service) if after is None or _mark(each) > after]
    more = len(found) > limit
    return Page(tuple(found[:limit]), _mark(found[limit - 1]) if more else None)


async def show(kafka: KafkaAccess, service: str, id_: str) -> Letter:
    """One letter with its record."""
    known = {each.id: each for each in await letters(kafka, service)}
    if id_ not in known:
        raise NoSuchLetter(id_)
    number, _, offset = id_.partition("-")
    async with _reader(kafka, service) as (consumer, _):
        partition = TopicPartition(dl.topic_of(service), int(number))
        consumer.seek(partition, int(offset))
        record = await consumer.getone(partition)
    return replace(known[id_], record=record)


def _enter(found: dict[str, Letter], service: str, record: Raw) -> None:
    of = text_of(record.headers, REPLAYED)
    if of is None:
        letter = _letter(service, record)
        found[letter.id] = letter
    elif of in found:
        at = text_of(record.headers, REPLAYED_AT) or ""
        found[of] = replace(found[of], replayed_at=(*found[of].replayed_at, at))


def _letter(service: str, record: Raw) -> Letter:
    def said(name: str) -> str:
        return text_of(record.headers, name) or ""

    return Letter(
        id=f"{record.partition}-{record.offset}",
        service=service,
        place=f"{said(dl.TOPIC)}/{said(dl.PARTITION)}/{said(dl.OFFSET)}",
        type=said("ce_type"),
        fact_id=said("ce_id"),
        subject=said("ce_subject"),
        reason=said(dl.REASON),
        error=said(dl.ERROR),
        attempts=int(said(dl.ATTEMPTS) or 0),
        first_at=said(dl.FIRST_AT),
        last_at=said(dl.LAST_AT),
        trace=said(dl.TRACE),
        size=len(record.value or b""),
    )


def _mark(letter: Letter) -> str:
    return f"{letter.last_at}|{letter.id}"


@asynccontextmanager
async def _reader(
    kafka: KafkaAccess, service: str
) -> AsyncGenerator[tuple[AIOKafkaConsumer, dict[TopicPartition, int]]]:
    """A consumer of no group at the beginning of the letters, and where each partition that holds any ends."""
    topic = dl.topic_of(service)
    consumer = AIOKafkaConsumer(
        topic,
        **access(kafka, "opblok-dead-letters"),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=20,
        max_partition_fetch_bytes=4_000_000,
    )
    async with asyncio.timeout(WITHIN):
        await consumer.start()
        try:
            parts = consumer.assignment()
            begins, ends = await consumer.beginning_offsets(parts), await consumer.end_offsets(parts)
            yield consumer, {each: end for each, end in ends.items() if end > begins[each]}
        finally:
            await consumer.stop()
