"""Asking orders who gets an order and where, with our own token; and the zone of a reservation of ours."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from chassis.handling import Store
from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone
from pydantic import BaseModel, ValidationError

from logistics.application.carrier_port import CarrierDown, CarrierRefused
from logistics.application.recipient_asking import Good, Recipient
from logistics.domain.reservation import Reserved


class _Line(BaseModel):
    product_id: str
    title: str
    unit_price: int
    currency: str


class _Address(BaseModel):
    text: str
    comment: str | None = None


class _Contact(BaseModel):
    name: str
    phone: str
    email: str | None = None
    address: _Address | None = None
    lines: list[_Line]


@dataclass(frozen=True, slots=True)
class RecipientsFromOrders:
    """`GET /orders/{id}/contact`. Each look is written into the order's history (R97)."""

    orders: Peer

    async def of(self, order_id: str) -> Recipient:
        try:
            return _read(await self.orders.get(f"/orders/{order_id}/contact"))
        except PeerDown as down:
            raise CarrierDown("orders does not say who the recipient is") from down
        except PeerRefused as no:
            if no.status == HTTPStatus.NOT_FOUND:
                raise CarrierRefused("recipient_unknown") from no
            raise CarrierDown(f"orders would not say who the recipient is: {no.status}") from no


@dataclass(frozen=True, slots=True)
class ZonesReserved:
    """Zones by the reservations that this service keeps."""

    reservations: Store[Reserved]

    async def of(self, order_id: str, reservation_id: str) -> str | None:
        reserved = (await self.reservations.load(order_id)).state
        reservation = reserved.reservations.get(reservation_id) if reserved else None
        return reservation.promise.zone if reservation else None


def _read(told: Any) -> Recipient:
    """Neither what is wrong nor what was said is told in a fault: it is personal."""
    try:
        contact = _Contact.model_validate(told)
        phone = Phone.parse(contact.phone)
    except (ValidationError, NotAPhone):
        raise CarrierRefused("recipient_unreadable") from None
    address = contact.address
    return Recipient(
        name=Personal(contact.name),
        phone=phone,
        email=Personal(contact.email) if contact.email else None,
        address=Personal(address.text) if address else None,
        comment=Personal(address.comment) if address and address.comment else None,
        goods=tuple(
            Good(each.product_id, each.title, Money(each.unit_price, each.currency)) for each in contact.lines
        ),
    )
