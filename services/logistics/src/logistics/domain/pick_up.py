"""A pick-up: a carrier comes to our warehouse on a day and takes what is ready for him (R61-R63). There is one of a carrier and
a day. What leaves by it is known of the shipments; here is who asked for it, until when, and what was handed over.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class PickUpStage(StrEnum):
    """How far it is. `planned`: something is to leave by it, and nobody has asked the carrier yet; `empty`: nothing was left to
    leave when its cut-off passed.
    """

    PLANNED = "planned"
    REQUESTED = "requested"
    HANDED_OVER = "handed_over"
    MISSED = "missed"
    CANCELLED = "cancelled"
    EMPTY = "empty"


STEP_WITHIN = timedelta(seconds=30)
"""So soon whoever meets the deadline goes on with what was left half done."""
OPEN = frozenset({PickUpStage.PLANNED, PickUpStage.REQUESTED})
"""Shipments may be planned for it."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From when to when the carrier may come; UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def width(self) -> timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class AgreedPickUp:
    """What the terms in force on its day say of it: the hours, the cut-off (their beginning less packing, R63), how wide the
    carrier wants it (R62), and when it is asked for by itself (None: a person asks). Moments are UTC, the day is that of
    `time_zone`, our warehouse's.
    """

    carrier_id: str
    on: date
    time_zone: str
    hours: Interval
    cut_off_at: datetime
    least: timedelta = timedelta()
    ask_at: datetime | None = None
    responsible_id: str = ""

    @property
    def pickup_id(self) -> str:
        return pick_up_named(self.carrier_id, self.on)


@dataclass(frozen=True, slots=True)
class Handed:
    """A shipment that was given to the carrier, by whom and when."""

    shipment_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A shipment that was scanned and may not go; `why` is a word."""

    shipment_id: str
    why: str


@dataclass(frozen=True, slots=True)
class PickUp:
    """`interval` is what was asked for, at first the agreed hours. `handing` are scanned and not noted in their shipments yet;
    `settle_at`, `move_at`: by then whoever meets the deadline goes on with handing over, or with moving to another
    pick-up what still waits. `left` shipments were still here when it was missed; `next_on`: the next possible day.
    """

    agreed: AgreedPickUp
    interval: Interval
    stage: PickUpStage = PickUpStage.PLANNED
    requested_by: str | None = None
    requested_at: datetime | None = None
    reminded_at: datetime | None = None
    handed: tuple[Handed, ...] = ()
    handing: tuple[Handed, ...] = ()
    turned_away: tuple[TurnedAway, ...] = ()
    settle_at: datetime | None = None
    move_at: datetime | None = None
    left: int = 0
    missed_at: datetime | None = None
    next_on: date | None = None
    reason: str | None = None

    @property
    def pickup_id(self) -> str:
        return self.agreed.pickup_id

    @property
    def open(self) -> bool:
        return self.stage in OPEN

    @property
    def due_at(self) -> datetime | None:
        """Asked for by the cut-off, handed over by the end of its hours; None when it is over (R61)."""
        if not self.open:
            return None
        return self.agreed.cut_off_at if self.stage is PickUpStage.PLANNED else self.interval.ends_at

    @property
    def narrow(self) -> bool:
        """Less than what was agreed: the same couriers also deliver, so the wider the better (R62)."""
        return self.interval.width < self.agreed.hours.width


def pick_up_named(carrier_id: str, on: date) -> str:
    """The id of a carrier's pick-up of a day."""
    return f"{carrier_id}.{on.isoformat()}"
