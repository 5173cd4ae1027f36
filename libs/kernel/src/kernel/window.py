"""A promised interval: any moment in it, not its beginning (R66)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from kernel.zone import zone_named

Language = Literal["ru", "en"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


class NotAWindow(ValueError):
    """It ends before it starts, or its moments have no zone."""


@dataclass(frozen=True, slots=True)
class Window:
    """`starts` and `ends` are aware; `zone` is where the promise was made, an IANA name."""

    starts: datetime
    ends: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None or self.starts >= self.ends:
            raise NotAWindow("a window starts before it ends, and both moments have a zone")
        zone_named(self.zone)

    def contains(self, at: datetime) -> bool:
        """Whether the moment keeps the promise."""
        return self.starts <= at <= self.ends

    def is_over(self, at: datetime, grace: timedelta = timedelta()) -> bool:
        """Whether the promise is broken: only after its end and the grace (R57, R66)."""
        return at - self.ends > grace

    def in_words(self, language: Language = "ru") -> str:
        """The promise as the customer reads it; it says that any moment may be meant (R66)."""
        zone = zone_named(self.zone)
        starts, ends = self.starts.astimezone(zone), self.ends.astimezone(zone)
        until = f"{ends:%H:%M}"
        if starts.date() != ends.date():
            until = f"{until} {_day(ends, language)}"
        if language == "ru":
            return f"{_day(starts, language)}, в любой момент с {starts:%H:%M} до {until}"
        return f"{_day(starts, language)}, at any moment from {starts:%H:%M} to {until}"


def _day(at: datetime, language: Language) -> str:
    """By our own words: those of `strftime` hang on the machine's locale."""
    return f"{at.day} {MONTHS[language][at.month - 1]}"
