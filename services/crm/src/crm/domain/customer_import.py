"""An import of customers: what it is, how far it is, and what became of each row (issue 6). Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

NEXT = "chunk"


class Fate(StrEnum):
    """What became of a row, or would."""

    REGISTERED = "registered"
    JOINED = "joined"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """Nothing personal: the line, what became of it, whom it is of, and what is to be said besides, in words of ours."""

    line: int
    fate: Fate
    notes: tuple[str, ...] = ()
    customer_id: str | None = None
    double_of: int | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """`done` chunks of `chunks` are through. `trial`: nothing is changed, the report says what would be.
    `refused`: somebody tried whose duty it is not.
    """

    import_id: str
    shop_id: str
    actor: Actor
    opened_at: datetime
    rows: int
    chunks: int
    trial: bool
    source: str
    done: int = 0
    counts: dict[str, int] = field(default_factory=dict[str, int])
    ended_at: datetime | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    opened: Import

    @property
    def import_id(self) -> str:
        """Whose command it is."""
        return self.opened.import_id


@dataclass(frozen=True, slots=True)
class Advance:
    """Chunk `number` is through; `counts` by fate."""

    import_id: str
    number: int
    counts: dict[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    opened: Import


@dataclass(frozen=True, slots=True)
class Advanced:
    number: int
    counts: dict[str, int]
    at: datetime


Command = Open | Advance
Change = Opened | Advanced | DutyRefused


def decide(command: Command, known: Import | None) -> Decision[Change]:
    """Opened once, by whose duty it is; each chunk counts once, in its order."""
    match command:
        case Open():
            no = duty(command.opened.actor, Action.MOVE_CUSTOMERS)
            if no:
                tried = replace(command.opened, rows=0, chunks=0, refused=True)
                return Refused((*([] if known else [Opened(tried)]), *no.changes), no.refusal)
            return [] if known else [Opened(command.opened)]
        case Advance():
            due = known is not None and command.number == known.done and known.ended_at is None
            return [Advanced(command.number, command.counts, command.at)] if due else []


def evolve(known: Import | None, change: Change) -> Import:
    """The import after the change."""
    if isinstance(change, Opened):
        opened = change.opened
        return opened if opened.chunks else replace(opened, ended_at=opened.opened_at)
    assert known is not None
    if isinstance(change, DutyRefused):
        return known
    done = change.number + 1
    counts = dict(Counter(known.counts) + Counter(change.counts))
    return replace(known, done=done, counts=counts, ended_at=change.at if done >= known.chunks else None)


def deadlines(known: Import) -> Sequence[Deadline]:
    """The next chunk is due at once, until all are through."""
    return [] if known.ended_at else [Deadline(f"{NEXT}_{known.done}", known.opened_at)]


def counted(report: Sequence[RowReport]) -> dict[str, int]:
    """How many of each fate."""
    return dict(Counter(each.fate.value for each in report))
