"""A chunk of the rows of a file: kept sealed, taken in, and then no more than the report of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline
from kernel.refusal import Decision

from crm.domain.customer_import import Fate, RowReport
from crm.domain.import_rows import Row

FORGET = "forget_rows"
ERASED = "erased"
KEPT_FOR = timedelta(days=7)
"""Rows that no import came to (an upload that broke off) are forgotten after this."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """So many rows of a file, sealed until they are through, and then no more than the report of them. `hashes`: keyed hashes of its
    numbers while the rows wait, by which somebody who is erased meanwhile is found. `begun`: rows of it may be done. `struck`: the
    lines of who was erased.
    """

    chunk_id: str
    import_id: str
    number: int
    kept_at: datetime
    rows: tuple[Row, ...] = ()
    report: tuple[RowReport, ...] | None = None
    hashes: tuple[str, ...] = ()
    begun: bool = False
    struck: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    chunk: Chunk

    @property
    def chunk_id(self) -> str:
        """Whose command it is."""
        return self.chunk.chunk_id


@dataclass(frozen=True, slots=True)
class Begin:
    """Its rows are taken in from now on; who finds it begun goes on where another was killed."""

    chunk_id: str


@dataclass(frozen=True, slots=True)
class Strike:
    """The person of these lines was erased, and had these hashes."""

    chunk_id: str
    lines: tuple[int, ...]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of its rows; the first who says so is right."""

    chunk_id: str
    report: tuple[RowReport, ...]


Command = Keep | Begin | Strike | Report


@dataclass(frozen=True, slots=True)
class ChunkKept:
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class ChunkBegun:
    """Nothing but that."""


@dataclass(frozen=True, slots=True)
class RowsStruck:
    """Nothing of what stood in these lines is kept."""

    lines: tuple[int, ...]
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChunkReported:
    report: tuple[RowReport, ...]


Change = ChunkKept | ChunkBegun | RowsStruck | ChunkReported


def decide(command: Command, known: Chunk | None) -> Decision[Change]:
    """Kept once, begun once, reported once; who is erased while it waits is in it no more."""
    if isinstance(command, Keep):
        return [] if known else [ChunkKept(command.chunk)]
    if known is None or known.report is not None:
        return []
    match command:
        case Begin():
            return [] if known.begun else [ChunkBegun()]
        case Strike():
            new = tuple(each for each in command.lines if each not in known.struck)
            return [RowsStruck(new, command.hashes)] if new else []
        case Report():
            report = tuple(no_more(each) if each.line in known.struck else each for each in command.report)
            return [ChunkReported(report)]


def evolve(known: Chunk | None, change: Change) -> Chunk:
    """What is reported has no rows any more."""
    if isinstance(change, ChunkKept):
        return change.chunk
    assert known is not None
    match change:
        case ChunkBegun():
            return replace(known, begun=True)
        case RowsStruck():
            return _struck(known, change)
        case ChunkReported():
            return replace(known, rows=(), hashes=(), report=change.report)


def deadlines(known: Chunk) -> Sequence[Deadline]:
    """Rows lie here for so long at most."""
    return [] if known.report is not None else [Deadline(FORGET, known.kept_at + KEPT_FOR)]


def no_more(report: RowReport) -> RowReport:
    """The row of somebody who was erased meanwhile brings nobody back, whatever was done with it before (152-FZ art. 21)."""
    return RowReport(report.line, Fate.REFUSED, (ERASED,), double_of=report.double_of)


def _struck(known: Chunk, change: RowsStruck) -> Chunk:
    rows = tuple(
        Row(row.line, fault=ERASED, double_of=row.double_of) if row.line in change.lines else row
        for row in known.rows
    )
    hashes = tuple(each for each in known.hashes if each not in change.hashes)
    return replace(known, rows=rows, hashes=hashes, struck=(*known.struck, *change.lines))
