"""Pick-ups: what may go is planned for one, it is asked for, handed over piece by piece, and a missed one is known at once.

A pick-up and its shipments are many things at once (wire.md 3): it keeps what was begun, each shipment is told by its own
idempotent command, and who dies in between is followed by whoever meets the deadline.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chassis.handling import Occasion, Outcome
from chassis.metrics import meter
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Refusal

from logistics.application.pick_up_placing import PickUps, Placing, Shipments, step
from logistics.application.scanning import Scanned, scanned
from logistics.domain import pick_up_commands as k
from logistics.domain import shipment_commands as s
from logistics.domain.pick_up import Interval, PickUp, TurnedAway
from logistics.domain.pick_up_refusals import NoPickUpThen, UnknownPickUp
from logistics.domain.pick_up_watching import MOVE, SETTLE
from logistics.domain.shipment import order_of

NARROW = meter.create_counter(
    "opblok.pick_ups.narrow", description="Pick-ups asked for in less than the agreed hours (R62)."
)


@dataclass(frozen=True, slots=True)
class PickingUp:
    """Asks for them, hands over, and passes their deadlines."""

    pick_ups: PickUps
    shipments: Shipments
    placing: Placing

    async def request(
        self, carrier_id: str, on: date, interval: Interval | None, actor: Actor, occasion: Occasion
    ) -> Outcome[PickUp]:
        """Ask the carrier to come on that day."""
        agreed = await self.placing.days.on(carrier_id, on, occasion.at)
        next_on = await self._next_on(carrier_id, occasion.at, on)
        if agreed is None:
            text = next_on.isoformat() if next_on else None
            raise NoPickUpThen("The carrier takes nothing at our warehouse on that day.", next_on=text)
        waiting = len([each async for each in self.placing.waiting(carrier_id, on)])
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
        came = await scanned(self.placing.kept, codes, carrier_id)
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
        waiting = len([each async for each in self.placing.waiting(carrier_id, on)])
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

    async def _next_on(self, carrier_id: str, at: datetime, after: date) -> date | None:
        found = await self.placing.days.next(carrier_id, at, after + timedelta(days=1))
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
                await self.shipments(command, step(occasion, each.shipment_id, "hand-over"))
                done.append(each.shipment_id)
            except Refusal as no:
                away.append(
                    TurnedAway(each.shipment_id, str(no.about.get("why") or no.code.replace("-", "_")))
                )
        noted = k.NoteHandedOver(pick_up.pickup_id, tuple(done), tuple(away))
        outcome = await self.pick_ups(noted, step(occasion, pick_up.pickup_id, "handed-over"))
        return outcome.state or pick_up

    async def _move_all(self, pick_up: PickUp, occasion: Occasion) -> PickUp:
        """All that still waits for it, also what was planned for it in the moment when it ended."""
        carrier_id, on = pick_up.agreed.carrier_id, pick_up.agreed.on
        for shipping in [each async for each in self.placing.waiting(carrier_id, on)]:
            await self.placing.place(shipping, occasion, after=on)
        outcome = await self.pick_ups(
            k.NoteMoved(pick_up.pickup_id), step(occasion, pick_up.pickup_id, "moved")
        )
        return outcome.state or pick_up
