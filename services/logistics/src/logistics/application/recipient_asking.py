"""Where a shipment goes: asked from orders at the moment a carrier is told, and kept nowhere (decision 68)."""

from dataclasses import dataclass
from typing import Protocol

from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone


@dataclass(frozen=True, slots=True)
class Good:
    """What a line is called and costs, for the carrier's papers."""

    product_id: str
    title: str
    unit_price: Money


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it and where, as the customer wrote it. None of it is stored or logged here."""

    name: Personal
    phone: Phone
    email: Personal | None
    address: Personal | None
    comment: Personal | None
    goods: tuple[Good, ...]


class Recipients(Protocol):
    """Recipients, by order."""

    async def of(self, order_id: str) -> Recipient:
        """Raise `CarrierDown` when orders can't say now, `CarrierRefused` when there is none."""
        ...


class Zones(Protocol):
    """Delivery zones of promises."""

    async def of(self, order_id: str, reservation_id: str) -> str | None:
        """The zone that was promised; None when this service reserved no such place."""
        ...
