"""Shipping: from what orders tells and people do to what the carrier is told.

A shipment keeps the step that its carrier owes an answer to; who dies in between is followed by whoever meets the deadline.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from chassis.handling import Handler, Occasion, Outcome
from chassis.metrics import meter
from kernel.deadline import Deadline

from logistics.application.carrier_port import CarrierDown, CarrierPort, CarrierRefused
from logistics.application.standing import Standing
from logistics.domain import shipment_commands as k
from logistics.domain.cut_off import cut_off
from logistics.domain.incident_trouble import Trouble
from logistics.domain.pick_up_choosing import pick_up_for
from logistics.domain.shipment import KnownOrder, Parcel, Plan, Promised, Report, ShipmentStep, Shipping
from logistics.domain.shipment_changes import Change
from logistics.domain.shipment_door import found_at_the_door

log = structlog.get_logger(__name__)

NOT_TOLD = meter.create_counter(
    "opblok.carriers.down", description="Steps that a carrier did not answer; they are taken again."
)
UNKNOWN_MODE = "unknown"
"""Of a carrier who is not described here."""

Shipments = Handler[k.Command, Shipping, Change]


@dataclass(frozen=True, slots=True)
class ShippingOut:
    """`ports` by carrier id; people tell those that have none. `ahead`: so long before the orders' cut-off a shipment that
    may go is registered by itself; None: people do it. `place` sees that what may go is awaited by a pick-up.
    """

    shipments: Shipments
    standing: Standing
    ports: Mapping[str, CarrierPort]
    manual: CarrierPort
    ahead: timedelta | None
    place: Callable[[Shipping, Occasion], Awaitable[None]]

    async def hear(self, order_id: str, known: KnownOrder, occasion: Occasion) -> None:
        """Orders told how the order is now."""
        plan = await self._plan(known.promised, occasion.at) if known.promised else Plan(UNKNOWN_MODE)
        outcome = await self.shipments(k.HearOrder(order_id, known, plan, occasion.at), occasion)
        await self._settle(outcome, occasion)

    async def ask(
        self,
        command: k.RegisterShipment | k.DispatchShipment | k.RecallShipment | k.HearCarrier,
        occasion: Occasion,
    ) -> Outcome[Shipping]:
        """Register, dispatch, recall; and what the carrier's own system says of it."""
        outcome = await self.shipments(command, occasion)
        await self._settle(outcome, occasion)
        return outcome

    async def report(
        self, order_id: str, shipment_id: str, report: Report, occasion: Occasion
    ) -> Outcome[Shipping]:
        """What a person saw."""
        his_own = await self._drives(order_id, shipment_id, occasion.actor.id)
        command = k.ReportShipment(order_id, shipment_id, report, occasion.actor, occasion.at, his_own)
        outcome = await self.shipments(command, occasion)
        await self._settle(outcome, occasion)
        return outcome

    async def on_deadline(self, order_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """A window that passed, a registration that is due, a step nobody finished."""
        passed = k.ShipmentDeadlinePassed(order_id, deadline.name, occasion.at)
        await self._settle(await self.shipments.fire(deadline, passed, occasion), occasion)

    async def wrong_at_the_door(self, order_id: str, shipment_id: str) -> list[Trouble]:
        """What was found missing or damaged when this shipment was handed to its customer."""
        shipping = (await self.shipments.store.load(order_id)).state
        parcel = shipping.parcel(shipment_id) if shipping else None
        return found_at_the_door(shipping, parcel) if shipping and parcel else []

    def port(self, carrier_id: str) -> CarrierPort:
        """How this carrier is told."""
        return self.ports.get(carrier_id, self.manual)

    async def _drives(self, order_id: str, shipment_id: str, staff_id: str) -> bool:
        held = (await self.shipments.store.load(order_id)).state
        parcel = held.parcel(shipment_id) if held else None
        if parcel is None:
            return False
        promised = parcel.promised
        terms = await self.standing.named(promised.carrier_id, promised.terms_version)
        return terms is not None and staff_id in {each.courier_id for each in terms.agreement.couriers}

    async def _plan(self, promised: Promised, at: datetime) -> Plan:
        carrier = (await self.standing.shelf(at)).carrier(promised.carrier_id)
        mode = carrier.profile.mode.value if carrier else UNKNOWN_MODE
        terms = await self.standing.named(promised.carrier_id, promised.terms_version)
        day = pick_up_for(terms, promised, at) if terms else None
        if terms is None or day is None:
            return Plan(mode)
        return Plan(mode, day, cut_off(terms, day) - self.ahead if self.ahead is not None else None)

    async def _settle(self, outcome: Outcome[Shipping], occasion: Occasion) -> None:
        shipping = outcome.state
        if shipping is None:
            return
        for parcel in shipping.parcels:
            if parcel.owes is not None:
                await self._step(shipping, parcel, parcel.owes, occasion)
        await self.place(shipping, occasion)

    async def _step(self, shipping: Shipping, parcel: Parcel, owes: ShipmentStep, occasion: Occasion) -> None:
        port, id_ = self.port(parcel.promised.carrier_id), parcel.shipment_id
        answer = k.NoteCarrier(shipping.order_id, id_, owes.value, occasion.at)
        try:
            if owes is ShipmentStep.REGISTER:
                ref = await port.register(shipping.order_id, parcel, shipping.known)
                answer = replace(answer, ref=ref)
            else:
                await port.cancel(parcel, shipping.known)
        except CarrierDown:
            NOT_TOLD.add(1, {"carrier": parcel.promised.carrier_id})
            log.warning("a carrier does not answer", shipment_id=id_, step=owes.value)
            return
        except CarrierRefused as no:
            answer = replace(answer, refused=no.code)
        noted = Occasion(f"{occasion.id}/{id_}/{owes.value}", occasion.at, occasion.actor, shipping.order_id)
        await self.shipments(answer, noted)
