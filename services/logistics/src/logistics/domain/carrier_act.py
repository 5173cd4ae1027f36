"""The monthly act for the talk with a carrier: each promise that was not kept, each trouble, and what his terms ask for (R70). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from logistics.domain.carrier_score import Scorecard, ScoreDay, breached, scorecard


@dataclass(frozen=True, slots=True)
class Breach:
    """A window that was not kept; `came_at` None: it passed, and nothing came up to now."""

    shipment_id: str
    promised_until: datetime
    came_at: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """A trouble with him, opened on `day`; sums in minor units."""

    incident_id: str
    day: date
    kind: str
    lost: int
    recovered: int
    penalty: int


@dataclass(frozen=True, slots=True)
class Act:
    """Of a month, the oldest line first."""

    carrier_id: str
    month: str
    card: Scorecard
    breaches: tuple[Breach, ...]
    troubles: tuple[Item, ...]

    @property
    def asked_for(self) -> int:
        """Penalties by his terms; minor units."""
        return sum(each.penalty for each in self.troubles)


def act(carrier_id: str, month: str, days: Iterable[ScoreDay]) -> Act:
    """The act of these days. An excuse does not make half an hour good: promised against real times decide (R70)."""
    found = sorted(days, key=lambda each: each.day)
    breaches = (
        Breach(name, note.promised_until, note.delivered_at)
        for day in found
        for name, note in day.shipments.items()
        if breached(note)
    )
    items = (
        Item(name, day.day, note.kind, note.lost, note.recovered, note.penalty)
        for day in found
        for name, note in sorted(day.troubles.items())
    )
    in_order = tuple(sorted(breaches, key=lambda each: (each.promised_until, each.shipment_id)))
    return Act(carrier_id, month, scorecard(found), in_order, tuple(items))
