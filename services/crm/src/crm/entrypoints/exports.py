"""Customers go out as a table, over HTTP; and who took them out, when, how many and why."""

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from chassis.chassis import Listing
from chassis.http.asking import Asking, asked_by
from chassis.http.fields import Id, Line
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import DUTIES
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field
from starlette.types import Receive, Scope, Send

from crm.application.exporting import Exporting
from crm.domain.customer_export import Export
from crm.domain.handover import Stage
from crm.domain.refusals import NotATable
from crm.entrypoints.customer_models import READERS, Asked

router = APIRouter(tags=["customers in and out"])
PIECE = 256 * 1024
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Taker = Annotated[Actor, Depends(asked_by(*(each for each in READERS if each is not Role.SERVICE)))]
Overseer = Annotated[
    Actor, Depends(asked_by(*DUTIES[Action.EXPORT_PERSON].roles | DUTIES[Action.MOVE_CUSTOMERS].roles))
]


class ExportIn(Asked):
    """Masked, unless `unmasked`; `reason` is kept, sealed, with who, when and how many."""

    reason: Line
    unmasked: bool = False
    format: Literal["csv", "xlsx"] = "xlsx"
    language: Literal["ru", "en"] = "ru"
    shop_id: Id | None = None
    owner_id: Id | None = None
    stage: Stage | None = None


class ExportOut(BaseModel):
    """Who took customers out."""

    export_id: str
    by: str
    at: datetime
    count: int
    unmasked: bool
    reason: str
    chosen: dict[str, str] = Field(description="By what they were chosen; empty: all.")
    format: str
    refused: bool = Field(description="Somebody tried whose duty it is not.")


class GivenOut(StreamingResponse):
    """The table, piece by piece; its file is closed with the last of them, and when the caller goes away before."""

    def __init__(self, file: BinaryIO, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(iter(partial(file.read, PIECE), b""), media_type=media_type, headers=headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As any response."""
        with self._file:
            await super().__call__(scope, receive, send)


async def exporting(request: Request) -> Exporting:
    """The wired use case."""
    return request.app.state.exporting


async def kept(request: Request) -> Listing[Export]:
    """Where the records are kept."""
    return request.app.state.customer_exports


@router.post(
    "/customers:export", response_class=StreamingResponse, responses=refusals(NotATable, NotYourDuty)
)
async def export_customers(
    body: ExportIn, taker: Taker, asked: Asking, exports: Annotated[Exporting, Depends(exporting)]
) -> StreamingResponse:
    """A table of customers, `phones` masked unless somebody may and says so; it is written down before a byte is given out."""
    given = {"shop_id": body.shop_id, "owner_id": body.owner_id, "stage": body.stage and body.stage.value}
    chosen = {name: value for name, value in given.items() if value is not None}
    id_ = asked.derived_id("customer-export")
    reason = Personal(body.reason)
    wanted = Export(id_, taker.id, asked.at, 0, body.unmasked, reason, chosen, body.format)
    with tempfile.TemporaryDirectory(prefix="opblok-export-") as folder:
        path = Path(folder) / "table"
        table = exports.tables[body.format](path)
        await exports.write(wanted, taker, table, body.language, asked.occasion(body))
        file = path.open("rb")  # it outlives its name, and goes with the last who reads it
    name = {
        "Content-Disposition": f'attachment; filename="customers.{body.format}"',
        "Cache-Control": "no-store",
    }

    return GivenOut(file, media_type=MEDIA[body.format], headers=name)


@router.get("/customer-exports")
async def list_exports(
    actor: Overseer,
    page: Paging,
    exports: Annotated[Listing[Export], Depends(kept)],
    *,
    unmasked: bool | None = None,
) -> PageOut[ExportOut]:
    """Who took customers out or tried to, the newest first."""
    del actor
    equal = {} if unmasked is None else {"unmasked": unmasked}
    found = await exports.page(Wanted(equal=equal, order="at", descending=True), page.limit, page.cursor)
    return PageOut(items=[_out(held.state) for held in found.items if held.state], next=found.next)


def _out(one: Export) -> ExportOut:
    return ExportOut(
        export_id=one.export_id, by=one.actor_id, at=one.at, count=one.count, unmasked=one.unmasked,
        reason=one.reason.value, chosen=one.chosen, format=one.format, refused=one.refused,
    )  # fmt: skip
