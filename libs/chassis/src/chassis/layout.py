"""The layout of a thing's document: what stands where, both ways. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from kernel.deadline import Deadline

from chassis.documents import Codec
from chassis.handling import Entry, Held, Receipt, Writing
from chassis.listing import Query
from chassis.records import Record

S = TypeVar("S")
Document = dict[str, Any]
MOST_OWED = 500
INBOX = 200
HEARD = 200
LOADED = {
    "version": 1, "schema": 1, "state": 1, "sequence": 1, "inbox": 1, "heard": 1, "fired": 1, "outbox.id": 1, "opened": 1,
    "deadlines": 1,
}  # fmt: skip


def as_inserted(held: Held[S], writing: Writing[S], codec: Codec[S], *, lease: Document) -> Document:
    """The document of a thing that is opened. What opened it is kept for as long as it lives, beside the inbox."""
    document: Document = {"_id": held.key, **_set(held, writing, codec)}
    document["outbox"] = [record_as(each) for each in writing.owing]
    document["opened"] = receipt_as(writing.receipt) if writing.receipt else None
    document["inbox"] = []
    document["history"] = [entry_as(writing.entry)] if writing.entry else []
    if writing.owing:
        document["outbox_at"] = datetime.now(UTC)
        document["relay"] = lease
    if writing.deadlines:
        document["next_due_at"] = min(each.at for each in writing.deadlines)
    return document


def as_changed(held: Held[S], writing: Writing[S], codec: Codec[S], *, lease: Document) -> Document:
    """The update of a thing that is there: one for all that a save writes."""
    sets: Document = _set(held, writing, codec)
    update: Document = {"$set": sets}
    push: Document = {}
    if writing.owing:
        push["outbox"] = {"$each": [record_as(each) for each in writing.owing]}
        sets["relay"] = lease
        update["$min"] = {"outbox_at": datetime.now(UTC)}
    if writing.receipt:
        push["inbox"] = {"$each": [receipt_as(writing.receipt)], "$slice": -INBOX}
    if writing.entry:
        push["history"] = {"$each": [entry_as(writing.entry)]}
    if push:
        update["$push"] = push
    if writing.deadlines:
        sets["next_due_at"] = min(each.at for each in writing.deadlines)
    else:
        update["$unset"] = {"next_due_at": ""}
    return update


def _set(held: Held[S], writing: Writing[S], codec: Codec[S]) -> Document:
    heard = dict(held.heard)
    if writing.heard:
        thing, sequence = writing.heard
        heard[thing] = max(sequence, heard.pop(thing, 0))
    return {
        "version": writing.version,
        "schema": codec.documents.schema,
        "state": codec.dump(held.key, writing.state),
        "listed": {
            name: value for name, value in codec.documents.listed(writing.state).items() if value is not None
        },
        "sequence": writing.sequence,
        "deadlines": [deadline_as(each) for each in writing.deadlines],
        "fired": [deadline_as(each) for each in writing.fired],
        "heard": [[thing, sequence] for thing, sequence in list(heard.items())[-HEARD:]],
    }


def as_read(document: Document, codec: Codec[S]) -> Held[S]:
    """The thing as the handler holds it."""
    return Held(
        key=document["_id"],
        state=codec.load(document["_id"], document["schema"], document["state"]),
        version=document["version"],
        sequence=document["sequence"],
        inbox=by_name(receipt_of(each) for each in (document.get("opened"), *document["inbox"]) if each),
        heard=dict(document["heard"]),
        fired=frozenset(map(deadline_of, document["fired"])),
        due=tuple(map(deadline_of, document["deadlines"])),
        owing=tuple(each["id"] for each in document["outbox"]),
    )


def by_name(receipts: Iterable[Receipt | None]) -> dict[str, Receipt]:
    """Receipts by each name that their occasion may come under again."""
    return {name: each for each in receipts if each for name in (each.id, each.twin) if name}


def selection(query: Query) -> Document:
    """A query in MongoDB's words."""
    where: Document = {}
    for name, value in query.equal.items():
        where[f"listed.{name}"] = {"$in": list(value)} if isinstance(value, list | tuple) else value
    for operator, bounds in (("$lte", query.at_most), ("$gte", query.at_least)):
        for name, value in bounds.items():
            where.setdefault(f"listed.{name}", {})[operator] = value
    return where


def beyond(field: str, past: str, value: Any, key: str) -> Document:
    """What comes after a page that ended at this value and key. MongoDB sorts a missing field before any value."""
    if field == "_id":
        return {"_id": {past: key}}
    same = {field: value, "_id": {past: key}}
    if value is None:
        return {"$or": [same, {field: {"$ne": None}}]} if past == "$gt" else same
    return {"$or": [{field: {past: value}}, same, *([] if past == "$gt" else [{field: None}])]}


def value_at(document: Mapping[str, Any], order: str) -> Any:
    """The value that a page was sorted by."""
    return document["_id"] if order == "_id" else document["listed"].get(order)


def record_as(record: Record) -> Document:
    return {
        "id": record.id,
        "topic": record.topic,
        "key": record.key,
        "headers": [list(pair) for pair in record.headers],
        "value": record.value,
    }


def record_of(raw: Mapping[str, Any]) -> Record:
    headers: Sequence[Sequence[str]] = raw["headers"]
    return Record(raw["id"], raw["topic"], raw["key"], tuple((n, v) for n, v in headers), bytes(raw["value"]))


def receipt_as(receipt: Receipt) -> Document:
    return {
        "id": receipt.id,
        "twin": receipt.twin,
        "fingerprint": receipt.fingerprint,
        "version": receipt.version,
        "changes": list(receipt.changes),
        "refusal": receipt.refusal and dict(receipt.refusal),
    }


def receipt_of(raw: Mapping[str, Any]) -> Receipt:
    return Receipt(
        raw["id"], raw["twin"], raw["fingerprint"], raw["version"], tuple(raw["changes"]), raw["refusal"]
    )


def entry_as(entry: Entry) -> Document:
    return {
        "number": entry.number,
        "what": list(entry.what),
        "told": list(entry.told),
        "at": entry.at.astimezone(UTC).isoformat(),
        "who": entry.who,
        "why": entry.why,
    }


def entry_of(raw: Mapping[str, Any]) -> Entry:
    at = datetime.fromisoformat(raw["at"])
    return Entry(raw["number"], tuple(raw["what"]), tuple(raw["told"]), at, raw["who"], raw["why"])


def deadline_as(deadline: Deadline) -> list[str]:
    """As text, since a BSON date has no microseconds and a deadline is known by its exact moment."""
    return [deadline.name, deadline.at.astimezone(UTC).isoformat()]


def deadline_of(raw: Sequence[str]) -> Deadline:
    return Deadline(raw[0], datetime.fromisoformat(raw[1]))
