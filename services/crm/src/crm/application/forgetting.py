"""Forgetting a person: on his word, or when he was silent for longer than the shop keeps anybody (152-FZ art. 21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chassis.handling import Occasion, Outcome
from chassis.listing import Query
from kernel.actor import service
from kernel.deadline import Deadline

from crm.application.knowing import Knowing
from crm.application.merging import Merging
from crm.domain import doubles as d
from crm.domain import erasure as e
from crm.domain.customer import Customer
from crm.domain.merging import SETTLE

AT_ONCE = 100
CRM = service("crm")


class Waiting(Protocol):
    """Files that wait to be taken in."""

    async def strike(self, hashes: Sequence[str], why: Occasion) -> None:
        """Nobody who had these numbers is in them any more."""
        ...


@dataclass(frozen=True, slots=True)
class Forgetting:
    """May be broken off anywhere: what is left to do stands in what is left of him."""

    knowing: Knowing
    merging: Merging
    waiting: Waiting

    async def due(self, customer_id: str, deadline: Deadline, why: Occasion) -> Outcome[Customer]:
        """What the deadline worker hands over: a merge or an erasure that is half done."""
        if deadline.name == SETTLE:
            await self.merging.settle(customer_id, why)
            return await self.knowing.handle.fire(deadline, d.Settle(customer_id), why)
        return await self.settle(customer_id, deadline, why)

    async def settle(self, customer_id: str, deadline: Deadline, why: Occasion) -> Outcome[Customer]:
        """His rows in files that wait are struck, then his phones are anybody's again; cards that were merged into his go with him."""
        gone = (await self.knowing.customers.load(customer_id)).state
        if gone is not None and gone.erased is not None:
            while cards := await self.merging.cards_of(customer_id):
                for merged_id in cards:
                    await self.knowing.handle(e.GoWith(merged_id, gone.erased), why)
            await self.waiting.strike(gone.erased.freeing, why)
            for hash_ in gone.erased.freeing:
                await self.knowing.phones.free(hash_, customer_id)
        return await self.knowing.handle.fire(deadline, e.SettleErasure(customer_id), why)

    async def retire(self, at: datetime, kept_for: timedelta) -> int:
        """Everybody who was silent for longer; answers how many."""
        before, count, after = at - kept_for, 0, None
        while True:
            old = Query(at_most={"heard_at": before}, order="heard_at")
            page = await self.knowing.customers.page(old, AT_ONCE, after)
            for held in page.items:
                if held.state is not None and held.state.heard_at is not None:
                    why = Occasion(f"age:{held.key}", at, CRM)
                    done = await self.knowing.handle(e.Age(held.key, before, CRM, at), why)
                    count += bool(done.changes)
            after = page.next
            if after is None:
                return count
