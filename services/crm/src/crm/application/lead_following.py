"""Leads go where their customers go: to who answers for him by now, and away when he is forgotten (R98). Heard from crm's own
facts, so that a crash in between loses nothing.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from chassis.handling import Occasion
from chassis.listing import Query

from crm.application.leading import Leading
from crm.application.merging import Merging
from crm.domain.lead import Lead

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class LeadFollowing:
    """Told late, twice or out of order: what is looked at is the customer as he is now."""

    leading: Leading
    merging: Merging

    async def want(self, customer_id: str, why: Occasion) -> None:
        """Somebody else answers for him, and so for his leads, on whichever of his cards they came."""
        async for lead in self.leads_of(customer_id):
            await self.leading.catch_up(lead, why)

    async def leads_of(self, customer_id: str) -> AsyncIterator[Lead]:
        """All his leads, on whichever of his cards they came."""
        async for card_id in self._cards(customer_id):
            async for lead in self._leads(card_id):
                yield lead

    async def merge(self, into: str, merged_id: str, why: Occasion) -> None:
        """Two customers were one: who answers for him answers for the leads of both."""
        del into
        await self.want(merged_id, why)

    async def unmerge(self, from_: str, merged_id: str, why: Occasion) -> None:
        """They were two after all: each has his own leads again."""
        del from_
        await self.want(merged_id, why)

    async def forget(self, customer_id: str, why: Occasion) -> None:
        """Nothing that was written down of what he wanted stays, and nobody works for him."""
        await self.want(customer_id, why)

    async def _cards(self, customer_id: str) -> AsyncIterator[str]:
        yield customer_id
        for merged_id in await self.merging.cards_of(customer_id):
            async for card_id in self._cards(merged_id):
                yield card_id

    async def _leads(self, customer_id: str) -> AsyncIterator[Lead]:
        his, after = Query(equal={"customer_id": customer_id}), None
        while True:
            page = await self.leading.leads.page(his, AT_ONCE, after)
            for held in page.items:
                if held.state is not None:
                    yield held.state
            after = page.next
            if after is None:
                return
