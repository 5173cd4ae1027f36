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
from crm.application.row_taking import RowTaking, taking
from crm.domain import customer_import as im
from crm.domain.customer_import import Chunk, Import, RowReport
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


@dataclass(frozen=True, slots=True)
class Importing:
    """`opened` reads the lines of a file, lazily."""

    handle: Handler[im.Command, Import, im.Change]
    handle_chunk: Handler[im.Keep | im.Report, Chunk, im.ChunkKept | im.ChunkReported]
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
            chunk = Chunk(chunk_id(wanted, chunks), wanted.import_id, chunks, why.at, tuple(rows_of))
            await self.handle_chunk(im.Keep(chunk), replace(why, id=f"{why.id}:{chunks}", fingerprint=None))
            chunks, many = chunks + 1, many + len(rows_of)
        return await self.handle(im.Open(replace(wanted, rows=many, chunks=chunks)), why)

    async def go_on(self, import_id: str, deadline: Deadline, why: Occasion) -> Outcome[Import]:
        """Take in the chunk that is due, unless that was done before a crash, and count it."""
        one = (await self.imports.load(import_id)).state
        if one is None:
            raise UnknownImport("There is no such import.")
        id_ = chunk_id(one, one.done)
        chunk = (await self.chunks.load(id_)).state
        if chunk is not None and chunk.report is None:
            report = await self._taken(chunk.rows, await taking(self.knowing, one, why.at))
            chunk = (
                await self.handle_chunk(im.Report(id_, report), replace(why, id=f"{why.id}:{id_}"))
            ).state
        counts = im.counted(chunk.report or ()) if chunk else {}
        return await self.handle.fire(deadline, im.Advance(import_id, one.done, counts, why.at), why)

    async def forget(self, key: str, deadline: Deadline, why: Occasion) -> Outcome[Chunk]:
        """Rows that no import came to."""
        return await self.handle_chunk.fire(deadline, im.Report(key, ()), why)

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
