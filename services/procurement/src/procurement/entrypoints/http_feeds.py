"""Feeds over HTTP: uploaded or fetched, followed, and let through by a person."""

from http import HTTPStatus
from typing import Any

from chassis.http.asking import Asked, Asking, Opening
from chassis.http.fields import Id, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter, Request
from kernel.action import Action
from pydantic import BaseModel

from procurement.domain.feed_import import Stage
from procurement.domain.feed_import_commands import DecideOnImport, ReceiveFeed
from procurement.domain.refusals import (
    ImportNotHeld,
    NoFeedAddress,
    NotYoursToApprove,
    OwnFeedApproved,
    UnknownImport,
    UnknownSupplier,
)
from procurement.entrypoints.feed_models import ImportOut, import_out
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.uploads import uploaded
from procurement.entrypoints.wired import (
    READS,
    HandleImport,
    ImportsKept,
    LargestFeed,
    Reader,
    Receives,
    Wakes,
    duty,
)

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
    return import_out(outcome.state)


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
    return import_out(outcome.state)


@router.get("/imports")
async def list_imports(
    _: Reader,
    imports: ImportsKept,
    page: Paging,
    supplier_id: SupplierId | None = None,
    stage: Stage | None = None,
) -> PageOut[ImportOut]:
    """Imports, the newest first."""
    asked = {"supplier_id": supplier_id, "stage": stage.value if stage else None}
    equal = {name: value for name, value in asked.items() if value is not None}
    found = await imports.page(Query(equal, order="received_at", descending=True), page.limit, page.cursor)
    return PageOut(items=[import_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/imports/{import_id}", responses=refusals(UnknownImport))
async def show_import(_: Reader, import_id: Id, imports: ImportsKept) -> ImportOut:
    """How far an import has come, and which rows were bad."""
    state = (await imports.load(import_id)).state
    if state is None:
        raise UnknownImport(f"There is no import {import_id}.")
    return import_out(state)


@router.post(
    "/imports/{import_id}/approval",
    dependencies=[READS],
    responses=refusals(UnknownImport, ImportNotHeld, OwnFeedApproved, NotYoursToApprove),
)
async def decide_on_import(
    import_id: Id, body: DecisionIn, asked: Asking, handle: HandleImport, wakes: Wakes
) -> ReceiptOut:
    """Let a held feed through, which somebody else than who brought it in does; or discard it, as anybody on the staff may."""
    command = DecideOnImport(import_id, body.approve, asked.actor, body.reason, asked.at)
    outcome = await handle(command, asked.occasion(body))
    wakes.wake(import_id)
    return receipt(outcome)


@router.get("/imports/{import_id}/timeline", responses=refusals(UnknownImport))
async def show_import_timeline(_: Reader, import_id: Id, imports: ImportsKept) -> TimelineOut:
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
