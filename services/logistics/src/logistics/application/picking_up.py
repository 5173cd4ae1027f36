"""Pick-ups: what may go is planned for one, it is asked for, handed over piece by piece, and a missed one is known at once.

A pick-up and its shipments are many things at once (wire.md 3): it keeps what was begun, each shipment is told by its own
idempotent command, and who dies in between is followed by whoever meets the deadline.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from chassis.metrics import meter
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Refusal

from logistics.application.pick_up_days import PickUpDays
from logistics.application.scanning import Scanned, scanned
from logistics.domain import pick_up_commands as k
from logistics.domain import shipment_commands as s
from logistics.domain.pick_up import AgreedPickUp, Interval, PickUp, TurnedAway
from logistics.domain.pick_up_changes import Change
from logistics.domain.pick_up_refusals import NoPickUpThen, UnknownPickUp
from logistics.domain.pick_up_watching import MOVE, SETTLE
from logistics.domain.shipment import Shipping, order_of
from logistics.domain.shipment_changes import Change as ShipmentChange
from logistics.domain.shipping_out import HERE, waits

NARROW = meter.create_counter(
    "opblok.pick_ups.narrow", description="Pick-ups asked for in less than the agreed hours (R62)."
)
PAGE = 200
STILL_HERE = sorted(stage.value for stage in HERE)

PickUps = Handler[k.Command, PickUp, Change]
Shipments = Handler[s.Command, Shipping, ShipmentChange]


@dataclass(frozen=True, slots=True)
class PickingUp:
    """`ahead`: so long before the cut-off a shipment is registered by itself; None: people do it."""

    pick_ups: PickUps
    shipments: Shipments
    kept: Listing[Shipping]
    days: PickUpDays
    ahead: timedelta | None

    async def place(self, shipping: Shipping, occasion: Occasion, after: date | None = None) -> None:
        """See that what may go is awaited by a pick-up that still comes. The pick-up is there first: a shipment that names
        none that watches over it would be forgotten.
        """
        parcel = waits(shipping)
        if parcel is None:
            return
        planned, carrier_id = parcel.plan.pick_up_on, parcel.promised.carrier_id
        days = [day for day in (planned, after and after + timedelta(days=1)) if day is not None]
        chosen = await self._chosen(carrier_id, max(days, default=None), occasion)
        if chosen is not None and chosen.on != planned:
            register_at = None if self.ahead is None else chosen.cut_off_at - self.ahead
            command = s.ChoosePickUp(shipping.order_id, parcel.shipment_id, chosen.on, register_at)
            await self.shipments(command, _step(occasion, parcel.shipment_id, "choose"))

    async def request(
        self, carrier_id: str, on: date, interval: Interval | None, actor: Actor, occasion: Occasion
    ) -> Outcome[PickUp]:
        """Ask the carrier to come on that day."""
        agreed = await self.days.on(carrier_id, on, occasion.at)
        next_on = await self._next_on(carrier_id, occasion.at, on)
        if agreed is None:
            text = next_on.isoformat() if next_on else None
            raise NoPickUpThen("The carrier takes nothing at our warehouse on that day.", next_on=text)
        waiting = len([each async for each in self.waiting(carrier_id, on)])
        command = k.RequestPickUp(agreed, interval, waiting, next_on, actor, occasion.at)
        outcome = await self.pick_ups(command, occasion)
        if outcome.changes and outcome.state is not None and outcome.state.narrow:
            NARROW.add(1, {"carrier": carrier_id})
        return outcome

    async def hand_over(
        self, pickup_id: str, codes: Sequence[str], actor: Actor, occasion: Occasion
    ) -> tuple[PickUp, Scanned]:
        """What was scanned leaves, or says why it does not."""
        carrier_id = (await self.known(pickup_id)).agreed.carrier_id
        came = await scanned(self.kept, codes, carrier_id)
        command = k.HandOver(pickup_id, came.shipment_ids, actor, occasion.at)
        outcome = await self._settled(await self.pick_ups(command, occasion), occasion)
        return outcome.state or await self.known(pickup_id), came

    async def cancel(self, pickup_id: str, reason: str, actor: Actor, occasion: Occasion) -> Outcome[PickUp]:
        """The carrier need not come; what was to leave by it goes with the next one."""
        known = await self.known(pickup_id)
        next_on = await self._next_on(known.agreed.carrier_id, occasion.at, known.agreed.on)
        command = k.CancelPickUp(pickup_id, reason, next_on, actor, occasion.at)
        return await self._settled(await self.pick_ups(command, occasion), occasion)

    async def on_deadline(self, pickup_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Asked for by itself, missed or over; or what was left half done is finished."""
        known = await self._settled_of(await self.known(pickup_id), occasion)
        if deadline.name in {SETTLE, MOVE}:
            return  # it owed that, and owes it no more
        carrier_id, on = known.agreed.carrier_id, known.agreed.on
        waiting = len([each async for each in self.waiting(carrier_id, on)])
        next_on = await self._next_on(carrier_id, occasion.at, on)
        passed = k.PickUpDeadlinePassed(
            pickup_id, deadline.name, waiting, next_on, occasion.actor.id, occasion.at
        )
        await self._settled(await self.pick_ups.fire(deadline, passed, occasion), occasion)

    async def known(self, pickup_id: str) -> PickUp:
        """The pick-up; raise `UnknownPickUp`."""
        pick_up = (await self.pick_ups.store.load(pickup_id)).state
        if pick_up is None:
            raise UnknownPickUp("There is no such pick-up.")
        return pick_up

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
            pick_up = (await self.pick_ups(command, _step(occasion, agreed.pickup_id, "expect"))).state
            if pick_up is not None and pick_up.open:
                return agreed
            not_before = agreed.on + timedelta(days=1)
        return None

    async def _next_on(self, carrier_id: str, at: datetime, after: date) -> date | None:
        found = await self.days.next(carrier_id, at, after + timedelta(days=1))
        return found.on if found else None

    async def _settled(self, outcome: Outcome[PickUp], occasion: Occasion) -> Outcome[PickUp]:
        """The outcome, with the state as it is when all that it owes is done."""
        if outcome.state is None:
            return outcome
        state = await self._settled_of(outcome.state, occasion)
        return Outcome(outcome.key, state, outcome.version, outcome.changes, outcome.repeated)

    async def _settled_of(self, pick_up: PickUp, occasion: Occasion) -> PickUp:
        if pick_up.handing:
            pick_up = await self._hand_over_all(pick_up, occasion)
        if pick_up.move_at is not None:
            pick_up = await self._move_all(pick_up, occasion)
        return pick_up

    async def _hand_over_all(self, pick_up: PickUp, occasion: Occasion) -> PickUp:
        done: list[str] = []
        away: list[TurnedAway] = []
        for each in pick_up.handing:
            command = s.HandShipmentOver(order_of(each.shipment_id), each.shipment_id, each.by, each.at)
            try:
                await self.shipments(command, _step(occasion, each.shipment_id, "hand-over"))
                done.append(each.shipment_id)
            except Refusal as no:
                away.append(
                    TurnedAway(each.shipment_id, str(no.about.get("why") or no.code.replace("-", "_")))
                )
        noted = k.NoteHandedOver(pick_up.pickup_id, tuple(done), tuple(away))
        outcome = await self.pick_ups(noted, _step(occasion, pick_up.pickup_id, "handed-over"))
        return outcome.state or pick_up

    async def _move_all(self, pick_up: PickUp, occasion: Occasion) -> PickUp:
        """All that still waits for it, also what was planned for it in the moment when it ended."""
        carrier_id, on = pick_up.agreed.carrier_id, pick_up.agreed.on
        for shipping in [each async for each in self.waiting(carrier_id, on)]:
            await self.place(shipping, occasion, after=on)
        outcome = await self.pick_ups(
            k.NoteMoved(pick_up.pickup_id), _step(occasion, pick_up.pickup_id, "moved")
        )
        return outcome.state or pick_up


def _step(occasion: Occasion, thing: str, what: str) -> Occasion:
    """A step of its own, of the same story."""
    return Occasion(f"{occasion.id}/{thing}/{what}", occasion.at, occasion.actor, occasion.correlation_id)
