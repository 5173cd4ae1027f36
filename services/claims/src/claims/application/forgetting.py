"""A customer who is erased in the whole house is gone from his claims too."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from chassis.chassis import Listing
from chassis.handling import Occasion
from chassis.listing import Query, each_of

from claims.application.claiming import Claiming
from claims.domain import commands as o
from claims.domain.claim import Claim

AT_ONCE = 50


class OrdersOf(Protocol):
    """Whose an order is, orders knows."""

    def of_customer(self, customer_id: str) -> AsyncIterator[str]:
        """The ids of all his orders; raise `PeerDown` or `PeerRefused`."""
        ...


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Each claim of his; whoever dies half-way is told again and finds the rest."""

    claims: Listing[Claim]
    claiming: Claiming
    orders: OrdersOf

    async def forget(self, customer_id: str, reason: str, occasion: Occasion) -> None:
        """Open or closed; their files follow by deadline. A claim that names no customer is his by its order: while orders does not
        answer, the fact waits.
        """
        await self._forget(Query(equal={"customer_id": customer_id}), reason, occasion)
        if not await self.claims.count(Query(equal={"customer_id": None}), most=1):
            return
        async for order_id in self.orders.of_customer(customer_id):
            nameless = Query(equal={"order_id": order_id, "customer_id": None})
            await self._forget(nameless, reason, occasion)

    async def _forget(self, query: Query, reason: str, occasion: Occasion) -> None:
        async for held in each_of(self.claims, query, AT_ONCE):
            command = o.ForgetPerson(claim_id=held.key, actor=occasion.actor, at=occasion.at, reason=reason)
            await self.claiming.handle(command, occasion)
