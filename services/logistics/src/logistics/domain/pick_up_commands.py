"""What may be asked of a pick-up."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.actor import Actor

from logistics.domain.pick_up import AgreedPickUp, Interval, TurnedAway


@dataclass(frozen=True, slots=True)
class ExpectPickUp:
    """A shipment that may go is to leave by it. `by` asks for it when it has to be asked for by itself."""

    agreed: AgreedPickUp
    by: str
    at: datetime

    @property
    def pickup_id(self) -> str:
        return self.agreed.pickup_id


@dataclass(frozen=True, slots=True)
class RequestPickUp:
    """Ask the carrier to come; None: in the agreed hours. `waiting` shipments are ready; `next_on`: the next possible day."""

    agreed: AgreedPickUp
    interval: Interval | None
    waiting: int
    next_on: date | None
    actor: Actor
    at: datetime

    @property
    def pickup_id(self) -> str:
        return self.agreed.pickup_id


@dataclass(frozen=True, slots=True)
class HandOver:
    """These have been scanned, or ticked on the list, and given to the carrier."""

    pickup_id: str
    shipment_ids: tuple[str, ...]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteHandedOver:
    """What came of it for each shipment."""

    pickup_id: str
    done: tuple[str, ...]
    turned_away: tuple[TurnedAway, ...]


@dataclass(frozen=True, slots=True)
class CancelPickUp:
    """The carrier need not come."""

    pickup_id: str
    reason: str
    next_on: date | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteMoved:
    """Nothing is planned for it any more that could still go."""

    pickup_id: str


@dataclass(frozen=True, slots=True)
class PickUpDeadlinePassed:
    """`waiting` shipments may go and are still here."""

    pickup_id: str
    name: str
    waiting: int
    next_on: date | None
    by: str
    at: datetime


Command = (
    ExpectPickUp | RequestPickUp | HandOver | NoteHandedOver | CancelPickUp | NoteMoved | PickUpDeadlinePassed
)
