"""What may happen to an incident."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money
from kernel.refused_duty import DutyRefused

from logistics.domain.incident import Incident, Inquiry, Settlement, SourceNote, Sums, Tick
from logistics.domain.incident_emergency import EmergencyAsked, EmergencySettled
from logistics.domain.incident_forgetting import WordsForgotten
from logistics.domain.incident_trouble import Source
from logistics.domain.penalty import Owed


@dataclass(frozen=True, slots=True)
class IncidentOpened:
    incident: Incident


@dataclass(frozen=True, slots=True)
class SourceChanged:
    """Kept with who changed it, and why (R50)."""

    source: Source
    note: SourceNote


@dataclass(frozen=True, slots=True)
class StepMarked:
    tick: Tick


@dataclass(frozen=True, slots=True)
class CarrierAsked:
    inquiry: Inquiry


@dataclass(frozen=True, slots=True)
class CarrierAnswered:
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentEscalated:
    """The next rung of the ladder, or at its end the shop's owner (R5, R54)."""

    level: int
    reason: str
    owner_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class IncidentOverdue:
    """Nobody is above the shop's owner: he gets another deadline, and it is counted."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class IncidentHandedOver:
    owner_id: str


@dataclass(frozen=True, slots=True)
class StakeLearned:
    """What is at stake, and owed by the carrier's terms, as it became known (R55, R70)."""

    at_stake: Money
    owed: Owed | None


@dataclass(frozen=True, slots=True)
class MoneySet:
    sums: Sums


@dataclass(frozen=True, slots=True)
class SecondPersonAsked:
    """More stays with us than one person may give up (R80)."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class ClosingDeclined:
    by: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class IncidentClosed:
    settlement: Settlement
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IncidentReopened:
    owner_id: str
    reason: str
    due_at: datetime


Change = (
    IncidentOpened
    | SourceChanged
    | StepMarked
    | CarrierAsked
    | CarrierAnswered
    | IncidentEscalated
    | IncidentOverdue
    | IncidentHandedOver
    | StakeLearned
    | EmergencyAsked
    | EmergencySettled
    | MoneySet
    | SecondPersonAsked
    | ClosingDeclined
    | IncidentClosed
    | IncidentReopened
    | WordsForgotten
    | DutyRefused
)
