"""Customers go out as a table: written row by row to the disk, then written down who took how many and why, and only then given out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from chassis.handling import Handler, Occasion
from chassis.listing import Query
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may
from kernel.refused_duty import DutyRefused

from crm.application.phone_claims import Kept
from crm.domain import customer_export as ex
from crm.domain.customer import Customer

PAGE = 200


class Table(Protocol):
    """What rows are written to."""

    def row(self, cells: Sequence[str]) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Exporting:
    """`tables` by format: what writes one to the disk."""

    handle: Handler[ex.Record, ex.Export, ex.Recorded | DutyRefused]
    customers: Kept
    tables: Mapping[str, Callable[[Path], Table]]

    async def write(
        self, wanted: ex.Export, actor: Actor, into: Table, language: str, why: Occasion
    ) -> ex.Export:
        """The table is whole when this returns, and the record of it kept. Who may not, has tried, and that is kept."""
        if wanted.unmasked and not may(actor, Action.MOVE_CUSTOMERS):
            await self.handle(ex.Record(wanted, actor), why)
        try:
            into.row(ex.HEADINGS[language])
            count = await self._rows(wanted, into)
        finally:
            into.close()
        done = await self.handle(ex.Record(replace(wanted, count=count), actor), why)
        assert done.state is not None
        return done.state

    async def _rows(self, wanted: ex.Export, into: Table) -> int:
        equal: Mapping[str, str] = wanted.chosen
        after: str | None = None
        count = 0
        while True:
            page = await self.customers.page(Query(equal=equal), PAGE, after)
            for held in page.items:
                if held.state is not None and is_somebody(held.state):
                    into.row(ex.cells_of(held.state, unmasked=wanted.unmasked))
                    count += 1
            after = page.next
            if after is None:
                return count


def is_somebody(customer: Customer) -> bool:
    """Not who was erased, and not the card of somebody who is in the table with another."""
    return customer.erased is None and customer.joined is None
