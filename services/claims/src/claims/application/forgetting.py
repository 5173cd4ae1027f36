"""A customer who is erased in the whole house is gone from his claims too."""

from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.handling import Occasion
from chassis.listing import Query

from claims.application.claiming import Claiming
from claims.domain import commands as o
from claims.domain.claim import Claim

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Each claim of his; whoever dies half-way is told again and finds the rest."""

    claims: Listing[Claim]
    claiming: Claiming

    async def forget(self, customer_id: str, reason: str, occasion: Occasion) -> None:
        """Open or closed; their files follow by deadline."""
        query, after = Query(equal={"customer_id": customer_id}), None
        while True:
            page = await self.claims.page(query, AT_ONCE, after)
            for held in page.items:
                command = o.ForgetPerson(
                    claim_id=held.key, actor=occasion.actor, at=occasion.at, reason=reason
                )
                await self.claiming.handle(command, occasion)
            after = page.next
            if after is None:
                return
