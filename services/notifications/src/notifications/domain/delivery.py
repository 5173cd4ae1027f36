"""A delivery: one fact owed to one endpoint, until it arrived or was given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.deadline import Deadline

from notifications.domain.trying import Persistence

SEND, SETTLE = "send", "settle"
WAITING, SENDING, DELIVERED, FAILED = "waiting", "sending", "delivered", "failed"
LOG = 30
"""So many tries are kept in the log, the newest."""


@dataclass(frozen=True, slots=True)
class Try:
    """What came of one: an HTTP status, or a fault of the way there."""

    at: datetime
    status: int | None
    milliseconds: int
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """`body` is the CloudEvents JSON; `told_at` the fact's time."""

    delivery_id: str
    endpoint_id: str
    shop_id: str
    type: str
    fact_id: str
    told_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """`round` grows with each replay, `tries` counts those of the round, `began_at` is when the round began."""

    owed: Owed
    created_at: datetime
    began_at: datetime
    state: str
    due_at: datetime | None
    round: int = 1
    tries: int = 0
    log: tuple[Try, ...] = ()
    reason: str | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owe:
    """`refused`: why it is not even tried (a full backlog, a disabled endpoint); known, and replayed by hand."""

    owed: Owed
    at: datetime
    refused: str | None = None

    @property
    def delivery_id(self) -> str:
        return self.owed.delivery_id


@dataclass(frozen=True, slots=True)
class Begin:
    """About to be sent; also what settles one whose sender died: perhaps sent, so sent again with the same id."""

    delivery_id: str
    at: datetime
    persistence: Persistence


@dataclass(frozen=True, slots=True)
class Record:
    """What came of the try of this round."""

    delivery_id: str
    round: int
    number: int
    tried: Try
    persistence: Persistence
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Abandon:
    delivery_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replay:
    """Once more by hand, with the same id; in bulk what is on its way is passed over."""

    delivery_id: str
    at: datetime
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryOwed:
    owed: Owed
    at: datetime
    refused: str | None


@dataclass(frozen=True, slots=True)
class SendingBegun:
    settle_at: datetime


@dataclass(frozen=True, slots=True)
class TryEnded:
    """`again_at` none and `reason` none: it arrived."""

    tried: Try
    again_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class DeliveryAbandoned:
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryReplayed:
    at: datetime


DeliveryCommand = Owe | Begin | Record | Abandon | Replay
DeliveryChange = DeliveryOwed | SendingBegun | TryEnded | DeliveryAbandoned | DeliveryReplayed


def due(delivery: Delivery) -> list[Deadline]:
    """To be sent, or settled by whoever finds it still being sent. Each try has a name of its own, so that a replay at the
    very moment of an earlier try is none of its repeats.
    """
    name = {WAITING: SEND, SENDING: SETTLE}.get(delivery.state)
    if name is None or delivery.due_at is None:
        return []
    return [Deadline(f"{name}-{delivery.round}-{delivery.tries}", delivery.due_at)]
