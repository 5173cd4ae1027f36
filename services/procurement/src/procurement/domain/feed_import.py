"""One import of a supplier's feed: who brought it in, how far it has come, what was wrong, who let it through."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor

from procurement.domain.feed import BadRow, Broken

BAD_ROWS_KEPT = 100


class Stage(StrEnum):
    """`HELD`: waits for a person. The last three are ends."""

    WAITING = "waiting"
    READING = "reading"
    HELD = "held"
    APPLYING = "applying"
    DONE = "done"
    DISCARDED = "discarded"
    FAILED = "failed"


ENDS = frozenset({Stage.DONE, Stage.DISCARDED, Stage.FAILED})


@dataclass(frozen=True, slots=True)
class Tally:
    """`places` are rows and breaks passed, good or bad: where a resumed import goes on. `bad_rows` are the first ones."""

    places: int = 0
    good: int = 0
    bad: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    dated: datetime | None = None
    broken: Broken | None = None
    bad_rows: tuple[BadRow, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Wiping:
    """How many of the offers that can be had now the feed leaves out or calls gone."""

    lost: int
    of: int


@dataclass(frozen=True, slots=True)
class FeedImport:
    """`from_address`: fetched by ourselves, and `fetched` once it lies in the spool. `takes`: how often it was taken up
    again without getting anywhere.
    """

    import_id: str
    supplier_id: str
    by: str
    from_address: bool
    accept_stale: bool
    received_at: datetime
    stage: Stage
    due_at: datetime | None
    fetched: bool
    tally: Tally = field(default_factory=Tally)
    wiping: Wiping | None = None
    approved_by: str | None = None
    reason: str = ""
    ended_at: datetime | None = None
    takes: int = 0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiveFeed:
    import_id: str
    supplier_id: str
    by: str
    from_address: bool
    accept_stale: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteFetched:
    """The feed lies in the spool now, with what its address said of it."""

    import_id: str
    etag: str | None
    last_modified: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteAlive:
    """Whoever works on it still does: nobody else need take it up. `waits`: for its turn."""

    import_id: str
    at: datetime
    waits: bool = False


@dataclass(frozen=True, slots=True)
class NoteProgress:
    """How far it has come."""

    import_id: str
    stage: Stage
    tally: Tally
    at: datetime


@dataclass(frozen=True, slots=True)
class HoldForPerson:
    import_id: str
    tally: Tally
    wiping: Wiping
    at: datetime


@dataclass(frozen=True, slots=True)
class DecideOnImport:
    """A person approves a held feed, or discards it."""

    import_id: str
    approve: bool
    actor: Actor
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EndFeedImport:
    """Done, discarded or failed, and why."""

    import_id: str
    stage: Stage
    tally: Tally
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportDeadlinePassed:
    import_id: str
    at: datetime


Command = (
    ReceiveFeed
    | NoteFetched
    | NoteAlive
    | NoteProgress
    | HoldForPerson
    | DecideOnImport
    | EndFeedImport
    | ImportDeadlinePassed
)
