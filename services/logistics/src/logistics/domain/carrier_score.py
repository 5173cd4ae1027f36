"""What is counted of a carrier, a day at a time: promised and real times, losses, damages, manners (R70-R72).

Each thing is noted under its own name with its version, so that telling it twice, late or out of order counts it once. A
day is one document, bounded by what a carrier delivers in a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from logistics.domain.incident_trouble import DAMAGE, LOSS


@dataclass(frozen=True, slots=True)
class ShipmentNote:
    """`promised_until` with its grace is when it is late; a window that passed without it is a breach, whatever comes
    (R70); `excused`: by a change of address it is the customer's (R69).
    """

    version: int
    promised_until: datetime
    delivered_at: datetime | None = None
    missed: bool = False
    excused: bool = False

    @property
    def ended(self) -> bool:
        return self.missed or self.delivered_at is not None


@dataclass(frozen=True, slots=True)
class TroubleNote:
    """An incident as it stands now; sums in minor units."""

    version: int
    kind: str
    lost: int = 0
    recovered: int = 0
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class MannersNote:
    """What a customer said of the courier when asked (R71)."""

    version: int
    complained: bool


Note = ShipmentNote | TroubleNote | MannersNote


@dataclass(frozen=True, slots=True)
class ScoreDay:
    """A carrier's day, of the shop's zone."""

    carrier_id: str
    day: date
    shipments: Mapping[str, ShipmentNote] = field(default_factory=dict[str, ShipmentNote])
    troubles: Mapping[str, TroubleNote] = field(default_factory=dict[str, TroubleNote])
    manners: Mapping[str, MannersNote] = field(default_factory=dict[str, MannersNote])

    def known(self, name: str, note: Note) -> Note | None:
        """What is noted of this thing already."""
        match note:
            case ShipmentNote():
                return self.shipments.get(name)
            case TroubleNote():
                return self.troubles.get(name)
            case MannersNote():
                return self.manners.get(name)


@dataclass(frozen=True, slots=True)
class NoteDown:
    carrier_id: str
    day: date
    name: str
    note: Note


@dataclass(frozen=True, slots=True)
class Noted:
    carrier_id: str
    day: date
    name: str
    note: Note


def score_key(carrier_id: str, day: date) -> str:
    """The name of a carrier's day."""
    return f"{carrier_id}:{day.isoformat()}"


def decide(command: NoteDown, known: ScoreDay | None) -> Sequence[Noted]:
    """What is known is never forgotten: a delivery stays delivered, a missed window missed, a complaint a complaint."""
    before = known.known(command.name, command.note) if known else None
    note = command.note if before is None else _merged(before, command.note)
    return [] if note == before else [Noted(command.carrier_id, command.day, command.name, note)]


def evolve(known: ScoreDay | None, change: Noted) -> ScoreDay:
    """The day with the note."""
    day = known or ScoreDay(change.carrier_id, change.day)
    match change.note:
        case ShipmentNote():
            return replace(day, shipments={**day.shipments, change.name: change.note})
        case TroubleNote():
            return replace(day, troubles={**day.troubles, change.name: change.note})
        case MannersNote():
            return replace(day, manners={**day.manners, change.name: change.note})


def _merged(before: Note, now: Note) -> Note:
    newer = now if now.version >= before.version else before
    if isinstance(before, ShipmentNote) and isinstance(now, ShipmentNote):
        delivered = now.delivered_at or before.delivered_at
        missed = before.missed or now.missed
        until = now.promised_until if newer is now else before.promised_until
        excused = before.excused or now.excused
        return ShipmentNote(max(before.version, now.version), until, delivered, missed, excused)
    if isinstance(before, MannersNote) and isinstance(now, MannersNote):
        return MannersNote(max(before.version, now.version), before.complained or now.complained)
    return newer


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Counted over days; sums in minor units. `breaches` are windows that were not kept (R70)."""

    shipments: int = 0
    delivered: int = 0
    ended: int = 0
    on_time: int = 0
    breaches: int = 0
    losses: int = 0
    damages: int = 0
    incidents: int = 0
    asked: int = 0
    complaints: int = 0
    lost: int = 0
    recovered: int = 0
    penalties: int = 0

    @property
    def on_time_share(self) -> float | None:
        """Of those that came or should have come by now; None when there were none."""
        return self.on_time / self.ended if self.ended else None

    @property
    def complaint_share(self) -> float | None:
        """Complaints about manners, of those asked (R71)."""
        return self.complaints / self.asked if self.asked else None


def scorecard(days: Iterable[ScoreDay]) -> Scorecard:
    """All that was counted of these days (R70-R72)."""
    found = list(days)
    shipments = [each for day in found for each in day.shipments.values()]
    troubles = [each for day in found for each in day.troubles.values()]
    manners = [each for day in found for each in day.manners.values()]
    breaches = sum(breached(each) for each in shipments)
    ended = sum(each.ended for each in shipments)
    return Scorecard(
        shipments=len(shipments),
        delivered=sum(each.delivered_at is not None for each in shipments),
        ended=ended,
        on_time=ended - breaches,
        breaches=breaches,
        losses=sum(each.kind == LOSS for each in troubles),
        damages=sum(each.kind == DAMAGE for each in troubles),
        incidents=len(troubles),
        asked=len(manners),
        complaints=sum(each.complained for each in manners),
        lost=sum(each.lost for each in troubles),
        recovered=sum(each.recovered for each in troubles),
        penalties=sum(each.penalty for each in troubles),
    )


def breached(note: ShipmentNote) -> bool:
    """The window was not kept: half an hour of excuse is a breach (R70)."""
    late = note.missed or (note.delivered_at is not None and note.delivered_at > note.promised_until)
    return late and not note.excused
