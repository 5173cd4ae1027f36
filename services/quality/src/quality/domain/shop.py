"""A shop as quality knows it: its working time, and its owner, to whom alone quality answers (R10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kernel.calendar import Hours, WorkingCalendar


@dataclass(frozen=True, slots=True)
class Shop:
    """As told by crm; `zone` is an IANA name."""

    shop_id: str
    zone: str
    week: Mapping[int, Hours]
    overrides: Mapping[date, Hours | None] = field(default_factory=dict[date, Hours | None])
    production: bool = True
    owner_id: str | None = None

    @property
    def calendar(self) -> WorkingCalendar:
        """Working time of this shop."""
        return WorkingCalendar(self.zone, self.week, self.overrides, self.production)
