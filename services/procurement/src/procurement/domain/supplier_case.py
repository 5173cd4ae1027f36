"""A supplier case: something to be settled with a supplier, with an owner, a deadline and money (R44, R45)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from kernel.money import Money


class Trouble(StrEnum):
    """What it is about."""

    DELAY = "delay"
    SHORTAGE = "shortage"
    MIX_UP = "mix_up"
    RETURN = "return"
    DEFECT = "defect"
    OVERPRICED = "overpriced"


class Ending(StrEnum):
    """How a case ends."""

    REPLACED = "replaced"
    REFUNDED = "refunded"
    DISCOUNTED = "discounted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Said(StrEnum):
    """Who said it, or which failure of our own it tells of: suppliers are a great value, and both sides err (R45)."""

    NOTE = "note"
    WE_SAID = "we_said"
    SUPPLIER_SAID = "supplier_said"
    OWN_LATE_PAYMENT = "own_late_payment"
    OWN_CHANGED_ORDER = "own_changed_order"


OWN_FAILURES = frozenset({Said.OWN_LATE_PAYMENT, Said.OWN_CHANGED_ORDER})


class Stage(StrEnum):
    """`AWAITING`: the closing waits for a second person's yes (R80)."""

    OPEN = "open"
    AWAITING = "awaiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the thread. `words` are free, so they lie sealed and never leave the service."""

    at: datetime
    by: str
    kind: Said
    words: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What of ours the case belongs to."""

    purchase_id: str | None = None
    order_id: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """How it is to end, and what comes back to us, in money or goods worth it; `by` proposed it."""

    ending: Ending
    recovered: Money
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """When the owner is reminded, and by when the case is to be settled; both in working time, UTC."""

    remind_at: datetime
    due_at: datetime


class Level(IntEnum):
    """How high a case has gone: to its owner, the service owner, the shop's owner."""

    OWNER = 0
    SERVICE_OWNER = 1
    SHOP_OWNER = 2


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who has a case above its owner. `most_told`: how often the shop's owner is told of the same case."""

    service_owner: str | None
    shop_owner: str
    most_told: int


@dataclass(frozen=True, slots=True)
class SupplierCase:
    """`escalations`: how often it went up, or its deadline passed at the top; `told_top`: how often the shop's owner was told
    since somebody last gave it to a buyer. `remind_at` is None once the reminder went out.
    """

    case_id: str
    supplier_id: str
    trouble: Trouble
    opened_by: str
    opened_at: datetime
    at_stake: Money
    linked: Linked
    owner_id: str
    due_at: datetime
    remind_at: datetime | None
    stage: Stage = Stage.OPEN
    settlement: Settlement | None = None
    entries: tuple[Entry, ...] = ()
    escalations: int = 0
    level: Level = Level.OWNER
    told_top: int = 0
    reopened: int = 0
    closed_at: datetime | None = None

    @property
    def recovered(self) -> Money:
        """What came back; nothing while the case is open."""
        settled = self.stage is Stage.CLOSED and self.settlement
        return settled.recovered if settled else Money(0, self.at_stake.currency)

    @property
    def own_failures(self) -> int:
        """How many of our own failures the thread tells of (R45)."""
        return sum(entry.kind in OWN_FAILURES for entry in self.entries)

    def ticking(self, clock: Clock) -> "SupplierCase":
        """The same with a deadline anew."""
        return replace(self, remind_at=clock.remind_at, due_at=clock.due_at)
