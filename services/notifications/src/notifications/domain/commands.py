"""What may be asked of a message."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.actor import Actor
from kernel.money import Money
from kernel.personal import Personal

from notifications.domain.message import Writing
from notifications.domain.words import Report


@dataclass(frozen=True, slots=True)
class Write:
    """There is something to say; asked again it is the same message."""

    writing: Writing
    due_at: datetime
    expires_at: datetime

    @property
    def message_id(self) -> str:
        return self.writing.message_id


@dataclass(frozen=True, slots=True)
class PutOff:
    """Not now, through nobody's fault: it is night there, or its SMS goes first."""

    message_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class BeginSending:
    """The words are ready and a gateway is about to be asked."""

    message_id: str
    language: str
    masked: Personal
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordTaken:
    """The gateway took it."""

    message_id: str
    key: str
    gateway: str
    gateway_id: str | None
    cost: Money | None
    at: datetime
    look_after: timedelta | None


@dataclass(frozen=True, slots=True)
class TryLater:
    """It did not work; `perhaps_taken`: the gateway may have taken it all the same."""

    message_id: str
    fault: str
    again_at: datetime
    perhaps_taken: bool = False


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It will not work: refused, nowhere to go, or too late."""

    message_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """It must not be sent any more."""

    message_id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HearReport:
    """A gateway reports. `key` tells which round it means, where the gateway knows our key."""

    message_id: str
    key: str | None
    gateway: str
    gateway_id: str | None
    report: Report
    at: datetime


@dataclass(frozen=True, slots=True)
class LookLater:
    """The gateway was asked and knows nothing new; `again_at` none: it is not asked any more."""

    message_id: str
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Resend:
    """A person wants it sent once more."""

    message_id: str
    actor: Actor
    at: datetime
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Forget:
    """The customer is gone; nothing more is written to him, nor is it known whom this went to."""

    message_id: str
    at: datetime


Command = (
    Write
    | PutOff
    | BeginSending
    | RecordTaken
    | TryLater
    | GiveUp
    | Drop
    | HearReport
    | LookLater
    | Resend
    | Forget
)
