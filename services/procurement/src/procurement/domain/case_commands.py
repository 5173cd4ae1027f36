"""What may be asked of a supplier case."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.money import Money

from procurement.domain.supplier_case import Clock, Ending, Entry, Ladder, Level, Linked, Trouble


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Something went wrong. Asked again for a case that is there: nothing."""

    case_id: str
    supplier_id: str
    trouble: Trouble
    at_stake: Money
    linked: Linked
    owner_id: str
    opened_by: str
    clock: Clock
    at: datetime
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class AddEntry:
    case_id: str
    entry: Entry
    actor: Actor


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody else answers for it now; `fits`: he may own cases (R4)."""

    case_id: str
    to: str
    fits: bool
    clock: Clock
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeFromWhoLeft:
    """Its owner may own no cases any more; whoever has it meanwhile keeps it. `oversees`: he is service owner, and keeps what
    went up to him.
    """

    case_id: str
    gone_id: str
    to: str
    clock: Clock
    at: datetime
    oversees: bool = False


@dataclass(frozen=True, slots=True)
class ProposeSettlement:
    case_id: str
    ending: Ending
    recovered: Money
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class CloseCase:
    """End it so. `most_lost` is what may be given up without a second person (R80)."""

    case_id: str
    ending: Ending
    recovered: Money
    most_lost: Money
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DecideClosing:
    """The second person's yes or no (R80)."""

    case_id: str
    agrees: bool
    clock: Clock
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReopenCase:
    case_id: str
    owner_id: str
    clock: Clock
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class EscalateCase:
    """Somebody wants more weight behind it."""

    case_id: str
    to: Level
    ladder: Ladder
    clock: Clock
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseDeadlinePassed:
    """`clock` ticks from now on for who has it then."""

    case_id: str
    name: str
    ladder: Ladder
    clock: Clock
    at: datetime


ByPerson = AddEntry | HandOver | ProposeSettlement | CloseCase | DecideClosing | ReopenCase | EscalateCase
Command = OpenCase | ByPerson | TakeFromWhoLeft | CaseDeadlinePassed
