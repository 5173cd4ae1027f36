"""What a carrier's system knows becomes the shipment's story: he is asked back, whoever said that there is news (decision 67)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from chassis.handling import Decider, Handler, Occasion
from chassis.metrics import meter
from kernel.deadline import Deadline

from logistics.application.carrier_port import CarrierDown, CarrierRefused, CarrierSystem, Story
from logistics.application.incident_troubling import Troubling
from logistics.application.shipping import ShippingOut
from logistics.domain import carrier_tracking as t
from logistics.domain.incident_trouble import DATA_ERROR, DELAY, OTHER, Source, Trouble
from logistics.domain.shipment import Parcel, Report, Shipping, order_of
from logistics.domain.shipment_commands import HearCarrier
from logistics.domain.shipment_stage import ARRIVED, ShipmentStage

log = structlog.get_logger(__name__)

DOWN = meter.create_counter(
    "opblok.carriers.silent", description="Questions about a shipment that a carrier did not answer."
)
UNKNOWN_STATUS = meter.create_counter(
    "opblok.carriers.unknown_status",
    description="Statuses of carriers that nobody here knows, when first seen.",
)
OVER = frozenset({ShipmentStage.DELIVERED, ShipmentStage.RETURNED, ShipmentStage.CANCELLED})

TRACKINGS: Decider[t.Command, t.Tracking, t.Change] = Decider(
    key=lambda command: command.shipment_id,
    decide=t.decide,
    evolve=t.evolve,
    announce=lambda _change, _tracking: (),
    deadlines=t.deadlines,
)
Trackings = Handler[t.Command, t.Tracking, t.Change]


@dataclass(frozen=True, slots=True)
class CarrierTracking:
    """`systems` by carrier id. `every`: the pause between two questions when nobody hints. `held_after`: what lies so long where
    it should not is an incident.
    """

    trackings: Trackings
    shipping: ShippingOut
    systems: Mapping[str, CarrierSystem]
    troubling: Troubling
    every: timedelta
    held_after: timedelta

    async def follow(self, shipment_id: str, carrier_id: str, occasion: Occasion) -> None:
        """It was registered; one of a carrier without a system is followed by people."""
        if carrier_id in self.systems:
            await self.trackings(t.Follow(shipment_id, carrier_id, self.every, occasion.at), occasion)

    async def hint(self, shipment_id: str, carrier_id: str, occasion: Occasion) -> bool:
        """Somebody says that there is news of it; False: this carrier has no such shipment of ours, and nothing is kept."""
        found = await self._found(shipment_id)
        if found is None or found[1].promised.carrier_id != carrier_id or carrier_id not in self.systems:
            return False
        await self.trackings(t.Hint(shipment_id, carrier_id, occasion.at), occasion)
        return True

    async def on_deadline(self, shipment_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """He is asked; of two processes one does."""
        begun = await self.trackings.fire(deadline, t.BeginAsking(shipment_id, occasion.at), occasion)
        if begun.changes and begun.state is not None:
            note = await self._asked(begun.state, occasion)
            await self.trackings(note, replace(occasion, id=f"{occasion.id}/asked"))

    async def _asked(self, tracking: t.Tracking, occasion: Occasion) -> t.Command:
        id_, at = tracking.shipment_id, occasion.at
        system, found = self.systems.get(tracking.carrier_id), await self._found(id_)
        if system is None or found is None:
            return t.NoteAnswer(id_, self.every, at, over=True)
        try:
            story = await system.story(found[1])
            await self._give_up(system, *found, story)
        except (CarrierDown, CarrierRefused) as fault:
            DOWN.add(1, {"carrier": tracking.carrier_id})
            log.warning("a carrier does not say where a shipment is", shipment_id=id_, fault=str(fault))
            return t.NoteSilence(id_, self.every, at)
        if story is None:
            log.warning("a carrier knows nothing of a shipment", shipment_id=id_)
            return t.NoteAnswer(id_, self.every, at)
        self._count(tracking, story)
        parcel = await self._hear(id_, story, occasion) or found[1]
        await self._look_after(found[0], parcel, story, occasion)
        return t.NoteAnswer(id_, self.every, at, _is_over(parcel), story.unknown)

    async def _hear(self, shipment_id: str, story: Story, occasion: Occasion) -> Parcel | None:
        order_id = order_of(shipment_id)
        heard = HearCarrier(order_id, shipment_id, story.reports, occasion.at, story.deleted)
        why = Occasion(f"{occasion.id}/heard", occasion.at, occasion.actor, order_id)
        after = (await self.shipping.ask(heard, why)).state
        return after.parcel(shipment_id) if after else None

    async def _look_after(self, shipping: Shipping, parcel: Parcel, story: Story, occasion: Occasion) -> None:
        """What no fact tells of and somebody has to see to."""
        if story.held is not None and occasion.at - story.held.at >= self.held_after:
            await self._open(DELAY, story.held, shipping, parcel, occasion)
        if story.uncounted is not None:
            await self._open(DATA_ERROR, story.uncounted, shipping, parcel, occasion)
        if parcel.latest is not None and _was_taken_back(parcel):
            await self._open(OTHER, parcel.latest, shipping, parcel, occasion)
        gone = next((each for each in story.reports if each.stage is ShipmentStage.CANCELLED), None)
        if gone is not None and parcel.withdrawn_at is None:
            await self._open(OTHER, gone, shipping, parcel, occasion)

    async def _give_up(
        self, system: CarrierSystem, shipping: Shipping, parcel: Parcel, story: Story | None
    ) -> None:
        """He was told of it by somebody who never heard his answer, and it was withdrawn since: he is to forget it."""
        unheard = parcel.registered_at is None and parcel.owes is None
        alive = story is not None and not any(each.stage in OVER for each in story.reports)
        if parcel.withdrawn_at is not None and unheard and alive:
            await system.cancel(parcel, shipping.known)

    async def _open(
        self, kind: str, report: Report, shipping: Shipping, parcel: Parcel, occasion: Occasion
    ) -> None:
        trouble = Trouble(
            kind=kind,
            source=Source.COURIER_SERVICE,
            happened_at=report.at,
            shop_id=shipping.known.shop_id,
            carrier_id=parcel.promised.carrier_id,
            order_id=shipping.order_id,
            shipment_id=parcel.shipment_id,
        )
        await self.troubling.open(trouble, occasion)

    async def _found(self, shipment_id: str) -> tuple[Shipping, Parcel] | None:
        shipping = (await self.shipping.shipments.store.load(order_of(shipment_id))).state
        parcel = shipping.parcel(shipment_id) if shipping else None
        return (shipping, parcel) if shipping and parcel else None

    def _count(self, tracking: t.Tracking, story: Story) -> None:
        for code in set(story.unknown) - set(tracking.unknown):
            UNKNOWN_STATUS.add(1, {"carrier": tracking.carrier_id})
            log.warning("a status that nobody knows", shipment_id=tracking.shipment_id, code=code)


def _was_taken_back(parcel: Parcel) -> bool:
    """Others were told that the customer has it, and it is not so: his order is completed, and somebody asks him tomorrow."""
    return "delivered" in parcel.told and parcel.stage not in ARRIVED


def _is_over(parcel: Parcel) -> bool:
    """Of a delivery in part the rest is still to come back."""
    return parcel.stage in OVER and not (parcel.stage is ShipmentStage.DELIVERED and parcel.in_part)
