"""A member of the staff as logistics knows him, and what he may answer for (R5, R50)."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Role

OWNS = frozenset({Role.LOGISTICIAN, Role.CONFLICT_MANAGER, Role.OWNER})


@dataclass(frozen=True, slots=True)
class StaffMember:
    """As told by crm. `away_from` without `away_until`: until further notice."""

    staff_id: str
    shop_id: str
    roles: tuple[str, ...]
    active: bool
    at_work: bool = False
    away_from: datetime | None = None
    away_until: datetime | None = None
    deputy_id: str | None = None

    @property
    def may_own(self) -> bool:
        """Whether incidents may be his at all."""
        return self.active and bool(OWNS & set(self.roles))

    def is_there(self, at: datetime) -> bool:
        """With us, and not away at this moment."""
        away = self.away_from is not None and self.away_from <= at
        return self.active and not (away and (self.away_until is None or at < self.away_until))
