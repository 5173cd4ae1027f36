"""The ports to the outside: who takes an SMS or an e-mail, and what he answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone

from notifications.domain.words import Report


@dataclass(frozen=True, slots=True)
class Sms:
    """`key` is ours and the same for every try; `again`: an earlier try may have been taken. `number` is the order's."""

    key: str
    phone: Phone
    text: Personal
    ttl: timedelta
    number: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """`key` makes its Message-ID, so that a repeat is known as one."""

    key: str
    to: Personal
    subject: Personal
    text: Personal
    html: Personal
    number: str
    language: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The gateway took it; its own id of it and what it cost, where it says so."""

    gateway_id: str | None = None
    cost: Money | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It never will: a word of `message.failed`."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """Later it may. `perhaps_taken`: it was asked, and nobody knows its answer."""

    fault: str
    perhaps_taken: bool = False


Answer = Taken | Refused | NotNow


@dataclass(frozen=True, slots=True)
class Reported:
    """A line of a gateway's report: by our key, or by its own id where it knows no key."""

    report: Report
    key: str | None = None
    gateway_id: str | None = None


class NotFromGateway(Exception):
    """A report whose signature is not the gateway's."""


class SendSms(Protocol):
    """A gateway for SMS. `name` stands in facts."""

    @property
    def name(self) -> str: ...

    async def send(self, sms: Sms) -> Answer:
        """Ask it to take the SMS; never raises for what is outside."""
        ...

    async def look(self, key: str, gateway_id: str | None, phone: Phone) -> Report | None:
        """What it knows of an SMS it took; None when nothing, or when it can't be asked."""
        ...

    def reports(self, body: bytes) -> Sequence[Reported]:
        """Read what it calls back with; what can't be read is nothing. Raise `NotFromGateway`."""
        ...

    @property
    def confirmation(self) -> str:
        """What it wants to hear as an answer to its call."""
        ...


class SendMail(Protocol):
    """A way out for e-mail."""

    @property
    def name(self) -> str: ...

    async def send(self, mail: Mail) -> Answer:
        """Ask it to take the e-mail; never raises for what is outside."""
        ...
