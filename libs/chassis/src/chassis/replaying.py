"""Telling a dead letter again, once its cause is mended.

A replay sends the record as it came, `ce_id` unchanged, to its own topic and partition, marked for the one service that
buried it: there it is handled as if for the first time, and if it was handled after all, recognised; others pass over
it. Then a note is put beside the letter, into the same partition, saying so. A crash between the two leaves a letter
that looks untouched, and may be replayed once more without harm.
"""

from datetime import UTC, datetime

from chassis import dead_letters as dl
from chassis.connections import KafkaAccess
from chassis.envelopes import ONLY_FOR, text_of
from chassis.letters import REPLAYED, REPLAYED_AT, Letter, NoSuchLetter, Page, letters, page, show
from chassis.publishing import RawHeaders, Sends
from chassis.reading import Raw

__all__ = ["Letter", "NoSuchLetter", "Page", "letters", "original", "page", "replay", "show"]


async def replay(kafka: KafkaAccess, publisher: Sends, service: str, id_: str) -> Letter:
    """Tell it again, and note that; answers the letter as it was."""
    letter = await show(kafka, service, id_)
    assert letter.record is not None
    topic, partition, value, headers = original(letter.record)
    again = [*headers, (ONLY_FOR, service.encode())]
    await publisher.send(topic, value, letter.record.key, again, partition=partition)
    note: RawHeaders = [(REPLAYED, id_.encode()), (REPLAYED_AT, _now().encode())]
    await publisher.send(dl.topic_of(service), b"", id_.encode(), note, partition=letter.record.partition)
    return letter


def original(letter: Raw) -> tuple[str, int, bytes | None, list[tuple[str, bytes | None]]]:
    """Topic, partition, value and headers of the record as it came."""
    topic, partition = text_of(letter.headers, dl.TOPIC), text_of(letter.headers, dl.PARTITION)
    assert topic is not None
    assert partition is not None
    headers = [each for each in letter.headers if not each[0].startswith(dl.MARK) and each[0] != ONLY_FOR]
    return topic, int(partition), letter.value, headers


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
