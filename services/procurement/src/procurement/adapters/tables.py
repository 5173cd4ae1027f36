"""Tables as feeds: which mapping fits their header, and what is seen of one that no mapping fits."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from procurement.application.ports import NotAFeed, OpenedFeed
from procurement.domain.feed import Broken, Heading, RawRow, Read
from procurement.domain.feed_guessing import HEADER_WITHIN, header_fingerprint, sight_of
from procurement.domain.feed_sight import CUT, SAMPLES, FeedMapping, Line, Sight
from procurement.domain.feed_table import raw_rows


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or the one table of a CSV. `part` is the sheet's name, `told` how the text was understood."""

    part: str
    told: str
    lines: Callable[[], Iterator[Line]]

    def beginning(self) -> list[Line]:
        return list(islice(self.lines(), HEADER_WITHIN + 2 * SAMPLES))


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A table whose header, on this line, is known; 0: it has none."""

    table: Table
    header_line: int
    mapping: FeedMapping


def opened_tables(tables: Sequence[Table], known: Collection[FeedMapping], *, cut: str = "") -> OpenedFeed:
    """All tables that a mapping fits are read; when there is none, the most telling one is shown. `cut`: why the file is
    known to be incomplete. Raise `NotAFeed`.
    """
    beginnings = [(table, table.beginning()) for table in tables]
    mapped = [each for table, lines in beginnings if (each := _mapped(table, lines, known))]
    if mapped:
        return OpenedFeed(lambda: _rows(mapped, cut))
    sights = [
        sight for table, lines in beginnings if (sight := sight_of(lines, part=table.part, told=table.told))
    ]
    if not sights:
        raise NotAFeed("the file is neither XML nor a table of several columns")
    best = max(sights, key=_telling)
    return OpenedFeed(lambda: iter(()), best)


def _mapped(table: Table, lines: Sequence[Line], known: Collection[FeedMapping]) -> _Mapped | None:
    by_header = {mapping.fingerprint: mapping for mapping in known}
    for line in lines[:HEADER_WITHIN]:
        mapping = by_header.get(header_fingerprint(line.cells, len(line.cells))) if any(line.cells) else None
        if mapping:
            return _Mapped(table, line.number, mapping)
    sight = sight_of(lines)
    mapping = by_header.get(sight.fingerprint) if sight and not sight.header_line else None
    return _Mapped(table, 0, mapping) if mapping else None


def _rows(mapped: Sequence[_Mapped], cut: str) -> Iterator[Read]:
    yield Heading(None)
    raw: RawRow | None = None
    for each in mapped:
        below = (line for line in each.table.lines() if line.number > each.header_line)
        for raw in raw_rows(below, each.mapping, each.table.part):
            yield Broken(raw.line, raw.fault, raw.part) if raw.fault == CUT else raw
    if cut:
        yield Broken(raw.line if raw else 0, cut, raw.part if raw else "")


def _telling(sight: Sight) -> float:
    return sum(guess.confidence for guess in sight.guesses)
