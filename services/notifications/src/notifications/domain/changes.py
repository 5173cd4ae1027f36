"""What may happen to a message."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money
from kernel.personal import Personal
from kernel.refused_duty import DutyRefused

from notifications.domain.message import Writing


@dataclass(frozen=True, slots=True)
class MessageWritten:
    writing: Writing
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MessagePutOff:
    until: datetime


@dataclass(frozen=True, slots=True)
class SendingBegun:
    language: str
    masked: Personal
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageSent:
    gateway: str
    gateway_id: str | None
    cost: Money | None
    at: datetime
    look_at: datetime | None


@dataclass(frozen=True, slots=True)
class TryFailed:
    fault: str
    again_at: datetime
    perhaps_taken: bool


@dataclass(frozen=True, slots=True)
class MessageFailed:
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageDropped:
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageDelivered:
    at: datetime


@dataclass(frozen=True, slots=True)
class LookedInVain:
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageResent:
    by: str
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AddressForgotten:
    pass


Change = (
    MessageWritten
    | MessagePutOff
    | SendingBegun
    | MessageSent
    | TryFailed
    | MessageFailed
    | MessageDropped
    | MessageDelivered
    | LookedInVain
    | MessageResent
    | AddressForgotten
    | DutyRefused
)
