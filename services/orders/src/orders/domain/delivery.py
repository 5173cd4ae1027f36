"""The delivery of an order: what was promised, by whom, who was told, and by when it has to be agreed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from kernel.money import Money
from kernel.personal import Personal
from kernel.window import Window
from kernel.zone import zone_named

from orders.domain.words import Channel


class Handing(StrEnum):
    """How the goods are handed over: at the door within a window, or at a pick-up point (R68)."""

    WINDOW = "window"
    POINT = "point"


class Words(NamedTuple):
    """The same in Russian and in English."""

    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What logistics says can be kept: built from one version of one carrier's terms (R65). Moments are UTC, `time_zone` is
    the delivery city's, `price` what the customer pays for the delivery.
    """

    kind: Handing
    carrier_id: str
    terms_version: int
    zone: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    price: Money
    words: Words
    point_id: str | None = None

    @property
    def window(self) -> Window:
        """From when until when the customer may count on it."""
        return Window(self.starts_at, self.ends_at, self.time_zone)

    @property
    def first_day(self) -> date:
        """The day of the delivery city on which it may begin."""
        return self.starts_at.astimezone(zone_named(self.time_zone)).date()

    @property
    def in_words(self) -> Words:
        """As the customer is told: an interval is any moment in it, and says so (R66). Where a point is, logistics knows."""
        if self.kind is Handing.POINT:
            return self.words
        return Words(self.window.in_words("ru"), self.window.in_words("en"))


@dataclass(frozen=True, slots=True)
class Waived:
    """The person of a higher duty who let a promise be made before the goods were allocated, and why (R17)."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What was agreed with the customer. `told_by`, `told_at`: how and when he was told of it; none until he was (R31)."""

    offered: Offered
    reservation_id: str
    promised_by: str
    promised_at: datetime
    told_by: Channel | None = None
    told_at: datetime | None = None
    waived: Waived | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whom the goods may be left with, and who keeps the money for them: what is offered instead of an exact hour (R67)."""

    alternative_recipient: Personal | None = None
    payment_left_with: Personal | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """`due_at`: by when the customer must know exactly when his order comes (R31). `overdue_at`: since when he should have.

    `ready_on` is the day on which the goods are at our warehouse, as procurement told. `agreed` counts agreements, so that
    each reserves anew. A void promise is kept to be read, but no longer holds.
    """

    promise: Promise | None = None
    leaving: Leaving = field(default_factory=Leaving)
    ready_on: date | None = None
    due_at: datetime | None = None
    overdue_at: datetime | None = None
    agreed: int = 0
    void: str | None = None

    @property
    def holds(self) -> Promise | None:
        """The promise that holds."""
        return None if self.void else self.promise

    @property
    def is_told(self) -> bool:
        """The customer knows of a promise that holds (R31)."""
        return self.holds is not None and self.holds.told_by is not None
