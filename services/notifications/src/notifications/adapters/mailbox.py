"""The mailbox folder: where everything lands on a developer's machine, readable by him alone; `opblok outbox` shows it."""

import asyncio
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chassis.clock import Clock
from kernel.phone import Phone

from notifications.adapters.mime import made
from notifications.application.outgoing import Answer, Mail, NotNow, Refused, Reported, Sms, Taken
from notifications.domain.words import Report

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class Folder:
    """Files `<time>-<channel>-<order number>.txt` or `.eml`; the same key is kept once."""

    path: Path

    def keep(self, content: bytes, at: datetime, channel: str, number: str, *, key: str, suffix: str) -> None:
        """Whole or not at all."""
        self.path.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        self.path.chmod(PRIVATE_FOLDER)
        named = re.sub(r"[^\w.-]", "_", number)
        if any(key.encode() in each.read_bytes() for each in self.path.glob(f"*-{channel}-{named}*{suffix}")):
            return
        stamp = f"{at:%Y%m%dT%H%M%S}.{at.microsecond // 1000:03d}Z"
        target = self.path / f"{stamp}-{channel}-{named}{suffix}"
        draft = self.path / f".{key}{suffix}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
            file.write(content)
        try:
            target.hardlink_to(draft)  # a rename would put it over another of the same moment
        except FileExistsError:
            draft.replace(target.with_stem(f"{target.stem}~{key[:8]}"))
        else:
            draft.unlink()


@dataclass(frozen=True, slots=True)
class MailboxSms:
    """Takes every SMS; what lies in the folder has arrived."""

    folder: Folder
    clock: Clock
    name: str = "mailbox"
    confirmation: str = "OK"

    async def send(self, sms: Sms) -> Answer:
        """Put it down."""
        head = f"Message-ID: {sms.key}\nTo: {sms.phone.e164}\nDate: {self.clock.now().isoformat()}\n\n"
        content = f"{head}{sms.text.value}\n".encode()
        return await _kept(
            self.folder, content, self.clock.now(), "sms", sms.number, key=sms.key, suffix=".txt"
        )

    async def look(self, key: str, gateway_id: str | None, phone: Phone) -> Report | None:
        """It is there."""
        del key, gateway_id, phone
        return Report.ARRIVED

    def reports(self, body: bytes) -> Sequence[Reported]:
        """A folder calls nobody."""
        del body
        return ()


@dataclass(frozen=True, slots=True)
class MailboxMail:
    """Takes every e-mail, as it would go out."""

    folder: Folder
    sender: str
    clock: Clock
    name: str = "mailbox"

    async def send(self, mail: Mail) -> Answer:
        """Put it down."""
        try:
            content = made(mail, self.sender, self.clock).as_bytes()
        except ValueError:
            return Refused("no_address")
        return await _kept(
            self.folder, content, self.clock.now(), "email", mail.number, key=mail.key, suffix=".eml"
        )


async def _kept(
    folder: Folder, content: bytes, at: datetime, channel: str, number: str, *, key: str, suffix: str
) -> Answer:
    try:
        await asyncio.to_thread(folder.keep, content, at, channel, number, key=key, suffix=suffix)
    except OSError:
        return NotNow("gateway_down")
    return Taken(key)
