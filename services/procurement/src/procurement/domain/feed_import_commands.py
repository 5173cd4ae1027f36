"""What may be asked of an import."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor

from procurement.domain.feed_import import Stage, Tally, Wiping
from procurement.domain.feed_sight import Sight


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
class AskMapping:
    """Nobody has said yet what such a feed's columns mean."""

    import_id: str
    sight: Sight
    at: datetime


@dataclass(frozen=True, slots=True)
class GoOnMapped:
    """Somebody has."""

    import_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteCompared:
    """How far its offers are compared with known goods."""

    import_id: str
    offers: int
    goods: int
    proposed: int
    done: bool
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
    | AskMapping
    | GoOnMapped
    | NoteCompared
    | DecideOnImport
    | EndFeedImport
    | ImportDeadlinePassed
)
