"""E-mail by SMTP (aiosmtplib): a 4xx is tried again, a 5xx is a no, and a repeat has the same Message-ID."""

from dataclasses import dataclass
from email.message import EmailMessage
from ssl import SSLContext

import aiosmtplib
from chassis.clock import Clock

from notifications.adapters.mime import made
from notifications.application.outgoing import Answer, Mail, NotNow, Refused, Taken

AUTHENTICATION = (530, 534, 535, 538)
"""Refusals of ourselves, not of the message: to be put right by whoever runs it."""
TRY_AGAIN = range(400, 500)


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how. `tls`: from the first byte (`tls`), by STARTTLS (`starttls`), or not at all (`none`)."""

    host: str
    port: int
    tls: str
    user: str | None
    password: str | None
    seconds: float
    context: SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Smtp:
    """One connection a message: a shop writes some hundred a day, and a connection kept is one that is dead in the morning."""

    server: Server
    sender: str
    clock: Clock
    name: str = "smtp"

    async def send(self, mail: Mail) -> Answer:
        """Give it to the server."""
        try:
            letter = made(mail, self.sender, self.clock)
        except ValueError:
            return Refused("no_address")
        try:
            await self._given(letter)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return _answer(refused.recipients[0].code, "undeliverable")
        except aiosmtplib.SMTPResponseException as no:
            return _answer(no.code, "refused")
        except (aiosmtplib.SMTPConnectError, aiosmtplib.SMTPConnectTimeoutError):
            return NotNow("gateway_down")
        except (aiosmtplib.SMTPException, OSError):
            return NotNow("gateway_silent", perhaps_taken=True)
        return Taken(letter["Message-ID"])

    async def _given(self, letter: EmailMessage) -> None:
        server = self.server
        await aiosmtplib.send(
            letter,
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=server.context,
            timeout=server.seconds,
        )


def _answer(code: int, reason: str) -> Answer:
    if code in AUTHENTICATION:
        return NotNow("gateway_login")
    if code in TRY_AGAIN:
        return NotNow("gateway_later")
    return Refused(reason)
