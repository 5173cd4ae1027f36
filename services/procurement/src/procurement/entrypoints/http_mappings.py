"""What a feed's columns mean, over HTTP: guessed, shown before it is applied, and kept per supplier (R43)."""

from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter
from kernel.action import Action
from kernel.refused_duty import NotYourDuty

from procurement.domain.feed_import import FeedImport
from procurement.domain.feed_mapping import AcceptMapping
from procurement.domain.feed_sight import FeedMapping, Sight, guessed, wrong_with
from procurement.domain.feed_table import as_read
from procurement.domain.refusals import MappingDoesNotFit, NoMappingAsked, UnknownImport, UnknownSupplier
from procurement.entrypoints.mapping_models import (
    AcceptedOut,
    MappingIn,
    MappingsOut,
    ReadRowOut,
    SightOut,
    TrialIn,
    column_out,
    mapping_of,
    read_row_out,
)
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import MappingsKept, MapsFeeds, Reader, duty

router = APIRouter(tags=["feeds"])


@router.get(
    "/imports/{import_id}/mapping",
    dependencies=[duty(Action.MAP_FEED)],
    responses=refusals(UnknownImport, NoMappingAsked),
)
async def show_sight(import_id: Id, maps: MapsFeeds) -> SightOut:
    """What is guessed of an import's columns, and its first rows as they would be read. Nothing is applied yet."""
    now, sight = await maps.seen(import_id)
    mapping = guessed(sight)
    return SightOut(
        import_id=import_id,
        supplier_id=now.supplier_id,
        kind=sight.kind.value,
        fingerprint=sight.fingerprint,
        part=sight.part,
        told=sight.told,
        header_line=sight.header_line,
        columns=[column_out(each, sight) for each in sight.guesses],
        left_out=sight.left_out,
        rows=_rows(now, sight, mapping),
        missing=wrong_with(mapping, sight),
    )


@router.post(
    "/imports/{import_id}/mapping/trial",
    dependencies=[duty(Action.MAP_FEED)],
    responses=refusals(UnknownImport, NoMappingAsked),
)
async def try_mapping(import_id: Id, body: TrialIn, maps: MapsFeeds) -> list[ReadRowOut]:
    """The first rows as they would be read by another mapping. Changes nothing."""
    now, sight = await maps.seen(import_id)
    return _rows(now, sight, mapping_of(body.uses, sight))


@router.put(
    "/suppliers/{supplier_id}/mapping",
    responses=refusals(UnknownSupplier, UnknownImport, NoMappingAsked, MappingDoesNotFit, NotYourDuty),
)
async def accept_mapping(
    supplier_id: SupplierId, body: MappingIn, asked: Asking, maps: MapsFeeds
) -> ReceiptOut:
    """Say yes to what was guessed of an import, or what its columns mean instead. Imports that waited for it go on, and feeds
    of the same header go by it from now on.
    """
    now, sight = await maps.seen(body.import_id)
    if now.supplier_id != supplier_id:
        raise UnknownImport(f"There is no import {body.import_id} of {supplier_id}.")
    mapping = guessed(sight) if body.uses is None else mapping_of(body.uses, sight)
    command = AcceptMapping(supplier_id, body.import_id, mapping, sight, asked.actor, asked.at)
    return receipt(await maps.accept(command, asked.occasion(body)))


@router.get("/suppliers/{supplier_id}/mapping")
async def show_mappings(_: Reader, supplier_id: SupplierId, mappings: MappingsKept) -> MappingsOut:
    """What people said of this supplier's feeds, by header."""
    state = (await mappings.load(supplier_id)).state
    known = [AcceptedOut.of(each) for each in state.known] if state else []
    return MappingsOut(supplier_id=supplier_id, known=known)


@router.get("/suppliers/{supplier_id}/mapping/timeline", responses=refusals(UnknownSupplier))
async def show_mappings_timeline(_: Reader, supplier_id: SupplierId, mappings: MappingsKept) -> TimelineOut:
    """Who said what of this supplier's feeds, and when."""
    entries = await mappings.history(supplier_id)
    if not entries:
        raise UnknownSupplier(f"Nobody said anything of the feeds of {supplier_id}.")
    return timeline(supplier_id, entries)


def _rows(now: FeedImport, sight: Sight, mapping: FeedMapping) -> list[ReadRowOut]:
    return [read_row_out(each) for each in as_read(sight, mapping, now.supplier_id)]
