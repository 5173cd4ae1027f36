"""Feeds as they arrive: uploaded by a person, or due to be fetched from an address."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from chassis.clock import Clock
from chassis.handling import Occasion, Outcome
from kernel.actor import service
from kernel.deadline import Deadline

from procurement.application.ports import Spool
from procurement.application.taking_in import Imports, Suppliers
from procurement.application.waking import Waking
from procurement.domain.feed_comparing import COMPARE
from procurement.domain.feed_import import FeedImport
from procurement.domain.feed_import_commands import ImportDeadlinePassed, ReceiveFeed
from procurement.domain.refusals import NoFeedAddress, UnknownSupplier
from procurement.domain.standing import Chase
from procurement.domain.supplier import Supplier, SupplierDeadlinePassed
from procurement.domain.supplier_decider import FETCH

Chasing = Callable[[Occasion], Awaitable[Chase]]


@dataclass(frozen=True, slots=True)
class Receiving:
    """Opens imports and wakes the loop that works them off. `chase`: to whom a task about a supplier goes, until when."""

    source: str
    imports: Imports
    suppliers: Suppliers
    spool: Spool
    waking: Waking
    comparing: Waking
    clock: Clock
    chase: Chasing

    async def upload(self, command: ReceiveFeed, file: Path, occasion: Occasion) -> Outcome[FeedImport]:
        """Keep the file, then open the import: a feed that was accepted is never lost."""
        if (await self.imports.store.load(command.import_id)).state is None:
            await self.supplier(command.supplier_id)
            await self.spool.keep(command.import_id, file)
        return await self._open(command, occasion)

    async def fetch(self, command: ReceiveFeed, occasion: Occasion) -> Outcome[FeedImport]:
        """Have the supplier's feed fetched now."""
        if (await self.supplier(command.supplier_id)).conditions.feed is None:
            raise NoFeedAddress("The supplier has no feed address.", supplier_id=command.supplier_id)
        return await self._open(command, occasion)

    async def supplier(self, supplier_id: str) -> Supplier:
        """The supplier; raise `UnknownSupplier`."""
        supplier = (await self.suppliers.store.load(supplier_id)).state
        if supplier is None:
            raise UnknownSupplier(f"There is no supplier {supplier_id}.")
        return supplier

    async def pass_supplier_deadline(self, supplier_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """A fetch that fell due opens its import first: dying in between, it is found there already."""
        supplier = await self.supplier(supplier_id)
        if deadline.name == FETCH and supplier.fetch_at == deadline.at and supplier.conditions.feed:
            opened = ReceiveFeed(
                import_id=due_fetch(supplier_id, deadline.at),
                supplier_id=supplier_id,
                by=service(self.source).id,
                from_address=True,
                accept_stale=False,
                at=occasion.at,
            )
            await self._open(opened, occasion)
        passed = SupplierDeadlinePassed(supplier_id, deadline.name, occasion.at, await self.chase(occasion))
        await self.suppliers.fire(deadline, passed, occasion)

    async def pass_import_deadline(self, import_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """An import that is silent is taken up again; so is the comparing of its offers."""
        await self.imports.fire(deadline, ImportDeadlinePassed(import_id, occasion.at), occasion)
        (self.comparing if deadline.name == COMPARE else self.waking).wake(import_id)

    async def _open(self, command: ReceiveFeed, occasion: Occasion) -> Outcome[FeedImport]:
        outcome = await self.imports(command, occasion)
        self.waking.wake(command.import_id)
        return outcome


def due_fetch(supplier_id: str, at: datetime) -> str:
    """The id of the import that a fetch due then opens."""
    return uuid5(NAMESPACE_URL, f"opblok:fetch:{supplier_id}:{at.isoformat()}").hex
