"""The shipments of an order as logistics tells of them, and the task that a failed one makes of it (R50-R52).

Each kind of news is kept for itself, so news that comes late, twice or in another order ends the same.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Kept = tuple[tuple[int, int], ...]
"""Pieces by line number that the customer kept; a line of which he kept none is not named."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The customer has the goods, or what of them he kept."""

    at: datetime
    kept: Kept


@dataclass(frozen=True, slots=True)
class Mishap:
    """A delivery that did not come about. `final`: this shipment is not tried again; `told`: how new the news is."""

    at: datetime
    reason: str
    source: str
    final: bool
    told: int


@dataclass(frozen=True, slots=True)
class Journey:
    """One shipment. `mishap` is the newest; `missed_at`: its window passed; `returned_at`: what was not kept is back."""

    shipment_id: str
    scheduled: bool = False
    dispatched_at: datetime | None = None
    arrival: Arrival | None = None
    mishap: Mishap | None = None
    missed_at: datetime | None = None
    returned_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """It arrived, came back, or is not tried again."""
        lost = self.mishap is not None and self.mishap.final
        return self.arrival is not None or self.returned_at is not None or lost

    @property
    def is_away(self) -> bool:
        """The goods left our warehouse, and are on their way to the customer."""
        return self.dispatched_at is not None and not self.is_over


class Trouble(StrEnum):
    """What a person has to do after a delivery went wrong: see to it that the next attempt succeeds, or decide whether it
    is sent again, by a new agreement, or cancelled.
    """

    SEE_TO_IT = "see_to_it"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Task:
    """The order is back with its responsible person, who has until `due_at`; `overdue`: that has passed before."""

    trouble: Trouble
    since: datetime
    due_at: datetime
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Shipping:
    """All that is known of the order's shipments, in the order in which they were first heard of."""

    journeys: tuple[Journey, ...] = ()
    task: Task | None = None

    def journey(self, shipment_id: str) -> Journey:
        """The shipment of this id, new if it was not heard of."""
        known = (each for each in self.journeys if each.shipment_id == shipment_id)
        return next(known, Journey(shipment_id))

    @property
    def is_away(self) -> bool:
        """Goods of the order are on their way."""
        return any(each.is_away for each in self.journeys)

    def with_journey(self, now: Journey) -> tuple[Journey, ...]:
        """The shipments, this one as it is now."""
        if all(each.shipment_id != now.shipment_id for each in self.journeys):
            return (*self.journeys, now)
        return tuple(now if each.shipment_id == now.shipment_id else each for each in self.journeys)
