"""The customer of an order, as orders answers for one sending; held no longer than that takes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from chassis.peers import PeerDown
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone

from notifications.domain.message import Promise
from notifications.domain.words import Language


@dataclass(frozen=True, slots=True)
class ContactLine:
    title: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class ContactSubstitute:
    """What is offered instead of `missing_title`."""

    missing_title: str
    title: str
    unit_price: Money


@dataclass(frozen=True, slots=True)
class ContactOffer:
    """`link` is signed and needs no account; it is as good as the customer's word. None: orders makes no links, and a
    person asks for the answer.
    """

    link: Personal | None
    expires_at: datetime | None
    substitutes: tuple[ContactSubstitute, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """`promise_words` are logistics' own words of the delivery, by language; a pick-up point's address is among them.
    `promised` is the reservation and the moment of the promise that holds now, `owed` what is still to go back, by refund.
    """

    number: str
    language: Language
    name: Personal
    phone: Phone | None
    email: Personal | None
    lines: tuple[ContactLine, ...]
    total: Money
    offer: ContactOffer | None = None
    promise_words: dict[str, str] | None = None
    promised: tuple[str, datetime] | None = None
    owed: Mapping[str, Money] = field(default_factory=dict[str, Money])

    def keeps(self, promise: Promise) -> bool:
        """Whether it still holds: what voids a promise is not always told to who writes (R31, R65)."""
        return self.promised == (promise.reservation_id, promise.promised_at)


class Unanswered(PeerDown):
    """A service does not answer, or can't now: ask again later. `fault` is a word."""

    fault: ClassVar[str]


class OrdersDown(Unanswered):
    """It is orders."""

    fault = "orders_down"


class Withheld(Exception):
    """A service will not give what is needed; `reason` is a word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OrdersRefuse(Withheld):
    """Orders will not give this contact."""


FindContact = Callable[[str], Awaitable[Contact]]
"""By the order's id; raises `OrdersDown` or `OrdersRefuse`."""
