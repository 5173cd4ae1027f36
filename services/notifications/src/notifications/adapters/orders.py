"""Asking orders for the customer of an order, over HTTP with our own token."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone
from pydantic import AwareDatetime, BaseModel, ValidationError

from notifications.application.contact import (
    Contact,
    ContactLine,
    ContactOffer,
    ContactSubstitute,
    OrdersDown,
    OrdersRefuse,
)
from notifications.domain.words import Language


class _Line(BaseModel):
    title: str
    quantity: int
    unit_price: int
    currency: str


class _Substitute(BaseModel):
    missing_title: str
    title: str
    unit_price: int
    currency: str


class _Offer(BaseModel):
    link: str | None = None
    expires_at: AwareDatetime | None = None
    substitutes: list[_Substitute] = []


class _Promise(BaseModel):
    reservation_id: str
    promised_at: AwareDatetime
    words: dict[str, str] = {}


class _Refund(BaseModel):
    refund_id: str
    amount: int
    currency: str


class _Contact(BaseModel):
    number: str
    language: str = "ru"
    name: str
    phone: str | None = None
    email: str | None = None
    lines: list[_Line]
    total: int
    currency: str
    promise: _Promise | None = None
    offer: _Offer | None = None
    refunds: list[_Refund] = []


@dataclass(frozen=True, slots=True)
class OrdersContact:
    """`GET /orders/{id}/contact`. Its 404 and 409 are final; another no is a grant to be put right, and is asked again."""

    orders: Peer

    async def __call__(self, order_id: str) -> Contact:
        try:
            return contact_of(await self.orders.get(f"/orders/{order_id}/contact"))
        except PeerDown as down:
            raise OrdersDown(str(down)) from None
        except PeerRefused as no:
            if no.status == HTTPStatus.NOT_FOUND:
                raise OrdersRefuse("order_unknown") from None
            if no.status == HTTPStatus.CONFLICT:
                raise OrdersRefuse("order_refused") from None
            raise OrdersDown(f"orders answered {no.status}") from None


def contact_of(answer: Any) -> Contact:
    """Orders' answer in our words; one that can't be read is as good as none, and nothing of it is quoted."""
    try:
        told = _Contact.model_validate(answer)
    except ValidationError:
        raise OrdersDown("orders answered what is no contact") from None
    lines = tuple(
        ContactLine(each.title, each.quantity, Money(each.unit_price, each.currency)) for each in told.lines
    )
    return Contact(
        number=told.number,
        language=Language(told.language) if told.language in set(Language) else Language.RU,
        name=Personal(told.name),
        phone=_phone(told.phone),
        email=Personal(told.email) if told.email else None,
        lines=lines,
        total=Money(told.total, told.currency),
        offer=_offer(told.offer) if told.offer else None,
        promise_words=told.promise.words if told.promise else None,
        promised=(told.promise.reservation_id, told.promise.promised_at) if told.promise else None,
        owed={each.refund_id: Money(each.amount, each.currency) for each in told.refunds},
    )


def _offer(offer: _Offer) -> ContactOffer:
    substitutes = tuple(
        ContactSubstitute(each.missing_title, each.title, Money(each.unit_price, each.currency))
        for each in offer.substitutes
    )
    link = Personal(offer.link) if offer.link else None
    return ContactOffer(link, offer.expires_at, substitutes)


def _phone(raw: str | None) -> Phone | None:
    try:
        return Phone.parse(raw) if raw else None
    except NotAPhone:
        return None
