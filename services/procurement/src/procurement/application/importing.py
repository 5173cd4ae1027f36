"""An import from its feed's arrival to its end. Whoever dies in between is followed by whoever takes the deadline: the
rows are read again, and those taken over already are as they should be.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.handling import Occasion
from chassis.listing import Query

from procurement.application.fetching import Fetching
from procurement.application.occasions import step
from procurement.application.ports import FetchFailed, NotSpooled, Spool
from procurement.application.taking_in import Ended, Imports, Suppliers, TakingIn
from procurement.domain import feed_import_commands as importing
from procurement.domain import supplier as supplying
from procurement.domain.feed_import import ENDS, FOR_A_PERSON, FeedImport, Stage
from procurement.domain.supplier import Supplier
from procurement.domain.supplier_decider import overtaken

ALIVE_EVERY = 10.0
"""Well within the patience of those who would take the import up; seconds."""


class NotYet(Exception):
    """Another import of this supplier is under way; the deadline comes back to this one."""


@dataclass(frozen=True, slots=True)
class Importing:
    """`wake` is told of an import that can go on now."""

    imports: Imports
    suppliers: Suppliers
    listing: Listing[FeedImport]
    taking_in: TakingIn
    fetching: Fetching
    spool: Spool
    clock: Clock
    wake: Callable[[str], None]

    async def run(self, import_id: str, occasion: Occasion) -> FeedImport | None:
        """Carry an import on to its end, or to where it waits for a person or for its turn."""
        now = (await self.imports.store.load(import_id)).state
        if now is None or now.stage in FOR_A_PERSON:
            return now
        if now.stage in ENDS:
            await self.spool.drop(import_id)
            return now
        try:
            async with self._seen_alive(import_id, occasion):
                now = await self._work(now, occasion)
        except NotYet:
            return now
        except Ended as over:
            now = await self._end(now, over.stage, over.reason, occasion)
        except NotSpooled:
            now = await self._end(now, Stage.FAILED, "the feed's file is gone", occasion)
        await self._leave(now, occasion)
        return now

    async def _work(self, now: FeedImport, occasion: Occasion) -> FeedImport:
        supplier = await self._take_place(now, occasion)
        if supplier.catalogue and supplier.catalogue.import_id == now.import_id:
            raise Ended(Stage.DONE, "")
        now = await self._fetched(now, supplier, occasion)
        async with self.spool.file(now.import_id) as path:
            return await self.taking_in.run(now, supplier, path, occasion)

    async def _take_place(self, now: FeedImport, occasion: Occasion) -> Supplier:
        begin = supplying.BeginImport(now.supplier_id, now.import_id, now.received_at)
        supplier = await self._begun(begin, occasion)
        if supplier.busy_with not in (None, now.import_id):
            other = (await self.imports.store.load(supplier.busy_with)).state
            if other is None or other.stage in ENDS | FOR_A_PERSON:
                supplier = await self._begun(replace(begin, over=supplier.busy_with), occasion)
        if overtaken(now.received_at, supplier):
            raise Ended(Stage.DISCARDED, "a newer feed was taken in meanwhile")
        if supplier.busy_with != now.import_id:
            waits = importing.NoteAlive(now.import_id, self.clock.now(), waits=True)
            await self.imports(waits, step(occasion, "wait"))
            raise NotYet
        return supplier

    @asynccontextmanager
    async def _seen_alive(self, import_id: str, occasion: Occasion) -> AsyncGenerator[None]:
        async def note() -> None:
            while True:
                with suppress(Exception):  # what ails the store ails the work too, and is told there
                    alive = importing.NoteAlive(import_id, self.clock.now())
                    await self.imports(alive, step(occasion, "alive"))
                await asyncio.sleep(ALIVE_EVERY)

        noting = asyncio.create_task(note())
        try:
            yield
        finally:
            noting.cancel()
            await asyncio.gather(noting, return_exceptions=True)

    async def _begun(self, begin: supplying.BeginImport, occasion: Occasion) -> Supplier:
        state = (await self.suppliers(begin, step(occasion, "begin"))).state
        assert state is not None
        return state

    async def _fetched(self, now: FeedImport, supplier: Supplier, occasion: Occasion) -> FeedImport:
        if now.fetched:
            return now
        try:
            got = await self.fetching.fetch(now.import_id, supplier)
        except FetchFailed as failed:
            raise Ended(Stage.FAILED, str(failed)) from failed
        if got is None:
            confirm = supplying.ConfirmCatalogue(now.supplier_id, now.import_id, self.clock.now())
            await self.suppliers(confirm, step(occasion, "confirm"))
            raise Ended(Stage.DONE, "the feed is the same as last time")
        noted = importing.NoteFetched(now.import_id, got.etag, got.last_modified, self.clock.now())
        return (await self.imports(noted, step(occasion, "fetched"))).state or now

    async def _end(self, now: FeedImport, stage: Stage, reason: str, occasion: Occasion) -> FeedImport:
        held = (await self.imports.store.load(now.import_id)).state or now
        ended = importing.EndFeedImport(now.import_id, stage, held.tally, reason, self.clock.now())
        return (await self.imports(ended, step(occasion, "end"))).state or now

    async def _leave(self, now: FeedImport, occasion: Occasion) -> None:
        left = supplying.EndImport(now.supplier_id, now.import_id, self.clock.now())
        await self.suppliers(left, step(occasion, "leave"))
        if now.stage in ENDS:
            await self.spool.drop(now.import_id)
        waiting = Query(equal={"supplier_id": now.supplier_id, "stage": Stage.WAITING}, order="received_at")
        for held in (await self.listing.page(waiting, 1)).items:
            self.wake(held.key)
