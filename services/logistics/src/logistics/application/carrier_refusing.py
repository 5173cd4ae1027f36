"""What a carrier will not do is somebody's work: an incident with an owner and a deadline (R50-R53)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from chassis.clock import Clock
from chassis.handling import Occasion
from kernel.actor import service

from logistics.application.carrier_port import CarrierPort, CarrierRefused, PrintForm
from logistics.application.incident_troubling import Troubling
from logistics.domain.incident_trouble import DATA_ERROR, OTHER, Source, Trouble
from logistics.domain.shipment import KnownOrder, Parcel, order_of


@dataclass(frozen=True, slots=True)
class RefusalsNoticed:
    """A carrier whose refusals open incidents, before they are written down: who dies in between asks again and is refused
    again. His own word stays with the shipment.
    """

    port: CarrierPort
    troubling: Troubling
    clock: Clock

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        """Something in the order or in the settings does not suit him."""
        try:
            return await self.port.register(order_id, parcel, known)
        except CarrierRefused as no:
            await self._notice(DATA_ERROR, Source.MANAGER, parcel, known.shop_id, no)
            raise

    async def cancel(self, parcel: Parcel, known: KnownOrder) -> None:
        """He keeps it: somebody talks to him."""
        try:
            await self.port.cancel(parcel, known)
        except CarrierRefused as no:
            await self._notice(OTHER, Source.COURIER_SERVICE, parcel, known.shop_id, no)
            raise

    async def print_form(self, ref: str, form: PrintForm) -> AsyncIterator[bytes]:
        return await self.port.print_form(ref, form)

    async def _notice(
        self, kind: str, source: Source, parcel: Parcel, shop_id: str, no: CarrierRefused
    ) -> None:
        at = self.clock.now()
        trouble = Trouble(
            kind=kind,
            source=source,
            happened_at=at,
            shop_id=shop_id,
            carrier_id=parcel.promised.carrier_id,
            order_id=order_of(parcel.shipment_id),
            shipment_id=parcel.shipment_id,
        )
        why = Occasion(f"refused/{parcel.shipment_id}/{no.code}", at, service("logistics"))
        await self.troubling.open(trouble, why)
