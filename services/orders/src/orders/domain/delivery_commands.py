"""What may be asked about the delivery of an order."""

from dataclasses import dataclass, field
from datetime import datetime

from kernel.actor import Actor
from kernel.personal import Personal

from orders.domain.delivery import Leaving, Offered
from orders.domain.policies import Clocks
from orders.domain.words import Channel


@dataclass(frozen=True, slots=True)
class PrepareDelivery:
    """May this actor agree the delivery of this order now? Asked before logistics is; changes nothing."""

    order_id: str
    actor: Actor
    at: datetime
    waiver: str | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What of the order logistics was asked by: how much, whether it takes money, and where to."""

    pieces: int
    on_delivery: bool
    address: Personal | None


@dataclass(frozen=True, slots=True)
class AgreeDelivery:
    """Logistics said that it can be kept, and holds the capacity under `reservation_id`. `basis`: by what it was asked.

    `told_by`: the customer heard it from us in this very talk. `waiver`: why it is promised before the goods are allocated.
    """

    order_id: str
    offered: Offered
    reservation_id: str
    actor: Actor
    at: datetime
    clocks: Clocks
    told_by: Channel | None = None
    leaving: Leaving = field(default_factory=Leaving)
    waiver: str | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class TellPromise:
    """The customer was told of the promise: by a person, or by a message that a gateway took. `of`: which of the agreements
    it was about, counted from one; None means the one that holds.
    """

    order_id: str
    channel: Channel
    actor: Actor
    at: datetime
    clocks: Clocks
    of: int | None = None


DeliveryCommand = PrepareDelivery | AgreeDelivery | TellPromise
