"""What an order can be. States are types, so that what a state does not allow cannot be written."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone


class Channel(StrEnum):
    """Where the order came from, or how the customer was contacted (R3)."""

    SITE = "site"
    PHONE = "phone"
    CHAT = "chat"
    MESSENGER = "messenger"
    SMS = "sms"
    EMAIL = "email"
    POINT = "point"


class Preference(StrEnum):
    """Whether the customer may be called (R26)."""

    ANY = "any"
    NO_CALLS = "no_calls"


class Supply(StrEnum):
    """How far procurement is with the goods."""

    SOUGHT = "sought"
    ALLOCATED = "allocated"
    SHORT = "short"
    RELEASED = "released"


class Chosen(StrEnum):
    """How the responsible person was chosen; a person's choice is not undone by a rule."""

    DEFAULT = "default"
    RULE = "rule"
    CUSTOMER_OWNER = "customer_owner"
    PERSON = "person"


class AttemptOutcome(StrEnum):
    """What came of an attempt to contact the customer."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    CALL_LATER = "call_later"
    SENT = "sent"


class CancelReason(StrEnum):
    """Why an order is cancelled (R27)."""

    CHANGED_MIND = "changed_mind"
    FOUND_CHEAPER = "found_cheaper"
    ORDERED_TWICE = "ordered_twice"
    OUT_OF_STOCK = "out_of_stock"
    DELIVERY_TOO_LATE = "delivery_too_late"
    PRICE_MISTAKE = "price_mistake"
    FRAUD_SUSPECTED = "fraud_suspected"
    TEST = "test"


OUR_FAULT = frozenset({CancelReason.OUT_OF_STOCK, CancelReason.DELIVERY_TOO_LATE, CancelReason.PRICE_MISTAKE})
"""Reasons after which the customer is not let go without an offer (R25, R27)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the customer ordered it."""

    line_no: int
    product_id: str
    title: str
    quantity: int
    unit_price: Money


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to get the goods, and where."""

    name: Personal
    phone: Phone
    address: Personal | None = None
    comment: Personal | None = None


@dataclass(frozen=True, slots=True)
class ContactClock:
    """The three steps by which somebody must have contacted the customer, working time of the shop; UTC (R20)."""

    remind_at: datetime
    reassign_at: datetime
    alarm_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to contact the customer."""

    at: datetime
    by: str
    channel: Channel
    outcome: AttemptOutcome
    note: Personal | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """What the customer ordered: never changes after the order was placed."""

    order_id: str
    number: str
    shop_id: str
    channel: Channel
    lines: tuple[Line, ...]
    recipient: Recipient
    preference: Preference
    clock: ContactClock
    placed_at: datetime
    placed_by: str
    external_number: str | None = None
    is_test: bool = False
    gift_wrap: bool = False

    @property
    def total(self) -> Money:
        """What the goods cost together."""
        first, *rest = (line.unit_price * line.quantity for line in self.lines)
        return sum(rest, start=first)


@dataclass(frozen=True, slots=True)
class Open:
    """An order that somebody answers for. `attention_at`: when he must have looked at it again."""

    placing: Placing
    responsible_id: str
    chosen: Chosen
    customer_id: str | None = None
    customer_problem: str | None = None
    attempts: tuple[Attempt, ...] = ()
    contacted_at: datetime | None = None
    reminded_at: datetime | None = None
    reassigned_at: datetime | None = None
    overdue_at: datetime | None = None
    attention_at: datetime | None = None
    supply: Supply = Supply.SOUGHT
    missing: tuple[str, ...] = ()
    apology_due_at: datetime | None = None
    apology_overdue: bool = False
    apologised_at: datetime | None = None
    offered: tuple[str, ...] = ()
    offered_at: datetime | None = None
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An order that will not be fulfilled; it stays cancelled whatever comes later."""

    placing: Placing
    responsible_id: str
    customer_id: str | None
    reason: str
    lapsed: bool
    offer_made: bool
    cancelled_at: datetime
    cancelled_by: str
    attempts: tuple[Attempt, ...] = ()
    contacted_at: datetime | None = None
    supply: Supply = Supply.SOUGHT
    missing: tuple[str, ...] = field(default=())
    kind: Literal["cancelled"] = "cancelled"


Order = Open | Cancelled
