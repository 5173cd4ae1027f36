"""An incident: something went wrong on the way, and somebody settles it by a deadline (R49-R56)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kernel.money import Money
from kernel.window import Window

from logistics.domain.incident_trouble import Source, Trouble
from logistics.domain.ladder import Rung
from logistics.domain.penalty import Owed


class Stage(StrEnum):
    """`AWAITING`: the closing waits for a second person's yes (R80)."""

    OPEN = "open"
    AWAITING = "awaiting"
    CLOSED = "closed"


class Mark(StrEnum):
    """A line of the checklist: still to do, done, or left out for a reason (R53)."""

    AHEAD = "ahead"
    DONE = "done"
    SKIPPED = "skipped"


class Payer(StrEnum):
    """Who bears it."""

    US = "us"
    CARRIER = "carrier"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Tick:
    """A step of the playbook, and what became of it; `reason` of one that was left out."""

    code: str
    mark: Mark = Mark.AHEAD
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the carrier was asked, and said (R56). Both are free words: they lie sealed and never leave the service."""

    text: str
    by: str
    at: datetime
    reply_due: datetime
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """`lost` is what it cost, `recovered` what others gave back of it (R55); `penalty` is what the carrier is asked for by his
    terms, besides (R70).
    """

    at_stake: Money
    payer: Payer = Payer.US
    lost: Money = field(default_factory=lambda: Money(0))
    recovered: Money = field(default_factory=lambda: Money(0))
    penalty: Money = field(default_factory=lambda: Money(0))

    @property
    def borne(self) -> Money:
        """What stays with us."""
        return self.lost - self.recovered


@dataclass(frozen=True, slots=True)
class Settlement:
    """How it ends: why it happened, what is done so that it does not again, whether the customer stays (R55); `let_go`
    is why a penalty was not asked for.
    """

    cause: str
    measure: str
    customer_kept: bool
    by: str
    at: datetime
    let_go: str | None = None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where it came from was thought again; `was` is what it was taken for before (R50)."""

    was: Source
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Emergency:
    """A run at once, by whom and for how much (R73); `agrees` is a second person's word, None while it waits."""

    driver_id: str
    cost: Money
    by: str
    at: datetime
    agrees: bool | None = None
    decided_by: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """`rungs` are the carrier's ladder as it was at the opening; `level` counts how far up we are. `source_confirmed` is
    said at the closing (R50). `playbook_version` tells which method was tried (R53). `owed`: what the
    carrier's terms say; `by_hand`: a person set the money side, so nothing that is heard changes it any more.
    """

    incident_id: str
    trouble: Trouble
    kind: str
    source: Source
    opened_by: str
    opened_at: datetime
    owner_id: str
    due_at: datetime
    sums: Sums
    rungs: tuple[Rung, ...]
    playbook_version: int
    steps: tuple[Tick, ...]
    stage: Stage = Stage.OPEN
    level: int = 0
    note: str | None = None
    source_confirmed: bool = False
    source_changes: tuple[SourceNote, ...] = ()
    inquiry: Inquiry | None = None
    settlement: Settlement | None = None
    closed_at: datetime | None = None
    reopened: int = 0
    overdue: int = 0
    owed: Owed | None = None
    by_hand: bool = False
    emergency: Emergency | None = None

    @property
    def window(self) -> Window | None:
        return self.trouble.window

    @property
    def is_open(self) -> bool:
        return self.stage is not Stage.CLOSED

    @property
    def to_detect(self) -> int:
        """Seconds from the problem to the opening (R52)."""
        return max(0, int((self.opened_at - self.trouble.happened_at).total_seconds()))

    def ticked(self, tick: Tick) -> "Incident":
        """The same with one step marked."""
        return replace(self, steps=tuple(tick if each.code == tick.code else each for each in self.steps))
