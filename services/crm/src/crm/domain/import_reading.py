"""From the lines of a table to the rows of an import: the first line that says anything is the headings; a number that stood before is
named with its line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from crm.domain.import_rows import Column, Row, columns_of, row_of
from crm.domain.refusals import NotATable


class Line(Protocol):
    """A line as it was read."""

    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def fault(self) -> str: ...


def rows(lines: Iterable[Line], said: Mapping[str, Column | None]) -> Iterator[Row]:
    """Lazily; what was read before is kept as a hash a number. Raise `NotATable` at the first, before any row."""
    below = iter(lines)
    header = next((each for each in below if any(cell.strip() for cell in each.cells)), None)
    if header is None:
        raise NotATable("The file has no rows.", reason="empty")
    columns = columns_of(header.cells, said)

    def read() -> Iterator[Row]:
        seen: dict[int, int] = {}
        for each in below:
            row = Row(each.line, fault=each.fault) if each.fault else row_of(each.line, each.cells, columns)
            if row is not None:
                yield _numbered(row, seen)

    return read()


def _numbered(row: Row, seen: dict[int, int]) -> Row:
    marks = [hash(phone.e164) for phone in row.phones]
    before = [seen[mark] for mark in marks if mark in seen]
    for mark in marks:
        seen.setdefault(mark, row.line)
    return replace(row, double_of=min(before)) if before else row
