"""Ways out that keep what they are given, and answer as they are told to."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from kernel.phone import Phone

from notifications.application.outgoing import Answer, Mail, NotFromGateway, Reported, Sms, Taken
from notifications.domain.words import Report


class Died(Exception):
    """As if the process had been killed here."""


@dataclass
class SmsTill:
    """A gateway for SMS. `answers` are given one after the other, the last one for ever. `dies`: so often whoever asks
    dies before he hears the answer.
    """

    answers: list[Answer] = field(default_factory=lambda: [Taken("g-1")])
    given: list[Sms] = field(default_factory=list[Sms])
    knows: Report | None = None
    dies: int = 0
    name: str = "smsc"
    confirmation: str = "OK"

    async def send(self, sms: Sms) -> Answer:
        self.given.append(sms)
        await asyncio.sleep(0)  # as over a network, others get on meanwhile
        if self.dies:
            self.dies -= 1
            raise Died
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def look(self, key: str, gateway_id: str | None, phone: Phone) -> Report | None:
        del key, gateway_id, phone
        return self.knows

    def reports(self, body: bytes) -> Sequence[Reported]:
        """`<report> <gateway's id> [<our key>]` a line."""
        if body == b"forged":
            raise NotFromGateway
        lines = [each.split() for each in body.decode().splitlines()]
        return [Reported(Report(line[0]), next(iter(line[2:]), None), line[1]) for line in lines]

    @property
    def texts(self) -> list[str]:
        """What the customer read."""
        return [each.text.value for each in self.given]


@dataclass
class MailTill:
    """A way out for e-mail."""

    answers: list[Answer] = field(default_factory=lambda: [Taken("m")])
    given: list[Mail] = field(default_factory=list[Mail])
    name: str = "smtp"

    async def send(self, mail: Mail) -> Answer:
        self.given.append(mail)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
