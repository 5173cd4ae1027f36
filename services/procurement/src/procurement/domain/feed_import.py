"""One import of a supplier's feed: who brought it in, how far it has come, what was wrong, who let it through."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from procurement.domain.feed import BadRow, Broken
from procurement.domain.feed_sight import Sight

BAD_ROWS_KEPT = 100


class Stage(StrEnum):
    """`MAPPING` and `HELD` wait for a person. The last three are ends."""

    WAITING = "waiting"
    MAPPING = "mapping"
    READING = "reading"
    HELD = "held"
    APPLYING = "applying"
    DONE = "done"
    DISCARDED = "discarded"
    FAILED = "failed"


FOR_A_PERSON = frozenset({Stage.MAPPING, Stage.HELD})
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
class Comparing:
    """Offers that nobody but the supplier can name, and known goods they were compared with; `due_at` None: all done."""

    offers: int = 0
    goods: int = 0
    proposed: int = 0
    due_at: datetime | None = None
    takes: int = 0


@dataclass(frozen=True, slots=True)
class FeedImport:
    """`from_address`: fetched by ourselves, and `fetched` once it lies in the spool. `takes`: how often it was taken up
    again without getting anywhere. `sight`: what was seen of it when nobody had said yet what its columns mean. `matching`: how far its
    offers have been compared with known goods since.
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
    sight: Sight | None = None
    matching: Comparing | None = None
