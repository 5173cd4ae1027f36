"""A carrier's day: who has a place in it. One document, so that the last place is given once however many want it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stop at a door, or a parcel at a point. `frame` are the hours by whose limit the stop counts."""

    zone: str
    starts_at: datetime
    ends_at: datetime
    terms_version: int
    frame: Interval | None = None
    point_id: str | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """What one reservation has of the day. `round` fences: a command of that round or an older one, coming late, changes
    nothing. Without a slot it is the fence alone, and may be forgotten once `until` has passed; `refused` says why.

    `over`: beyond what the terms allow, since a confirmed order is kept all the same.
    """

    round: int
    order_id: str
    until: datetime
    slot: Slot | None = None
    courier_id: str | None = None
    firm: bool = False
    over: bool = False
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """`bookings` by reservation. `forgot_at`: when fences were last forgotten; a command that was due before then comes
    too late to know its fence.
    """

    carrier_id: str
    on: date
    bookings: Mapping[str, Booking] = field(default_factory=dict[str, Booking])
    forgot_at: datetime | None = None

    @property
    def booked(self) -> list[Booking]:
        """All that have a place."""
        return [each for each in self.bookings.values() if each.slot is not None]


def day_key(carrier_id: str, on: date) -> str:
    """Days are known by their carrier and date."""
    return f"{carrier_id}:{on.isoformat()}"


@dataclass(frozen=True, slots=True)
class CourierRoom:
    """A courier who drives there on this day (R64)."""

    courier_id: str
    stops: int
    minutes_per_stop: int


@dataclass(frozen=True, slots=True)
class Room:
    """What the terms allow where a slot lies, on its day. None: no limit. `couriers` None: none are named."""

    a_day: int | None = None
    in_frame: int | None = None
    couriers: tuple[CourierRoom, ...] | None = None


@dataclass(frozen=True, slots=True)
class BookSlot:
    """A place for this reservation, if there is room. `due` is the moment by which the step was to be done."""

    carrier_id: str
    on: date
    reservation_id: str
    order_id: str
    round: int
    slot: Slot
    room: Room
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class FirmSlot:
    """The order is confirmed: it keeps its place, or gets one even where there is no room."""

    carrier_id: str
    on: date
    reservation_id: str
    order_id: str
    round: int
    slot: Slot
    room: Room
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """No place for this reservation, now or by a step that comes late."""

    carrier_id: str
    on: date
    reservation_id: str
    order_id: str
    round: int
    at: datetime


Command = BookSlot | FirmSlot | FreeSlot


@dataclass(frozen=True, slots=True)
class SlotBooked:
    carrier_id: str
    on: date
    reservation_id: str
    booking: Booking
    at: datetime


@dataclass(frozen=True, slots=True)
class SlotFirmed:
    carrier_id: str
    on: date
    reservation_id: str
    booking: Booking
    at: datetime


@dataclass(frozen=True, slots=True)
class SlotRefused:
    """No room; decided once for this round."""

    carrier_id: str
    on: date
    reservation_id: str
    booking: Booking
    at: datetime


@dataclass(frozen=True, slots=True)
class SlotFreed:
    """There is no place any more, or there was none: the round is fenced all the same, since a step may be late."""

    carrier_id: str
    on: date
    reservation_id: str
    booking: Booking
    at: datetime


Change = SlotBooked | SlotFirmed | SlotRefused | SlotFreed
