"""Feeds over HTTP: uploaded or fetched, followed, and let through by a person."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from chassis.http.asking import Asked, Asking, Opening, Who
from chassis.http.fields import Id, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter, Request
from kernel.duties import Action
from pydantic import BaseModel, Field

from procurement.domain.feed import BadRow
from procurement.domain.feed_import import DecideOnImport, FeedImport, ReceiveFeed, Stage
from procurement.domain.refusals import (
    ImportNotHeld,
    NoFeedAddress,
    NotYoursToApprove,
    OwnFeedApproved,
    UnknownImport,
    UnknownSupplier,
)
from procurement.entrypoints.http_suppliers import SupplierId
from procurement.entrypoints.uploads import uploaded
from procurement.entrypoints.wired import HandleImport, ImportsKept, LargestFeed, Receives, Wakes, duty

router = APIRouter(tags=["feeds"])

FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "A YML catalogue."},
                        "accept_stale": {
                            "type": "boolean",
                            "description": "Sell from it whatever its age.",
                        },
                    },
                }
            }
        },
    }
}


class BadRowOut(BaseModel):
    """A row that was passed over."""

    line: int
    offer_id: str
    reason: str


class ImportOut(BaseModel):
    """An import and how far it has come."""

    import_id: str
    supplier_id: str
    stage: str = Field(description="waiting, reading, held, applying, done, discarded or failed.")
    by: str
    received_at: datetime
    ended_at: datetime | None
    dated: datetime | None = Field(description="As of when the feed says it is.")
    accept_stale: bool
    good: int
    bad: int
    new: int
    changed: int
    same: int
    gone: int
    bad_rows: list[BadRowOut] = Field(description="The first hundred.")
    broken: BadRowOut | None = Field(description="Where the file broke; what stood before was taken over.")
    would_lose: int | None = Field(
        description="Of a held feed: how many available offers it would take away."
    )
    of_available: int | None
    approved_by: str | None
    reason: str


class Wish(BaseModel):
    """What an upload asks for, by which a repeated one is known."""

    digest: str | None
    accept_stale: bool


class DecisionIn(BaseModel):
    approve: bool
    reason: Words = ""


@router.post(
    "/suppliers/{supplier_id}/feeds",
    status_code=HTTPStatus.ACCEPTED,
    dependencies=[duty(Action.IMPORT_FEED)],
    responses=refusals(UnknownSupplier),
    openapi_extra=FORM,
)
async def upload_feed(
    supplier_id: SupplierId, request: Request, asked: Opening, receives: Receives, largest: LargestFeed
) -> ImportOut:
    """Upload a supplier's catalogue; the import goes on by itself, see `GET /imports/{id}`."""
    async with uploaded(request, most_bytes=largest) as given:
        wish = Wish(digest=given.digest, accept_stale=_is_yes(given.fields.get("accept_stale", "")))
        command = _receive(asked, supplier_id, from_address=False, accept_stale=wish.accept_stale)
        outcome = await receives.upload(command, given.path, asked.occasion(wish))
    assert outcome.state is not None
    return _out(outcome.state)


@router.post(
    "/suppliers/{supplier_id}/fetch",
    status_code=HTTPStatus.ACCEPTED,
    dependencies=[duty(Action.IMPORT_FEED)],
    responses=refusals(UnknownSupplier, NoFeedAddress),
)
async def fetch_feed(
    supplier_id: SupplierId, asked: Opening, receives: Receives, accept_stale: bool = False
) -> ImportOut:
    """Fetch the supplier's catalogue from its address now."""
    wish = Wish(digest=None, accept_stale=accept_stale)
    command = _receive(asked, supplier_id, from_address=True, accept_stale=accept_stale)
    outcome = await receives.fetch(command, asked.occasion(wish))
    assert outcome.state is not None
    return _out(outcome.state)


@router.get("/imports")
async def list_imports(
    _: Who,
    imports: ImportsKept,
    page: Paging,
    supplier_id: SupplierId | None = None,
    stage: Stage | None = None,
) -> PageOut[ImportOut]:
    """Imports, the newest first."""
    asked = {"supplier_id": supplier_id, "stage": stage.value if stage else None}
    equal = {name: value for name, value in asked.items() if value is not None}
    found = await imports.page(Query(equal, order="received_at", descending=True), page.limit, page.cursor)
    return PageOut(items=[_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/imports/{import_id}", responses=refusals(UnknownImport))
async def show_import(_: Who, import_id: Id, imports: ImportsKept) -> ImportOut:
    """How far an import has come, and which rows were bad."""
    state = (await imports.load(import_id)).state
    if state is None:
        raise UnknownImport(f"There is no import {import_id}.")
    return _out(state)


@router.post(
    "/imports/{import_id}/approval",
    responses=refusals(UnknownImport, ImportNotHeld, OwnFeedApproved, NotYoursToApprove),
)
async def decide_on_import(
    import_id: Id, body: DecisionIn, asked: Asking, handle: HandleImport, wakes: Wakes
) -> ReceiptOut:
    """Let a held feed through, or discard it; somebody else than who brought it in."""
    command = DecideOnImport(import_id, body.approve, asked.actor, body.reason, asked.at)
    outcome = await handle(command, asked.occasion(body))
    wakes.wake(import_id)
    return receipt(outcome)


@router.get("/imports/{import_id}/timeline", responses=refusals(UnknownImport))
async def show_import_timeline(_: Who, import_id: Id, imports: ImportsKept) -> TimelineOut:
    """What happened to an import."""
    entries = await imports.history(import_id)
    if not entries:
        raise UnknownImport(f"There is no import {import_id}.")
    return timeline(import_id, entries)


def _receive(asked: Asked, supplier_id: str, *, from_address: bool, accept_stale: bool) -> ReceiveFeed:
    return ReceiveFeed(
        asked.derived_id("import"), supplier_id, asked.actor.id, from_address, accept_stale, asked.at
    )


def _is_yes(text: str) -> bool:
    return text.strip().casefold() in ("true", "1", "yes", "on")


def _bad(row: BadRow) -> BadRowOut:
    return BadRowOut(line=row.line, offer_id=row.code, reason=row.reason)


def _out(now: FeedImport) -> ImportOut:
    tally, broken = now.tally, now.tally.broken
    return ImportOut(
        import_id=now.import_id,
        supplier_id=now.supplier_id,
        stage=now.stage.value,
        by=now.by,
        received_at=now.received_at,
        ended_at=now.ended_at,
        dated=tally.dated,
        accept_stale=now.accept_stale,
        good=tally.good,
        bad=tally.bad,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        gone=tally.gone,
        bad_rows=[_bad(row) for row in tally.bad_rows],
        broken=BadRowOut(line=broken.line, offer_id="", reason=broken.reason) if broken else None,
        would_lose=now.wiping.lost if now.wiping else None,
        of_available=now.wiping.of if now.wiping else None,
        approved_by=now.approved_by,
        reason=now.reason,
    )
