"""The middle of an import: how old the feed is, what it would wipe, taking its rows over, and saying so."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from chassis.clock import Clock
from chassis.handling import Handler, Occasion

from procurement.application.cataloguing import Cataloguing, Progress, Taking
from procurement.application.known import Known
from procurement.application.occasions import step
from procurement.application.ports import NotAFeed, OpenedFeed, OpenFeed
from procurement.application.reading import Pass, Rows, dated
from procurement.domain import feed_import_commands as importing
from procurement.domain import supplier as supplying
from procurement.domain.feed_import import FeedImport, Stage, Tally
from procurement.domain.feed_import_changes import Change
from procurement.domain.feed_import_decider import wipes
from procurement.domain.feed_sight import FeedMapping
from procurement.domain.supplier import Catalogue, Supplier

REPORT_EVERY = 1.0
"""How often progress is saved; seconds."""

Imports = Handler[importing.Command, FeedImport, Change]
Suppliers = Handler[supplying.Command, Supplier, supplying.Change]


class Ended(Exception):
    """The import is over, and why."""

    def __init__(self, stage: Stage, reason: str) -> None:
        super().__init__(reason)
        self.stage, self.reason = stage, reason


@dataclass(frozen=True, slots=True)
class Age:
    """As of when a feed speaks; `told`: it says so itself."""

    as_of: datetime
    told: bool


@dataclass(frozen=True, slots=True)
class TakingIn:
    """Works one spooled feed off. `mappings`: what people said of a supplier's feeds."""

    imports: Imports
    suppliers: Suppliers
    cataloguing: Cataloguing
    open: OpenFeed
    mappings: Callable[[str], Awaitable[Sequence[FeedMapping]]]
    clock: Clock

    async def run(self, now: FeedImport, supplier: Supplier, path: Path, occasion: Occasion) -> FeedImport:
        """The import as it stands then: done, or waiting for a person. Raise `Ended` when it came to nothing."""
        with tempfile.TemporaryDirectory(prefix="opblok-unpacked-") as folder:
            feed = await self._opened(now.supplier_id, path, Path(folder))
            if feed.asks is None:
                return await self._taken_in(now, supplier, feed.rows, occasion)
            asked = importing.AskMapping(now.import_id, feed.asks, self.clock.now())
            return (await self.imports(asked, step(occasion, "ask"))).state or now

    async def _opened(self, supplier_id: str, path: Path, folder: Path) -> OpenedFeed:
        known = await self.mappings(supplier_id)
        try:
            return await asyncio.to_thread(self.open, path, folder, known)
        except NotAFeed as wrong:
            raise Ended(Stage.FAILED, f"not read: {wrong}") from wrong

    async def _taken_in(
        self, now: FeedImport, supplier: Supplier, rows: Rows, occasion: Occasion
    ) -> FeedImport:
        age = await self._age(now, rows, supplier)
        taking = Taking(now.supplier_id, age.as_of, step(occasion, "row"))
        if now.stage is not Stage.APPLYING and await self.cataloguing.has_available(now.supplier_id):
            now, known = await self._surveyed(now, rows, occasion)
            taking = replace(taking, known=known)
        return now if now.stage is Stage.HELD else await self._applied(now, rows, age, taking, occasion)

    async def _age(self, now: FeedImport, rows: Rows, supplier: Supplier) -> Age:
        told = await dated(rows)
        as_of = min(told or now.received_at, now.received_at)
        if supplier.catalogue and as_of < supplier.catalogue.as_of:
            raise Ended(Stage.DISCARDED, f"older ({as_of:%Y-%m-%d %H:%M}) than what is known already")
        return Age(as_of, told is not None)

    async def _surveyed(self, now: FeedImport, rows: Rows, occasion: Occasion) -> tuple[FeedImport, Known]:
        reporting = self._progress(now, Stage.READING, occasion)
        survey = await self.cataloguing.survey(rows, now.supplier_id, reporting)
        if not wipes(survey.wiping) or survey.met.heading is None:
            return now, survey.known
        held = importing.HoldForPerson(now.import_id, survey.tally, survey.wiping, self.clock.now())
        return (await self.imports(held, step(occasion, "hold"))).state or now, survey.known

    async def _applied(
        self, now: FeedImport, rows: Rows, age: Age, taking: Taking, occasion: Occasion
    ) -> FeedImport:
        start = now.tally if now.stage is Stage.APPLYING else Tally()
        start = replace(start, dated=age.as_of if age.told else None)
        reporting = self._progress(now, Stage.APPLYING, occasion)
        met, tally = await self.cataloguing.apply(rows, taking, start, reporting)
        if met.heading is None or (met.broken and not met.good):
            raise Ended(Stage.FAILED, f"not read: {met.broken.reason if met.broken else 'the file is empty'}")
        if met.is_whole:
            tally = await self.cataloguing.withdraw_unnamed(met, taking, tally)
        await self._refresh(now, met, age, occasion)
        ended = importing.EndFeedImport(now.import_id, Stage.DONE, tally, "", self.clock.now())
        return (await self.imports(ended, step(occasion, "done"))).state or now

    async def _refresh(self, now: FeedImport, met: Pass, age: Age, occasion: Occasion) -> None:
        """A feed that broke or holds changes alone says nothing of the rest: the catalogue stays as old as it was."""
        catalogue = Catalogue(now.import_id, age.as_of, age.told, met.good, now.accept_stale, now.received_at)
        known = (await self.suppliers.store.load(now.supplier_id)).state
        if not met.is_whole and known and known.catalogue:
            catalogue = replace(known.catalogue, import_id=now.import_id, received_at=now.received_at)
        over = supplying.EndImport(
            now.supplier_id, now.import_id, self.clock.now(), catalogue, now.etag, now.last_modified
        )
        await self.suppliers(over, step(occasion, "refresh"))

    def _progress(self, now: FeedImport, stage: Stage, occasion: Occasion) -> Progress:
        last = float("-inf")

        async def report(tally: Tally) -> None:
            nonlocal last
            if time.monotonic() - last >= REPORT_EVERY:
                last = time.monotonic()
                noted = importing.NoteProgress(now.import_id, stage, tally, self.clock.now())
                await self.imports(noted, step(occasion, "progress"))

        return report
