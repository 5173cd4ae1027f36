"""What a carrier is asked, whoever he is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
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
    """He has none for this shipment."""


class PrintFormInTheMaking(Exception):
    """He was asked for it and makes it; asked again in a moment."""


class PrintForm(StrEnum):
    """A label for the parcel, or the waybill that goes with it."""

    LABEL = "label"
    WAYBILL = "waybill"


@dataclass(frozen=True, slots=True)
class Story:
    """All that a carrier knows of a shipment, by his own list. `deleted` are keys of reports that he took back, `unknown`
    words of his that nobody here knows; `held`: it lies where it should not since this report; `uncounted`: by this report he
    delivered a part and does not say which. `ref` is his own number.
    """

    ref: str
    reports: tuple[Report, ...]
    deleted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    held: Report | None = None
    uncounted: Report | None = None


class CarrierPort(Protocol):
    """One carrier. Registering and cancelling may be asked twice; `CarrierDown`, `CarrierRefused` say no."""

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        """Tell him of it; his own number, if he gives one."""
        ...

    async def cancel(self, parcel: Parcel, known: KnownOrder) -> None:
        """Take it back, before or after it left us."""
        ...

    async def print_form(self, ref: str, form: PrintForm) -> AsyncIterator[bytes]:
        """PDF, as it comes; `NoPrintForm`, `PrintFormInTheMaking` when there is none."""
        ...


class CarrierSystem(CarrierPort, Protocol):
    """A carrier whose own system can be asked where a shipment is."""

    async def story(self, parcel: Parcel) -> Story | None:
        """What he knows of it; None: nothing."""
        ...


class ManualCarrier:
    """Own couriers and carriers without a system: people tell them, and report what they see."""

    async def register(self, order_id: str, parcel: Parcel, known: KnownOrder) -> str | None:
        del order_id, parcel, known
        return None

    async def cancel(self, parcel: Parcel, known: KnownOrder) -> None:
        del parcel, known

    async def print_form(self, ref: str, form: PrintForm) -> AsyncIterator[bytes]:
        raise NoPrintForm(ref, form)
