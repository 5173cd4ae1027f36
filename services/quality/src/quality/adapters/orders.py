"""Asking orders for the customer of an order, over HTTP with our own token."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone
from pydantic import BaseModel, ValidationError

from quality.application.contact import Contact, ContactRefused, OrdersDown


class _Contact(BaseModel):
    number: str
    name: str
    phone: str | None = None
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class OrdersContact:
    """`GET /orders/{id}/contact`. Its 404 and 409 are final; another no is a grant to be put right."""

    orders: Peer

    async def __call__(self, order_id: str) -> Contact:
        try:
            return contact_of(await self.orders.get(f"/orders/{order_id}/contact"))
        except PeerDown as down:
            raise OrdersDown(str(down)) from None
        except PeerRefused as no:
            if no.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
                raise ContactRefused("Orders gives no contact for this order.") from None
            raise OrdersDown(f"orders answered {no.status}") from None


def contact_of(answer: Any) -> Contact:
    """Orders' answer in our words; one that can't be read is as good as none, and nothing of it is quoted."""
    try:
        told = _Contact.model_validate(answer)
    except ValidationError:
        raise OrdersDown("orders answered what is no contact") from None
    language = told.language if told.language in {"ru", "en"} else "ru"
    return Contact(told.number, Personal(told.name), _phone(told.phone), language)


def _phone(raw: str | None) -> Phone | None:
    try:
        return Phone.parse(raw) if raw else None
    except NotAPhone:
        return None
