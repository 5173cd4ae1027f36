"""Things in memory, for component tests: the same promises as MongoDB's store, kept by one dictionary.

Every state goes through the codec, so what MongoDB could not keep is found here too.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from kernel.deadline import Deadline

from chassis.documents import Codec, Documents, Listed, Seals
from chassis.handling import AlreadyInUse, Conflict, Entry, Held, OutboxFull, Receipt, Taken, Writing
from chassis.layout import HEARD, INBOX, MOST_OWED, by_name
from chassis.listing import Page, Query, cursor, read_cursor
from chassis.records import Record

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class _Kept:
    raw: dict[str, Any]
    version: int
    sequence: int
    listed: Mapping[str, Listed]
    outbox: tuple[Record, ...]
    owing_since: datetime | None
    opened: Receipt | None
    inbox: tuple[Receipt, ...]
    heard: dict[str, int]
    deadlines: tuple[Deadline, ...]
    fired: frozenset[Deadline]
    history: tuple[Entry, ...]


class MemoryStore(Generic[S]):
    """Keeps things of one kind until the process ends."""

    def __init__(self, documents: Documents[S], vault: Seals | None = None) -> None:
        self.name = documents.collection
        self.codec = Codec(documents, vault)
        self._documents = documents
        self._kept: dict[str, _Kept] = {}

    async def prepare(self) -> None:
        """Nothing to make ready."""

    async def load(self, key: str) -> Held[S]:
        kept = self._kept.get(key)
        return Held(key) if kept is None else self._held(key, kept)

    async def load_many(self, keys: Sequence[str]) -> list[Held[S]]:
        return [await self.load(key) for key in keys]

    async def save(self, held: Held[S], writing: Writing[S]) -> None:
        kept = self._kept.get(held.key)
        if held.version == 0 and kept is not None:
            raise Taken(held.key)
        if held.version != (kept.version if kept else 0):
            raise Conflict(held.key)
        if kept and writing.owing and len(kept.outbox) >= MOST_OWED:
            raise OutboxFull(f"{self.name}/{held.key} owes {MOST_OWED} facts; Kafka has to take them first")
        self._kept[held.key] = self._after(held, kept, writing)

    async def save_many(self, batch: Sequence[tuple[Held[S], Writing[S]]]) -> list[str]:
        lost: list[str] = []
        for held, writing in batch:
            try:
                await self.save(held, writing)
            except Conflict:
                lost.append(held.key)
        return lost

    async def history(self, key: str) -> list[Entry]:
        kept = self._kept.get(key)
        return list(kept.history) if kept else []

    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[S]:
        """Things in the order asked, from the cursor on."""
        places = sorted(
            (_place(query, key, kept) for key, kept in self._fitting(query)), reverse=query.descending
        )
        if after is not None:
            value, key = read_cursor(after)
            last = (_sortable(value), key)
            places = [place for place in places if (place < last if query.descending else place > last)]
        keys = [key for _, key in places[: limit + 1]]
        items = [self._held(key, self._kept[key]) for key in keys[:limit]]
        if len(keys) <= limit:
            return Page(items, None)
        end = keys[limit - 1]
        place = end if query.order == "_id" else self._kept[end].listed.get(query.order)
        return Page(items, cursor(place, end))

    async def count(self, query: Query, *, most: int | None = None) -> int:
        """How many things fit; counting ends at `most`."""
        return len(self._fitting(query)[:most])

    async def versions(self, query: Query) -> dict[str, int]:
        """Of each thing that fits its version."""
        return {key: kept.version for key, kept in self._fitting(query)}

    async def owed(self, key: str) -> list[Record]:
        """The facts this thing owes, oldest first."""
        return list(self._kept[key].outbox) if key in self._kept else []

    async def unclaimed(self, now: datetime, limit: int) -> list[str]:
        """Things that owe facts, the longest owing first; in one process nobody else has a lease."""
        owing = [(kept.owing_since, key) for key, kept in self._kept.items() if kept.owing_since]
        return [key for since, key in sorted(owing) if since <= now][:limit]

    async def claim(self, key: str, now: datetime) -> bool:
        """There is nobody to be quicker."""
        del now
        return key in self._kept

    async def forget(self, sent: Mapping[str, Sequence[str]]) -> None:
        """Take acknowledged facts out of their outboxes."""
        for key, ids in sent.items():
            kept = self._kept[key]
            rest = tuple(each for each in kept.outbox if each.id not in ids)
            since = kept.owing_since if len(rest) == len(kept.outbox) else datetime.now(UTC)
            self._kept[key] = replace(kept, outbox=rest, owing_since=since if rest else None)

    async def backlog(self) -> tuple[int, datetime | None]:
        """How many things owe facts, and since when the oldest."""
        since = [kept.owing_since for kept in self._kept.values() if kept.owing_since]
        return len(since), min(since, default=None)

    async def due(self, now: datetime, limit: int) -> list[tuple[str, Deadline]]:
        """Deadlines that have passed by `now`, the oldest first."""
        passed = [
            (key, each) for key, kept in self._kept.items() for each in kept.deadlines if each.at <= now
        ]
        return sorted(passed, key=lambda due: due[1].at)[:limit]

    def raw(self, key: str) -> dict[str, Any]:
        """The state as it would lie on the disk."""
        return deepcopy(self._kept[key].raw)

    def _held(self, key: str, kept: _Kept) -> Held[S]:
        return Held(
            key=key,
            state=self.codec.load(key, self._documents.schema, deepcopy(kept.raw)),
            version=kept.version,
            sequence=kept.sequence,
            inbox=by_name((kept.opened, *kept.inbox)),
            heard=kept.heard,
            fired=kept.fired,
            due=kept.deadlines,
            owing=tuple(each.id for each in kept.outbox),
        )

    def _after(self, held: Held[S], kept: _Kept | None, writing: Writing[S]) -> _Kept:
        listed = {n: v for n, v in self._documents.listed(writing.state).items() if v is not None}
        self._guard_unique(held.key, listed)
        heard = dict(held.heard)
        if writing.heard:
            heard[writing.heard[0]] = max(writing.heard[1], heard.pop(writing.heard[0], 0))
        return _Kept(
            raw=self.codec.dump(held.key, writing.state),
            version=writing.version,
            sequence=writing.sequence,
            listed=listed,
            outbox=(*(kept.outbox if kept else ()), *writing.owing),
            owing_since=(kept and kept.owing_since) or (datetime.now(UTC) if writing.owing else None),
            opened=kept.opened if kept else writing.receipt,
            inbox=(*kept.inbox, *((writing.receipt,) if writing.receipt else ()))[-INBOX:] if kept else (),
            heard=dict(list(heard.items())[-HEARD:]),
            deadlines=writing.deadlines,
            fired=writing.fired,
            history=(*(kept.history if kept else ()), *((writing.entry,) if writing.entry else ())),
        )

    def _guard_unique(self, key: str, listed: Mapping[str, Listed]) -> None:
        for fields in self._documents.unique:
            mine = [listed.get(name) for name in fields]
            others = (
                [k.listed.get(name) for name in fields] for other, k in self._kept.items() if other != key
            )
            if None not in mine and mine in others:
                names = ", ".join(fields)
                raise AlreadyInUse(f"Another of {self.name} has the same {names}.", field=names)

    def _fitting(self, query: Query) -> list[tuple[str, _Kept]]:
        return [(key, kept) for key, kept in self._kept.items() if _fits(query, kept.listed)]


def _fits(query: Query, listed: Mapping[str, Listed]) -> bool:
    within = all(_equals(listed.get(name), value) for name, value in query.equal.items())
    both = [*((n, v, 1) for n, v in query.at_most.items()), *((n, v, -1) for n, v in query.at_least.items())]
    return within and all(_bounded(listed.get(name), value, way) for name, value, way in both)


def _equals(kept: Listed, asked: Listed) -> bool:
    one_of = asked if isinstance(asked, list | tuple) else [asked]
    have = kept if isinstance(kept, list | tuple) else [kept]
    return any(each in one_of for each in have)


def _bounded(kept: Any, bound: Any, way: int) -> bool:
    return kept is not None and (kept <= bound if way > 0 else kept >= bound)


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def _place(query: Query, key: str, kept: _Kept) -> tuple[tuple[bool, Any], str]:
    return _sortable(key if query.order == "_id" else kept.listed.get(query.order)), key
