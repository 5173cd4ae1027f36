"""Customers come in by a file, over HTTP: opened with the file, followed by its id, row by row where somebody asks."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

from chassis.http.asking import Opening, asked_by
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Query, Request
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES, may
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from crm.application.importing import Importing
from crm.domain.customer_import import Fate, Import
from crm.domain.import_reading import rows
from crm.domain.import_rows import Column
from crm.domain.refusals import NotATable, UnknownImport

router = APIRouter(tags=["customers in and out"])
MOST_BYTES = 64 << 20
Mover = Annotated[Actor, Depends(asked_by(*DUTIES[Action.MOVE_CUSTOMERS].roles))]
FILE = {
    "requestBody": {
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    }
}
Named = Annotated[str, Field(pattern=r"^[^=]{1,200}=(phone|name|address|owner|no_calls|)$")]


class ImportAsked(BaseModel):
    """What a key stands for."""

    digest: str
    trial: bool
    columns: list[str]
    shop_id: str


class ImportOut(BaseModel):
    """How far it is. `counts`: rows by what became of them."""

    import_id: str
    opened_at: datetime
    by: str
    trial: bool = Field(description="Nothing is changed; the report says what would be.")
    rows: int
    read: int = Field(description="How many rows are through.")
    counts: dict[Fate, int]
    ended_at: datetime | None


class RowOut(BaseModel):
    """What became of a row, or would; nothing of what stands in it."""

    line: int = Field(description="As a spreadsheet numbers it; of CSV, the line it begins on.")
    fate: Fate
    notes: list[str] = Field(description="Why, or what of it was not taken over.")
    customer_id: str | None
    double_of: int | None = Field(description="The line of this file that has one of its numbers before.")


async def importing(request: Request) -> Importing:
    """The wired use case."""
    return request.app.state.importing


Imports = Annotated[Importing, Depends(importing)]


@router.post(
    "/customers:import", status_code=202, responses=refusals(NotATable, NotYourDuty), openapi_extra=FILE
)
async def import_customers(
    request: Request,
    asked: Opening,
    imports: Imports,
    *,
    shop_id: Id = "main",
    trial: bool = False,
    column: Annotated[list[Named] | None, Query(max_length=50)] = None,
) -> ImportOut:
    """The body is the file, CSV or XLSX, with headings in its first row. `column`: what a heading means where it does not tell by
    itself, `Mobile=phone`; `Note=` is passed over. Follow it by its id; the same key and file again: the same import.
    """
    with tempfile.TemporaryDirectory(prefix="opblok-import-") as folder:
        path = Path(folder) / "table"
        digest = await _written(request.stream(), path)
        named = dict(each.rsplit("=", 1) for each in column or ())
        said = {heading: Column(word) if word else None for heading, word in named.items()}
        wanted = Import(
            asked.derived_id("customer-import"), shop_id, asked.actor, asked.at, 0, 0, trial, digest[:16]
        )
        may_he = may(asked.actor, Action.MOVE_CUSTOMERS)  # who may not has tried; his file is not read
        read = await asyncio.to_thread(lambda: rows(imports.opened(path), said)) if may_he else iter(())
        body = ImportAsked(digest=digest, trial=trial, columns=sorted(column or ()), shop_id=shop_id)
        done = await imports.open(wanted, read, asked.occasion(body))
    assert done.state is not None
    return _out(done.state)


@router.get("/customer-imports")
async def list_imports(actor: Mover, page: Paging, imports: Imports) -> PageOut[ImportOut]:
    """The newest first."""
    del actor
    found = await imports.imports.page(Wanted(order="opened_at", descending=True), page.limit, page.cursor)
    return PageOut(items=[_out(held.state) for held in found.items if held.state], next=found.next)


@router.get("/customer-imports/{import_id}", responses=refusals(UnknownImport))
async def read_import(import_id: Id, actor: Mover, imports: Imports) -> ImportOut:
    """How far it is, and what became of its rows so far."""
    del actor
    found = (await imports.imports.load(import_id)).state
    if found is None:
        raise UnknownImport("There is no such import.")
    return _out(found)


@router.get("/customer-imports/{import_id}/rows")
async def list_rows(
    import_id: Id, actor: Mover, page: Paging, imports: Imports, fate: Fate | None = None
) -> PageOut[RowOut]:
    """What became of each row that is through, a chunk of the file a page, in its order; of one fate where it is named."""
    del actor
    equal: dict[str, str | bool] = {"import_id": import_id, "reported": True}
    found = await imports.chunks.page(
        Wanted(equal=equal | ({"fates": fate.value} if fate else {})), 1, page.cursor
    )
    report = [row for held in found.items if held.state for row in held.state.report or ()]
    items = [
        RowOut(
            line=row.line,
            fate=row.fate,
            notes=list(row.notes),
            customer_id=row.customer_id,
            double_of=row.double_of,
        )
        for row in report
        if fate in (None, row.fate)
    ]
    return PageOut(items=items, next=found.next)


async def _written(pieces: AsyncIterator[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as into:
        async for piece in pieces:
            digest.update(piece)
            into.write(piece)
    return digest.hexdigest()


def _out(one: Import) -> ImportOut:
    return ImportOut(
        import_id=one.import_id, opened_at=one.opened_at, by=one.actor.id, trial=one.trial, rows=one.rows,
        read=sum(one.counts.values()), counts={Fate(fate): many for fate, many in one.counts.items()}, ended_at=one.ended_at,
    )  # fmt: skip
