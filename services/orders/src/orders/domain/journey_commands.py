"""What logistics tells of a shipment, and what a person does after one went wrong. Moments are UTC."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.money import Money

from orders.domain.journeys import Kept
from orders.domain.policies import Clocks


@dataclass(frozen=True, slots=True)
class Scheduled:
    """It is registered with its carrier."""


@dataclass(frozen=True, slots=True)
class Dispatched:
    """It left our warehouse."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Delivered:
    """The customer kept these pieces, and paid so much to who brought them."""

    at: datetime
    kept: Kept
    collected: Money | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not come about. `told` grows with each news of this shipment."""

    at: datetime
    reason: str
    source: str
    final: bool
    told: int


@dataclass(frozen=True, slots=True)
class Missed:
    """The promised window passed."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """What was not kept is back at our warehouse."""

    at: datetime


News = Scheduled | Dispatched | Delivered | Failed | Missed | Returned


@dataclass(frozen=True, slots=True)
class HearShipment:
    order_id: str
    shipment_id: str
    news: News
    at: datetime
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class SeeToDelivery:
    """A person has done what a failed attempt asked for: the next one is prepared."""

    order_id: str
    actor: Actor
    at: datetime


JourneyCommand = HearShipment | SeeToDelivery
