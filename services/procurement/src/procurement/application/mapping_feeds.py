"""A person says what the columns of a supplier's feed mean; the imports that waited for it go on (R43)."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query

from procurement.application.occasions import step
from procurement.application.taking_in import Imports
from procurement.domain import feed_mapping as mapping
from procurement.domain.feed_import import FeedImport, Stage
from procurement.domain.feed_import_commands import GoOnMapped
from procurement.domain.feed_mapping import AcceptMapping, SupplierMappings, mappings_of
from procurement.domain.feed_sight import FeedMapping, Sight
from procurement.domain.refusals import NoMappingAsked, UnknownImport

PAGE = 100

Mappings = Handler[AcceptMapping, SupplierMappings, mapping.Change]


@dataclass(frozen=True, slots=True)
class MappingFeeds:
    """Keeps the mappings, and sets going what waits for one."""

    mappings: Mappings
    imports: Imports
    listing: Listing[FeedImport]
    wake: Callable[[str], None]

    async def known(self, supplier_id: str) -> Sequence[FeedMapping]:
        """What was accepted for this supplier."""
        return mappings_of((await self.mappings.store.load(supplier_id)).state)

    async def seen(self, import_id: str) -> tuple[FeedImport, Sight]:
        """What was seen of an import that asked. Raise `UnknownImport`, `NoMappingAsked`."""
        now = (await self.imports.store.load(import_id)).state
        if now is None:
            raise UnknownImport(f"There is no import {import_id}.")
        if now.sight is None:
            raise NoMappingAsked(
                f"This import is {now.stage} and asks nothing of its columns.", stage=now.stage
            )
        return now, now.sight

    async def accept(self, command: AcceptMapping, occasion: Occasion) -> Outcome[SupplierMappings]:
        """The mapping first, then what waits for it: asked again, it sets going what a crash left waiting."""
        outcome = await self.mappings(command, occasion)
        async for waiting in self._waiting(command.supplier_id):
            if waiting.sight and waiting.sight.fingerprint == command.mapping.fingerprint:
                go_on = GoOnMapped(waiting.import_id, command.at)
                await self.imports(go_on, step(occasion, f"go-on/{waiting.import_id}"))
                self.wake(waiting.import_id)
        return outcome

    async def _waiting(self, supplier_id: str) -> AsyncIterator[FeedImport]:
        query = Query(equal={"supplier_id": supplier_id, "stage": Stage.MAPPING}, order="received_at")
        for held in (await self.listing.page(query, PAGE)).items:
            if held.state is not None:
                yield held.state
