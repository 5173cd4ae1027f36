"""How Bitrix24 answers: success and error envelopes, its times, and its quirks of type (strings, `[]` for an empty object)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

PORTAL_ZONE = timezone(timedelta(hours=3))


class Fault(Exception):
    """An error envelope: HTTP status, `error` (which may be empty) and its text."""

    def __init__(self, status: int, error: str, text: str = "") -> None:
        super().__init__(text)
        self.status, self.error, self.text = status, error, text

    @property
    def body(self) -> dict[str, Any]:
        return {"error": self.error, "error_description": self.text}


@dataclass
class Answer:
    """What a method gives back; `total` and `next` are of lists."""

    result: Any
    total: int | None = None
    next: int | None = None

    def pages(self) -> dict[str, int]:
        found = {"total": self.total, "next": self.next}
        return {name: value for name, value in found.items() if value is not None}


@dataclass
class Timing:
    """The `time` of an envelope. `counters` off: as portals on premises answer, without the operating counters."""

    counters: bool = True
    spent: dict[str, float] = field(default_factory=dict[str, float])

    def of(self, now: float, lasted: float, operating: float, resets_at: float) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "start": now,
            "finish": now + lasted,
            "duration": lasted,
            "date_start": iso(now),
            "date_finish": iso(now + lasted),
        }
        if self.counters:
            shown |= {"processing": lasted, "operating": operating, "operating_reset_at": int(resets_at)}
        return shown


def iso(at: float) -> str:
    """As the portal writes moments: ISO 8601 with its own offset."""
    return datetime.fromtimestamp(int(at), PORTAL_ZONE).isoformat()


def moment(text: str) -> float:
    """A moment as somebody asks for it; without an offset it is the portal's local time."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=PORTAL_ZONE)).astimezone(UTC).timestamp()


def mapping(value: Any) -> dict[str, Any]:
    """A value as an object, empty where it is none."""
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}


def many(value: Any) -> list[Any]:
    """A value as a list, alone where it is none."""
    return list(cast("list[Any]", value)) if isinstance(value, list) else [value]


def php(value: Mapping[str, Any]) -> Any:
    """PHP has one kind of array: an empty object is written `[]`."""
    return dict(value) if value else []


def word(value: Any) -> Any:
    """Old methods write numbers as strings, truth as Y and N, and leave nothing as null."""
    if isinstance(value, bool):
        return "Y" if value else "N"
    return str(value) if isinstance(value, int | float) else value
