"""What is wished for, and what can be promised."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from kernel.money import Money
from kernel.window import Window


class Kind(StrEnum):
    """At the door within a window, or at a pick-up point."""

    WINDOW = "window"
    POINT = "point"


class Reason(StrEnum):
    """Why a promise can't be kept. The later in this list, the nearer it came to being possible."""

    NO_SUCH_ZONE = "no_such_zone"
    NO_SUCH_POINT = "no_such_point"
    NO_TERMS = "no_terms"
    OTHER_TERMS = "other_terms"
    NO_PAYMENT_ON_DELIVERY = "no_payment_on_delivery"
    TOO_MANY_PIECES = "too_many_pieces"
    DATE_PASSED = "date_passed"
    TOO_FAR_AHEAD = "too_far_ahead"
    DAY_OFF = "day_off"
    POINT_CLOSED = "point_closed"
    NO_SUCH_WINDOW = "no_such_window"
    LEAD_TIME = "lead_time"
    GOODS_NOT_READY = "goods_not_ready"
    PAST_CUT_OFF = "past_cut_off"
    POINT_OUT_OF_HOURS = "point_out_of_hours"
    EXACT_HOUR = "exact_hour"
    NARROWER_THAN_AGREED = "narrower_than_agreed"
    FULL_DAY = "full_day"
    FULL_WINDOW = "full_window"


NEARNESS = {reason: place for place, reason in enumerate(Reason)}


class Why(StrEnum):
    """Why something else is offered."""

    AS_WISHED = "as_wished"
    HOLDS_THE_HOUR = "holds_the_hour"
    SAME_DAY = "same_day"
    ANOTHER_DAY = "another_day"
    PICK_UP_POINT = "pick_up_point"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the customer wants. Days and clocks are those of the delivery city; all but zone and kind may be open.

    `begins` without `ends` is an exact hour (R67). `ready_on`: the day on which the goods are at our warehouse. `order_id`: for
    an order that may have a place already, and would leave it.
    """

    zone: str
    kind: Kind
    day: date | None = None
    begins: time | None = None
    ends: time | None = None
    point_id: str | None = None
    ready_on: date | None = None
    on_delivery: bool = False
    pieces: int = 1
    order_id: str | None = None

    @property
    def is_exact(self) -> bool:
        """An hour, not an interval."""
        return self.begins is not None and (self.ends is None or self.ends == self.begins)


@dataclass(frozen=True, slots=True)
class NamedPromise:
    """A promise by all that tells it from others; the terms it names say the rest."""

    kind: Kind
    carrier_id: str
    terms_version: int
    zone: str
    starts_at: datetime
    ends_at: datetime
    point_id: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What can be agreed with the customer: any moment between `starts_at` and `ends_at` (UTC) may be meant (R66).

    It names the version of the terms it was built from (R65). A point's promise is that the parcel lies there, and the
    point is open, from the one to the other.
    """

    kind: Kind
    carrier_id: str
    terms_version: int
    zone: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    price: Money
    point_id: str | None = None

    @property
    def window(self) -> Window:
        return Window(self.starts_at, self.ends_at, self.time_zone)

    @property
    def named(self) -> NamedPromise:
        return NamedPromise(
            self.kind,
            self.carrier_id,
            self.terms_version,
            self.zone,
            self.starts_at,
            self.ends_at,
            self.point_id,
        )
