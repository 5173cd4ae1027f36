"""One message to one customer by one channel, in each of its states.

Neither its words nor its address are kept: it is written anew, from its template and from what orders answers, each time
it is sent. What stands here is what facts tell anybody.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kernel.money import Money
from kernel.personal import Personal

from notifications.domain.words import Channel, Paper, Template


@dataclass(frozen=True, slots=True)
class Promise:
    """A delivery as agreed: any moment from `starts_at` to `ends_at` may be meant (R66). Moments are UTC, `time_zone` is
    the delivery city's.
    """

    kind: str
    carrier_id: str
    terms_version: int
    reservation_id: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    point_id: str | None
    price: Money
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back; `due_on` by the end of that day in the shop's zone, none once it went."""

    refund_id: str
    amount: Money
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a claim, which claims has written and keeps."""

    claim_id: str
    letter_id: str


@dataclass(frozen=True, slots=True)
class About:
    """What the message is about. `offer` is the `ce_sequence` of the order's offer that it tells of; `call` the quality
    call whose link it carries.
    """

    promise: Promise | None = None
    refund: Refund | None = None
    offer: int = 0
    call: str | None = None
    letter: Letter | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """What never changes about a message. `follows` names the SMS that an e-mail comes after (R19). `number` is empty where
    orders has not told of the order; a claim need not be about one.
    """

    message_id: str
    order_id: str | None
    number: str
    shop_id: str
    customer_id: str | None
    channel: Channel
    template: Template | Paper
    about: About
    cause_id: str
    written_at: datetime
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """What was tried. `round` grows when a person sends it again; `tries` counts those of this round; `masked` is whom it
    went to, as far as it may be shown; `fault` is why the last try failed.
    """

    round: int = 1
    tries: int = 0
    language: str | None = None
    masked: Personal | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Until `due_at`: for the morning, for its day, or for the next try. `perhaps_taken`: nobody knows whether the gateway
    took the last one.
    """

    writing: Writing
    due_at: datetime
    expires_at: datetime
    trail: Trail = field(default_factory=Trail)
    perhaps_taken: bool = False
    kind: Literal["waiting"] = "waiting"


@dataclass(frozen=True, slots=True)
class Sending:
    """A gateway is being asked since then. Who dies meanwhile leaves it so, and the asking is settled later."""

    writing: Writing
    since: datetime
    expires_at: datetime
    trail: Trail
    kind: Literal["sending"] = "sending"


@dataclass(frozen=True, slots=True)
class Sent:
    """A gateway took it, which is not its arrival. `look_at`: when to ask the gateway, if it has not reported by then."""

    writing: Writing
    trail: Trail
    gateway: str
    gateway_id: str | None
    sent_at: datetime
    cost: Money | None = None
    look_at: datetime | None = None
    looks: int = 0
    kind: Literal["sent"] = "sent"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The gateway reports that it arrived."""

    writing: Writing
    trail: Trail
    gateway: str
    gateway_id: str | None
    sent_at: datetime
    delivered_at: datetime
    cost: Money | None = None
    kind: Literal["delivered"] = "delivered"


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not tried again; a person has to reach the customer. `sent_at` where a gateway took it and then lost it."""

    writing: Writing
    trail: Trail
    reason: str
    failed_at: datetime
    gateway: str | None = None
    gateway_id: str | None = None
    sent_at: datetime | None = None
    kind: Literal["failed"] = "failed"


@dataclass(frozen=True, slots=True)
class Dropped:
    """It would have said what is not so any more, or there is nobody to read it; nobody has to do anything."""

    writing: Writing
    trail: Trail
    reason: str
    dropped_at: datetime
    kind: Literal["dropped"] = "dropped"


Message = Waiting | Sending | Sent | Delivered | Failed | Dropped


def key_of(message: Message) -> str:
    """By what the gateway knows it: the same for every try of a round, so that a repeat is known as one."""
    round_ = message.trail.round
    return message.writing.message_id if round_ == 1 else f"{message.writing.message_id}.{round_}"
