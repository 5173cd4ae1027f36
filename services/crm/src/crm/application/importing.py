"""Customers come in by a file: kept in sealed chunks first, then taken in chunk by chunk by the deadline worker of whichever replica;
broken off anywhere, it goes on with the chunk that was begun.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from kernel.action import Action
from kernel.deadline import Deadline
from kernel.duties import may

from crm.application.knowing import Knowing
from crm.application.row_owners import owners_of
from crm.application.row_taking import RowTaking
from crm.domain import customer_import as im
from crm.domain import import_chunk as ch
from crm.domain.customer_import import Import, RowReport
from crm.domain.import_chunk import Chunk
from crm.domain.import_reading import Line
from crm.domain.import_rows import Row
from crm.domain.refusals import UnknownImport

CHUNK = 200
AT_ONCE = 8


class Imports(Protocol):
    """Imports, kept."""

    async def load(self, key: str) -> Held[Import]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Import]: ...


class Chunks(Protocol):
    """Chunks, kept and listed."""

    async def load(self, key: str) -> Held[Chunk]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Chunk]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Importing:
    """`opened` reads the lines of a file, lazily."""

    handle: Handler[im.Command, Import, im.Change]
    handle_chunk: Handler[ch.Command, Chunk, ch.Change]
    imports: Imports
    chunks: Chunks
    knowing: Knowing
    opened: Callable[[Path], Iterator[Line]]

    async def open(self, wanted: Import, rows: Iterator[Row], why: Occasion) -> Outcome[Import]:
        """Keep the rows, then open it. Asked again under its key, nothing is read: it is what it was, or the key was used for
        another file.
        """
        known = (await self.imports.load(wanted.import_id)).state
        if known is not None or not may(wanted.actor, Action.MOVE_CUSTOMERS):
            return await self.handle(im.Open(wanted), why)
        chunks = many = 0
        while rows_of := await asyncio.to_thread(_next, rows):
            id_, hashes = chunk_id(wanted, chunks), self._hashes(rows_of)
            chunk = Chunk(id_, wanted.import_id, chunks, why.at, tuple(rows_of), hashes=hashes)
            await self.handle_chunk(ch.Keep(chunk), replace(why, id=f"{why.id}:{chunks}", fingerprint=None))
            chunks, many = chunks + 1, many + len(rows_of)
        return await self.handle(im.Open(replace(wanted, rows=many, chunks=chunks)), why)

    async def go_on(self, import_id: str, deadline: Deadline, why: Occasion) -> Outcome[Import]:
        """Take in the chunk that is due, unless that was done before a crash, and count it."""
        one = (await self.imports.load(import_id)).state
        if one is None:
            raise UnknownImport("There is no such import.")
        chunk = await self._through(one, chunk_id(one, one.done), why)
        counts = im.counted(chunk.report or ()) if chunk else {}
        return await self.handle.fire(deadline, im.Advance(import_id, one.done, counts, why.at), why)

    async def strike(self, hashes: Sequence[str], why: Occasion) -> None:
        """Who had these numbers was erased: nothing of him waits in a file, and no row brings him back (152-FZ art. 21)."""
        gone, after = frozenset(hashes), None
        while gone:
            page = await self.chunks.page(Query(equal={"hashes": tuple(gone)}), AT_ONCE, after)
            for chunk in (held.state for held in page.items if held.state):
                lines = tuple(row.line for row in chunk.rows if not gone.isdisjoint(self._hashes([row])))
                step = replace(why, id=f"{why.id}:{chunk.chunk_id}", remembered=False)
                await self.handle_chunk(ch.Strike(chunk.chunk_id, lines, tuple(gone)), step)
            if (after := page.next) is None:
                return

    async def forget(self, key: str, deadline: Deadline, why: Occasion) -> Outcome[Chunk]:
        """Rows that no import came to."""
        return await self.handle_chunk.fire(deadline, ch.Report(key, ()), why)

    async def _through(self, one: Import, id_: str, why: Occasion) -> Chunk | None:
        """Its report; where somebody was killed over it, what he did is found in the histories of who he did it to."""
        begun = await self.handle_chunk(ch.Begin(id_), replace(why, id=f"{why.id}:{id_}:begun"))
        if begun.state is None or begun.state.report is not None:
            return begun.state

        async def struck(line: int) -> bool:
            his = Query(equal={"import_id": one.import_id, "struck": str(line)})
            return await self.chunks.count(his, most=1) > 0

        owners = await owners_of(self.knowing, one.shop_id)
        row_taking = RowTaking(self.knowing, owners, one, why.at, struck, again=not begun.changes)
        report = await self._taken(begun.state.rows, row_taking)
        return (await self.handle_chunk(ch.Report(id_, report), replace(why, id=f"{why.id}:{id_}"))).state

    def _hashes(self, rows: Sequence[Row]) -> tuple[str, ...]:
        return tuple({self.knowing.phones.hash(phone) for row in rows for phone in row.phones})

    async def _taken(self, rows: Sequence[Row], taking_: RowTaking) -> tuple[RowReport, ...]:
        """Several at once; rows whose number stood in the file before come after the others, one by one, in their order."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(row: Row) -> RowReport:
            async with gate:
                return await taking_.take(row)

        first = await asyncio.gather(*(one(row) for row in rows if row.double_of is None))
        later = [await taking_.take(row) for row in rows if row.double_of is not None]
        return tuple(sorted((*first, *later), key=lambda each: each.line))


def chunk_id(one: Import, number: int) -> str:
    """The same for the same upload; another file has others."""
    return f"{one.import_id}-{one.source}-{number:05d}"


def _next(rows: Iterator[Row]) -> list[Row]:
    return list(islice(rows, CHUNK))
