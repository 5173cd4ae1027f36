"""A customer who is erased in the whole house leaves no free words in the incidents of his orders."""

from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query

from logistics.domain.incident import Incident
from logistics.domain.incident_changes import Change
from logistics.domain.incident_commands import Command
from logistics.domain.incident_forgetting import ForgetWords
from logistics.domain.shipment import Shipping

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Whoever dies half-way is told again and finds the rest."""

    shipments: Listing[Shipping]
    incidents: Listing[Incident]
    handle: Handler[Command, Incident, Change]

    async def forget(self, customer_id: str, occasion: Occasion) -> None:
        """Of all his orders, open incidents and closed ones."""
        his, after = Query(equal={"customer_id": customer_id}), None
        while True:
            page = await self.shipments.page(his, AT_ONCE, after)
            for held in page.items:
                await self._of_order(held.key, occasion)
            after = page.next
            if after is None:
                return

    async def _of_order(self, order_id: str, occasion: Occasion) -> None:
        linked, after = Query(equal={"linked": order_id}), None
        while True:
            page = await self.incidents.page(linked, AT_ONCE, after)
            for held in page.items:
                await self.handle(ForgetWords(held.key, occasion.at), occasion)
            after = page.next
            if after is None:
                return
