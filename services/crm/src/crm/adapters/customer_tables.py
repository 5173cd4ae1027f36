"""Tables of customers on the disk: read whether CSV or a workbook, written row by row; never whole in memory, but for a workbook, which
a program of its own reads (`chassis.workbooks`).
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from chassis.workbooks import DELIMITER, ENCODING, Limits, NotAWorkbook, sheets

from crm.adapters.delimited import Record, records
from crm.domain.refusals import NotATable

xlsxwriter: Any = import_module("xlsxwriter")
"""It ships no types."""

MOST_COLUMNS = 100
LONGEST_CELL = 1000
SECONDS = 300
LARGEST_SHEET = 256 << 20
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_ROWS = 1_048_575
"""As many as a sheet has below its headings."""


def opened(path: Path, most_megabytes: int) -> Iterator[Record]:
    """The file's rows, lazily; of a workbook, those of its first visible sheet, read within so much memory. Raise `NotATable`."""
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise NotATable("The file is empty.", reason="empty")
    if head.startswith(WORKBOOKS):
        return _first_sheet(path, most_megabytes)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotATable("The file is neither CSV nor a workbook.", reason="unreadable")
    return records(path)


def _first_sheet(path: Path, most_megabytes: int) -> Iterator[Record]:
    limits = Limits(most_megabytes, SECONDS, LARGEST_SHEET, 1, MOST_COLUMNS, LONGEST_CELL, line_break="; ")
    try:
        found = sheets(path, path.with_suffix(".sheets"), limits)
    except NotAWorkbook:  # its words may quote the file
        raise NotATable(
            "The workbook can't be read, or needs more memory or time than it may.", reason="unreadable"
        ) from None
    if not found:
        raise NotATable("The workbook has no sheet of cells.", reason="empty")
    return records(found[0].path, ENCODING, DELIMITER)


class Writer(Protocol):
    """A table that is being written; its cells are harmless already."""

    def row(self, cells: Sequence[str]) -> None: ...
    def close(self) -> None: ...


class CsvWriter:
    """Parted by semicolons, with a byte order mark, as spreadsheets in Russia open it by a click."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file, delimiter=";", lineterminator="\r\n")

    def row(self, cells: Sequence[str]) -> None:
        self._csv.writerow(cells)

    def close(self) -> None:
        self._file.close()


class XlsxWriter:
    """A workbook of one sheet whose rows go to the disk as they come; each cell is text, and none a formula or a link."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
        self._sheet = self._book.add_worksheet()
        self._rows = 0

    def row(self, cells: Sequence[str]) -> None:
        if self._rows > MOST_ROWS:
            raise NotATable("A sheet has no room for so many rows; take CSV.", reason="too_many_rows")
        for column, cell in enumerate(cells[:MOST_COLUMNS]):
            self._sheet.write_string(self._rows, column, cell)
        self._rows += 1

    def close(self) -> None:
        self._book.close()


WRITERS: Mapping[str, Callable[[Path], Writer]] = {"csv": CsvWriter, "xlsx": XlsxWriter}
