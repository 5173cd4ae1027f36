"""Logistics in memory with one order's shipments, their pick-ups and their incidents, lived step by step by a machine."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from chassis.clock import StoppedClock
from chassis.handling import Occasion
from chassis.testing.memory import MemoryChassis
from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryFailedV1,
    DeliveryWindowMissedV1,
    PickupMissedCutoffV1,
)
from contracts.fact import Fact
from kernel.actor import Actor
from kernel.refusal import Refusal

from logistics.bootstrap import compose
from logistics.domain import shipment_commands as k
from logistics.domain.carrier import ApproveTerms, DescribeCarrier, Mode, Profile
from logistics.domain.pick_up import PickUp
from logistics.domain.shipment import KnownOrder, Report, ShipmentStep, Shipping
from logistics.domain.shipment_stage import ARRIVED, ShipmentStage
from logistics.entrypoints import incident_subscribers as reacts
from logistics.settings import LogisticsSettings
from logistics.testing.agreements import MONDAY, OWN
from logistics.testing.people import LENA, ORDERS, STEPAN, VERA

T = TypeVar("T")
ORDER = "o-1"


class WholeLife:
    """What happens is called by its name; a refusal is answered as None."""

    def __init__(self) -> None:
        self.clock = StoppedClock(MONDAY)
        self.chassis = MemoryChassis("logistics", clock=self.clock)
        self.parts = compose(self.chassis, LogisticsSettings())
        self.shipping: Any = self.parts.wired["shipping"]
        self.picking_up: Any = self.parts.wired["picking_up"]
        self._loop = asyncio.new_event_loop()
        self._many = 0
        self.run(self._agree())

    def close(self) -> None:
        self._loop.close()

    def run(self, what: Coroutine[Any, Any, T]) -> T | None:
        """Do it now."""
        try:
            return self._loop.run_until_complete(what)
        except Refusal:
            return None

    def occasion(self, actor: Actor = STEPAN, **more: Any) -> Occasion:
        self._many += 1
        return Occasion(more.pop("id", f"occasion-{self._many}"), self.clock.now(), actor, **more)

    @property
    def state(self) -> Shipping | None:
        return self.run(self._kept("shipments", ORDER))

    def pick_up(self, pickup_id: str) -> PickUp | None:
        return self.run(self._kept("pick_ups", pickup_id))

    def hear(self, known: KnownOrder, sequence: int) -> None:
        """Orders told so, and Kafka brings it now."""
        heard = self.occasion(ORDERS, id=f"fact-{sequence}", heard=("orders/o-1", sequence), remembered=True)
        self.run(self.shipping.hear(ORDER, known, heard))

    def ask(self, command: k.Command) -> None:
        """A person's step, or the carrier's statuses."""
        self.run(self.shipping.ask(command, self.occasion()))

    def pass_time(self, time: timedelta) -> None:
        """It goes by, and what is due is handed over."""
        self.clock.forward(time)
        while sum(self.run(worker.once()) or 0 for worker in self.parts.deadlines):
            pass

    def hear_itself(self, number: int) -> None:
        """A fact of its own comes back."""
        fact, wired = self.chassis.told[number], self.parts.wired
        occasion = self.occasion(id=f"own-{number}", heard=(f"logistics/{fact.subject()}", number + 1))
        scoring, opens, grace = wired["scoring"], wired["running"], wired["window_grace"]
        weighs = wired["weighing"]
        match fact:
            case DeliveryFailedV1():
                self.run(reacts.open_for_failure(fact, occasion, opens))
            case DeliveryWindowMissedV1():
                self.run(reacts.open_for_missed_window(fact, occasion, scoring, grace, opens, weighs))
            case DeliveryDeliveredV1():
                self.run(reacts.count_delivery(fact, occasion, scoring, grace, self.shipping, opens, weighs))
            case PickupMissedCutoffV1():
                self.run(reacts.open_for_missed_cutoff(fact, occasion, opens, "main"))
            case _:
                pass

    def told(self, *kinds: type[Fact]) -> list[Any]:
        return [fact for fact in self.chassis.told if isinstance(fact, kinds)]

    def seen(self, stage: ShipmentStage, ago: int) -> Report:
        """What somebody saw so many minutes ago."""
        at = self.clock.now() - timedelta(minutes=ago)
        return Report(f"{stage.value}@{at.isoformat()}", stage, at, "somebody", reason="no_contact")

    def left_by_us(self) -> set[tuple[str, str]]:
        """What the carrier was told of, and what is not here any more."""
        parcels = self.state.parcels if self.state else ()
        told = {
            each.shipment_id for each in parcels if each.registered_at or each.owes is ShipmentStep.REGISTER
        }
        gone = {each.shipment_id for each in parcels if each.dispatched}
        return {*((each, "told") for each in told), *((each, "gone") for each in gone)}

    def arrived(self) -> set[str]:
        """What stays where it is."""
        parcels = self.state.parcels if self.state else ()
        return {each.shipment_id for each in parcels if each.stage in ARRIVED}

    async def _kept(self, store: str, key: str) -> Any:
        return (await self.parts.wired[store].load(key)).state

    async def _agree(self) -> None:
        """Lena writes what our own couriers do, Vera approves."""
        agreeing, id_, at = self.parts.wired["agreeing"], OWN.carrier_id, self.clock.now()
        profile = Profile(id_, Mode.OWN_STAFF, "lena")
        await agreeing.describe(DescribeCarrier(id_, profile, LENA, at), self.occasion(LENA))
        await agreeing.write(OWN, LENA, self.occasion(LENA))
        await agreeing.settle(ApproveTerms(id_, 1, 1, VERA, at), self.occasion(VERA))
