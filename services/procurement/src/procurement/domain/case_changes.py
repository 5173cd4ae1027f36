"""What may happen to a supplier case."""

from dataclasses import dataclass
from datetime import datetime

from kernel.refused_duty import DutyRefused

from procurement.domain.supplier_case import Clock, Entry, Level, Settlement, SupplierCase


@dataclass(frozen=True, slots=True)
class CaseOpened:
    case: SupplierCase


@dataclass(frozen=True, slots=True)
class EntryAdded:
    entry: Entry


@dataclass(frozen=True, slots=True)
class CaseHandedOver:
    owner_id: str
    clock: Clock
    by: str


@dataclass(frozen=True, slots=True)
class SettlementProposed:
    settlement: Settlement


@dataclass(frozen=True, slots=True)
class SecondPersonAsked:
    """More is given up than one person may give up (R80)."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class ClosingDeclined:
    by: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class CaseClosed:
    settlement: Settlement
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseReopened:
    owner_id: str
    clock: Clock
    by: str


@dataclass(frozen=True, slots=True)
class CaseReminded:
    """Its owner was told that time is running out; he sees it in his list."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CaseEscalated:
    """Its deadline passed, or a person gave it up the ladder: `owner_id` answers for it now. `told`: others are told of it."""

    owner_id: str
    clock: Clock
    at: datetime
    level: Level
    told: bool
    by: str | None = None


Change = (
    CaseOpened
    | EntryAdded
    | CaseHandedOver
    | SettlementProposed
    | SecondPersonAsked
    | ClosingDeclined
    | CaseClosed
    | CaseReopened
    | CaseReminded
    | CaseEscalated
    | DutyRefused
)
