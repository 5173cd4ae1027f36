"""Reading the envelope of a record: CloudEvents headers, binary mode (wire.md 1). Pure.

Only the headers we read must be in order; what proxies and tracers add beside them is not ours to judge.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

Headers = Iterable[tuple[str, bytes | None]]

LARGEST_SEQUENCE = 2**63 - 1
LONGEST = 500
TIME = "ce_time"
ONLY_FOR = "opblok_only_for"
"""Set by a replay: the one service the record is told to again; others pass over it."""

_READ = {
    "ce_id",
    "ce_type",
    "ce_source",
    "ce_subject",
    "ce_sequence",
    "ce_correlationid",
    "ce_causationid",
    "traceparent",
    "tracestate",
    ONLY_FOR,
}
_REQUIRED = ("ce_id", "ce_type", "ce_source", "ce_subject", "ce_sequence")
_DECIMAL = re.compile(r"[0-9]{1,19}")


class Unreadable(Exception):
    """A record that cannot be understood, now or ever. The reason names fields, never their content."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the headers of a record say. `told_at`: when it came about for who told it; None where that can't be read."""

    id: str
    type: str
    source: str
    subject: str
    sequence: int
    correlation_id: str | None = None
    only_for: str | None = None
    trace: tuple[tuple[str, str], ...] = ()
    told_at: datetime | None = None

    @property
    def thing(self) -> str:
        """Source and subject: what the sequence counts."""
        return f"{self.source}/{self.subject}"


def envelope(headers: Headers) -> Envelope:
    """The envelope, or `Unreadable`."""
    found: dict[str, str] = {}
    told_at: datetime | None = None
    for name, value in headers:
        if name == TIME:
            told_at = _moment(value)
        elif name in _READ:
            if name in found:
                raise Unreadable(f"header {name} twice")
            found[name] = _text(name, value)
    for name in _REQUIRED:
        if not found.get(name):
            raise Unreadable(f"header {name} missing")
    return Envelope(
        id=found["ce_id"],
        type=found["ce_type"],
        source=found["ce_source"],
        subject=found["ce_subject"],
        sequence=_sequence(found["ce_sequence"]),
        correlation_id=found.get("ce_correlationid") or None,
        only_for=found.get(ONLY_FOR) or None,
        trace=tuple((name, found[name]) for name in ("traceparent", "tracestate") if found.get(name)),
        told_at=told_at,
    )


def text_of(headers: Sequence[tuple[str, bytes | None]], name: str) -> str | None:
    """One header, read as far as it can be: for what is shown to people."""
    return next((value.decode(errors="replace") for each, value in headers if each == name and value), None)


def _text(name: str, value: bytes | None) -> str:
    if value is None:
        raise Unreadable(f"header {name} is null")
    if len(value) > LONGEST:
        raise Unreadable(f"header {name} is too long")
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise Unreadable(f"header {name} is not UTF-8") from None


def _moment(value: bytes | None) -> datetime | None:
    try:
        at = datetime.fromisoformat((value or b"").decode())
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def _sequence(text: str) -> int:
    if not _DECIMAL.fullmatch(text) or not 0 < int(text) <= LARGEST_SEQUENCE:
        raise Unreadable("header ce_sequence is not a positive decimal")
    return int(text)
