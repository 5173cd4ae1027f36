"""What a carrier is asked, whoever he is."""

from typing import Protocol

from chassis.faults import Fault

from logistics.domain.shipment import KnownOrder, Parcel


class CarrierDown(Fault):
    """He does not answer, or can't now; asked again later."""


class CarrierRefused(Exception):
    """He answered no; `code` is a word that may be told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoPrintForm(Exception):
    """He has none for this shipment, or not yet."""


class CarrierPort(Protocol):
    """One carrier. Registering and cancelling may be asked twice; `CarrierDown`, `CarrierRefused` say no."""

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        """Tell him of it; his own number, if he gives one."""
        ...

    async def cancel(self, parcel: Parcel) -> None:
        """Take it back, before or after it left us."""
        ...

    async def print_form(self, ref: str) -> bytes:
        """The label as PDF; `NoPrintForm` when there is none."""
        ...


class ManualCarrier:
    """Own couriers and carriers without a system: people tell them, and report what they see."""

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        del order_id, parcel, known
        return None

    async def cancel(self, parcel: Parcel) -> None:
        del parcel

    async def print_form(self, ref: str) -> bytes:
        raise NoPrintForm(ref)
