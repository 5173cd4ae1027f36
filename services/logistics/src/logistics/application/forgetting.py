"""A customer who is erased in the whole house leaves no free words in the incidents of his orders."""

from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query, each_of

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
        async for shipping in each_of(self.shipments, Query(equal={"customer_id": customer_id}), AT_ONCE):
            linked = Query(equal={"linked": shipping.key})
            async for incident in each_of(self.incidents, linked, AT_ONCE):
                await self.handle(ForgetWords(incident.key, occasion.at), occasion)
