"""What a carrier is asked, whoever he is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.faults import Fault

from logistics.domain.shipment import KnownOrder, Parcel, Report


class CarrierDown(Fault):
    """He does not answer, or can't now; asked again later."""


class CarrierRefused(Exception):
    """He answered no; `code` is a word that may be told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoPrintForm(Exception):
    """He has none for this shipment, or not yet."""


@dataclass(frozen=True, slots=True)
class Read:
    """All that he knows of a shipment; `deleted` are keys of reports that he took back."""

    reports: tuple[Report, ...]
    deleted: tuple[str, ...] = ()


class CarrierPort(Protocol):
    """One carrier. Registering and cancelling may be asked twice; `CarrierDown`, `CarrierRefused` say no."""

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        """Tell him of it; his own number, if he gives one."""
        ...

    async def cancel(self, parcel: Parcel) -> None:
        """Take it back, before or after it left us."""
        ...

    async def read(self, ref: str) -> Read:
        """Every status there ever was."""
        ...

    async def print_form(self, ref: str) -> bytes:
        """The label as PDF; `NoPrintForm` when there is none."""
        ...

    async def request_pick_up(
        self, starts_at: datetime, ends_at: datetime, zone: str, refs: tuple[str, ...]
    ) -> None:
        """Ask that he fetches these from us, in clocks of this zone (R61, R62)."""
        ...


class ManualCarrier:
    """Own couriers and carriers without a system: people tell them, and report what they see."""

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        del order_id, parcel, known
        return None

    async def cancel(self, parcel: Parcel) -> None:
        del parcel

    async def read(self, ref: str) -> Read:
        del ref
        return Read(())

    async def print_form(self, ref: str) -> bytes:
        raise NoPrintForm(ref)

    async def request_pick_up(
        self, starts_at: datetime, ends_at: datetime, zone: str, refs: tuple[str, ...]
    ) -> None:
        del starts_at, ends_at, zone, refs
