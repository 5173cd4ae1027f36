"""The ports of webhooks, and the two things they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from chassis.chassis import Listing
from chassis.handling import Decider, Handler

from notifications.application.announcements import announce_endpoint, announce_nothing
from notifications.domain import delivering, keeping
from notifications.domain import delivery as d
from notifications.domain import endpoint as e

ENDPOINT: Decider[e.EndpointCommand, e.Endpoint, e.EndpointChange] = Decider(
    lambda command: command.endpoint_id, keeping.decide, keeping.evolve, announce_endpoint, e.due
)
DELIVERY: Decider[d.DeliveryCommand, d.Delivery, d.DeliveryChange] = Decider(
    lambda command: command.delivery_id, delivering.decide, delivering.evolve, announce_nothing, d.due
)

Endpoints = Listing[e.Endpoint]
Deliveries = Listing[d.Delivery]
HandleEndpoint = Handler[e.EndpointCommand, e.Endpoint, e.EndpointChange]
HandleDelivery = Handler[d.DeliveryCommand, d.Delivery, d.DeliveryChange]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it was told: `body` is its CloudEvents JSON; `shop_id` none when it names no shop."""

    id: str
    type: str
    at: datetime
    shop_id: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a call: an HTTP status, or a fault of the way there."""

    milliseconds: int
    status: int | None = None
    fault: str | None = None
    retry_after: timedelta | None = None


class Post(Protocol):
    """Sends one signed call to a checked address; never raises for what is outside."""

    async def __call__(self, url: str, id_: str, body: str, secrets: Sequence[str]) -> Answered: ...


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Endpoints of a shop; deliveries that wait for one endpoint; calls to one endpoint at once in one process."""

    endpoints: int
    backlog: int
    at_once: int = 32
