"""A clock of one service level for one order, as it stands (R91)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from quality.domain.sla import Milestone

CATCHING_UP = timedelta(minutes=10)
"""So long a backlog may take to be read, should this service have been down."""


@dataclass(frozen=True, slots=True)
class Running:
    """Begun under a version, which it keeps (R92). `heard_at`: when we heard of it."""

    version: int
    stops: Milestone
    at: datetime
    due_at: datetime
    heard_at: datetime | None = None

    @property
    def breaks_at(self) -> datetime:
        """Of what is heard, or looked at, long afterwards its end may be on the way: it is waited
        for a while before anybody is told.
        """
        return max(self.due_at, self.heard_at + CATCHING_UP) if self.heard_at else self.due_at


@dataclass(frozen=True, slots=True)
class Timer:
    """`reached`: what was heard that may stop it, even before it began. An order's end stops everything."""

    sla_id: str
    order_id: str
    running: Running | None = None
    reached: Mapping[Milestone, datetime] = field(default_factory=dict[Milestone, datetime])
    broken_at: datetime | None = None

    @property
    def key(self) -> str:
        """Names the timer."""
        return key_of(self.sla_id, self.order_id)

    @property
    def stopped_at(self) -> datetime | None:
        """When it was stopped, by what its version names or by the order's end."""
        if self.running is None:
            return None
        ways = (self.running.stops, Milestone.ORDER_CANCELLED)
        return min((self.reached[each] for each in ways if each in self.reached), default=None)

    @property
    def took(self) -> timedelta | None:
        """From start to stop, by the clock; none while it runs, or when the order's end stopped it (R94)."""
        if self.running is None or self.running.stops not in self.reached:
            return None
        return max(self.reached[self.running.stops] - self.running.at, timedelta())

    @property
    def state(self) -> str:
        """`waiting`, `running`, `kept`, `broken`. What stopped it in time keeps it, also when that was heard too late and it was
        told as broken meanwhile: what counts is when it came about.
        """
        if self.running is None:
            return "waiting"
        if self.stopped_at is not None and self.stopped_at <= self.running.due_at:
            return "kept"
        if self.broken_at is not None:
            return "broken"
        return "running" if self.stopped_at is None else "kept"


def key_of(sla_id: str, order_id: str) -> str:
    """One for each service level and order."""
    return f"{sla_id}:{order_id}"
