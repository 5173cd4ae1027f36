"""A promised interval: any moment in it, not its beginning (R66)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


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
        ZoneInfo(self.zone)

    def contains(self, at: datetime) -> bool:
        """Whether the moment keeps the promise."""
        return self.starts <= at <= self.ends

    def is_over(self, at: datetime, grace: timedelta = timedelta()) -> bool:
        """Whether the promise is broken: only after its end and the grace (R57, R66)."""
        return at > self.ends + grace

    def in_words(self, language: str = "ru") -> str:
        """The promise as the customer reads it; it says that any moment may be meant (R66)."""
        zone = ZoneInfo(self.zone)
        starts, ends = self.starts.astimezone(zone), self.ends.astimezone(zone)
        if language == "ru":
            day = f"{starts.day} {MONTHS[starts.month - 1]}"
            return f"{day}, в любой момент с {starts:%H:%M} до {ends:%H:%M}"
        return f"{starts.day} {starts:%B}, at any moment from {starts:%H:%M} to {ends:%H:%M}"
