"""What may happen to a pick-up."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.refused_duty import DutyRefused

from logistics.domain.pick_up import AgreedPickUp, Handed, Interval, PickUpStage, TurnedAway


@dataclass(frozen=True, slots=True)
class PickUpPlanned:
    """As the terms in force on its day have it; other terms that come later leave it as it is."""

    agreed: AgreedPickUp


@dataclass(frozen=True, slots=True)
class PickUpRequested:
    """`waiting` shipments were ready for it then."""

    by: str
    interval: Interval
    waiting: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PickUpReminded:
    """So many `minutes` before the cut-off nobody had asked for it, and `waiting` shipments waited."""

    minutes: int
    waiting: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Scanned; each shipment is told."""

    handing: tuple[Handed, ...]
    settle_at: datetime


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What each shipment said."""

    done: tuple[str, ...]
    turned_away: tuple[TurnedAway, ...]


@dataclass(frozen=True, slots=True)
class PickUpMissed:
    """`cut_off_at` passed, and `left` shipments that might have gone are still here."""

    cut_off_at: datetime
    left: int
    next_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PickUpEnded:
    """Nothing was left, or it was cancelled."""

    stage: PickUpStage
    next_on: date | None
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingMoved:
    """What still waited is planned for other pick-ups."""


Change = (
    PickUpPlanned
    | PickUpRequested
    | PickUpReminded
    | HandingOver
    | HandedOver
    | PickUpMissed
    | PickUpEnded
    | WaitingMoved
    | DutyRefused
)
