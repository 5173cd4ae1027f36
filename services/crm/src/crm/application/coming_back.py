"""Who is parted from another after a merge is his own again; so that he is somebody's (R98), one whose owner left meanwhile is given
to another. While his card was another's, nobody answered for it, so whoever left had nothing of him in hand.
"""

from dataclasses import dataclass

from chassis.handling import Occasion

from crm.application.leaving import REASON
from crm.application.merging import Merging
from crm.domain.handover import HandOver


@dataclass(frozen=True, slots=True)
class ComingBack:
    """Told late, twice or out of order: what is looked at is the card as it is now."""

    merging: Merging

    async def want(self, customer_id: str, why: Occasion) -> None:
        """Another owner is no news here."""

    async def merge(self, into: str, merged_id: str, why: Occasion) -> None:
        """His card is another's, who has an owner."""

    async def unmerge(self, from_: str, merged_id: str, why: Occasion) -> None:
        """First the last step of parting, which a crash may have left; then whose he is."""
        del from_
        knowing = self.merging.knowing
        await self.merging.settle(merged_id, why)
        card = (await knowing.customers.load(merged_id)).state
        if card is None or card.joined or card.erased or card.owner_id is None:
            return
        owner = (await knowing.staff.load(card.owner_id)).state
        to_id = await knowing.owner_for(card.shop_id, merged_id, why.at)
        if (owner is not None and owner.active) or to_id is None:
            return
        person = (await knowing.staff.load(to_id)).state
        command = HandOver(
            customer_id=merged_id,
            to_id=to_id,
            reason=REASON,
            able=frozenset({to_id}),
            to_roles=person.roles if person else frozenset(),
            actor=why.actor,
            at=why.at,
        )
        await knowing.handle(command, Occasion(f"{why.id}:owner_left", why.at, why.actor))

    async def forget(self, customer_id: str, why: Occasion) -> None:
        """Nobody is left whose he could be."""
