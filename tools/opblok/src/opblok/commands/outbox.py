"""`opblok outbox`: what would have been written to customers, out of the mailbox folder of the embedded stack."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Annotated

import typer

from opblok.home import home
from opblok.saying import as_json, give_up, out, say, table

NAMED = re.compile(r"(\d{8}T\d{6}\.\d{3}Z)-(sms|email)-(.+?)(~\w+)?\.(txt|eml)")
LOOK_EVERY = 0.5

Order = Annotated[str | None, typer.Option("--order", help="Only messages about this order, by its number.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Wait for more. Ctrl-C ends it.")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it went out."""

    at: datetime
    channel: str
    order: str
    to: str
    subject: str
    text: str


def outbox(*, order: Order = None, follow: Follow = False, json: Json = False) -> None:
    """Show what was written to customers (development only: a folder takes the place of gateways)."""
    folder = mailbox()
    if not folder.is_dir() and not follow:
        give_up(
            f"There is no mailbox at {folder}.",
            "`opblok up` makes it when the first message goes out.",
            code=3,
        )
    seen: set[str] = set()
    letters = list(fresh(folder, seen, order))
    if json:
        as_json([plain(each) for each in letters])
    else:
        show_all(letters)
    try:
        while follow:
            for each in fresh(folder, seen, order):
                show(each)
            time.sleep(LOOK_EVERY)
    except KeyboardInterrupt:
        return


def mailbox() -> Path:
    """OPBLOK_MAILBOX, else the stack's."""
    given = os.environ.get("OPBLOK_MAILBOX")
    return Path(given).expanduser() if given else home().mailbox


def fresh(folder: Path, seen: set[str], order: str | None) -> Iterator[Letter]:
    """Letters not seen before, oldest first."""
    names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        found = NAMED.fullmatch(name)
        if found is None or name in seen:
            continue
        seen.add(name)
        letter = read(folder / name, found)
        if order in (None, letter.order):
            yield letter


def read(path: Path, named: re.Match[str]) -> Letter:
    """A file of the folder: an e-mail, or an SMS with a short head."""
    at = datetime.strptime(named[1], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    if named[5] == "eml":
        letter = message_from_bytes(path.read_bytes(), policy=default)
        body = letter.get_body(("plain",))
        text = body.get_content() if body else ""
        return Letter(at, named[2], named[3], str(letter["To"]), str(letter["Subject"]), text.strip())
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    return Letter(at, named[2], named[3], fields.get("To", ""), "", text.strip())


def show_all(letters: list[Letter]) -> None:
    """A table to find one's way, then the words."""
    if not letters:
        say("Nothing was written.")
        return
    shown = table("", "when", "channel", "order", "to", "says")
    for each in letters:
        shown.add_row(local(each), each.channel, each.order, each.to, each.subject or shortened(each.text))
    out.print(shown)
    for each in letters:
        show(each)


def show(letter: Letter) -> None:
    """One, whole."""
    out.print(f"\n── {local(letter)}  {letter.channel}  order {letter.order}  to {letter.to}", markup=False)
    if letter.subject:
        out.print(letter.subject, style="bold", markup=False)
    out.print(letter.text, markup=False)


def local(letter: Letter) -> str:
    return letter.at.astimezone().strftime("%d.%m %H:%M:%S")


def shortened(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def plain(letter: Letter) -> dict[str, str]:
    return {
        "at": letter.at.isoformat(),
        "channel": letter.channel,
        "order": letter.order,
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
    }
