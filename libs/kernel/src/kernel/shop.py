"""A shop as crm tells of it: its working time, and who answers when nobody else can."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kernel.calendar import Hours, WorkingCalendar
from kernel.zone import zone_named


@dataclass(frozen=True, slots=True)
class Shop:
    """As told by crm; `zone` is an IANA name."""

    shop_id: str
    zone: str
    week: Mapping[int, Hours]
    overrides: Mapping[date, Hours | None] = field(default_factory=dict[date, Hours | None])
    production: bool = True
    owner_id: str | None = None

    def __post_init__(self) -> None:
        """A shop whose clock can't be read never comes as far as a deadline."""
        zone_named(self.zone)

    @property
    def calendar(self) -> WorkingCalendar:
        """Working time of this shop."""
        return WorkingCalendar(self.zone, self.week, self.overrides, self.production)
