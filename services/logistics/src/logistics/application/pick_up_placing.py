"""What may go is awaited by a pick-up that still comes, and what waits for one is found (R61)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query

from logistics.application.pick_up_days import PickUpDays
from logistics.domain import pick_up_commands as k
from logistics.domain import shipment_commands as s
from logistics.domain.pick_up import AgreedPickUp, PickUp
from logistics.domain.pick_up_changes import Change
from logistics.domain.shipment import Shipping
from logistics.domain.shipment_changes import Change as ShipmentChange
from logistics.domain.shipping_out import HERE, waits

PAGE = 200
STILL_HERE = sorted(stage.value for stage in HERE)

PickUps = Handler[k.Command, PickUp, Change]
Shipments = Handler[s.Command, Shipping, ShipmentChange]


@dataclass(frozen=True, slots=True)
class Placing:
    """`ahead`: so long before the cut-off a shipment is registered by itself; None: people do it."""

    pick_ups: PickUps
    shipments: Shipments
    kept: Listing[Shipping]
    days: PickUpDays
    ahead: timedelta | None

    async def place(self, shipping: Shipping, occasion: Occasion, after: date | None = None) -> None:
        """See that what may go is awaited by a pick-up that still comes. The pick-up is there first: a shipment that names
        none that watches over it would be forgotten. And it is looked at again afterwards: it may have ended meanwhile.
        """
        parcel = waits(shipping)
        if parcel is None:
            return
        planned, carrier_id = parcel.plan.pick_up_on, parcel.promised.carrier_id
        days = [day for day in (planned, after and after + timedelta(days=1)) if day is not None]
        chosen = await self._chosen(carrier_id, max(days, default=None), occasion)
        while chosen is not None and chosen.on != planned:
            register_at = None if self.ahead is None else chosen.cut_off_at - self.ahead
            command = s.ChoosePickUp(shipping.order_id, parcel.shipment_id, chosen.on, register_at)
            await self.shipments(command, step(occasion, parcel.shipment_id, f"choose/{chosen.on}"))
            planned = chosen.on
            chosen = await self._chosen(carrier_id, planned, occasion)

    async def waiting(self, carrier_id: str, on: date) -> AsyncIterator[Shipping]:
        """Orders whose shipment may go, is to leave by that pick-up, and is still here."""
        equal = {"carrier_id": carrier_id, "pick_up_on": on.isoformat(), "stage": STILL_HERE}
        cursor = None
        while True:
            page = await self.kept.page(Query(equal), PAGE, cursor)
            for held in page.items:
                if held.state is not None and waits(held.state) is not None:
                    yield held.state
            if (cursor := page.next) is None:
                return

    async def _chosen(
        self, carrier_id: str, not_before: date | None, occasion: Occasion
    ) -> AgreedPickUp | None:
        """The first pick-up from that day on that is not over, opened if it is the first to be planned for it."""
        while agreed := await self.days.next(carrier_id, occasion.at, not_before):
            command = k.ExpectPickUp(agreed, occasion.actor.id, occasion.at)
            pick_up = (await self.pick_ups(command, step(occasion, agreed.pickup_id, "expect"))).state
            if pick_up is not None and pick_up.open:
                return agreed
            not_before = agreed.on + timedelta(days=1)
        return None


def step(occasion: Occasion, thing: str, what: str) -> Occasion:
    """A step of its own, of the same story."""
    return Occasion(f"{occasion.id}/{thing}/{what}", occasion.at, occasion.actor, occasion.correlation_id)
