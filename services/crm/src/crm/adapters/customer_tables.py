"""Tables of customers on the disk: read whether CSV or a workbook, written row by row; never whole in memory, but for a workbook, which
a program of its own reads.
"""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from crm.adapters.delimited import Record, records
from crm.adapters.workbook_child import MOST_COLUMNS
from crm.domain.refusals import NotATable

xlsxwriter: Any = import_module("xlsxwriter")
"""It ships no types."""

CHILD = "crm.adapters.workbook_child"
SECONDS = 300
MEGABYTES = 2048
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_ROWS = 1_048_575
"""As many as a sheet has below its headings."""


def opened(path: Path) -> Iterator[Record]:
    """The file's rows, lazily. Raise `NotATable`."""
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise NotATable("The file is empty.", reason="empty")
    if head.startswith(WORKBOOKS):
        return records(_as_csv(path))
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotATable("The file is neither CSV nor a workbook.", reason="unreadable")
    return records(path)


def _as_csv(path: Path) -> Path:
    into = path.with_suffix(".rows")
    asked = [sys.executable, "-m", CHILD, str(path), str(into), str(MEGABYTES), str(SECONDS)]
    try:
        child = subprocess.run(asked, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        raise NotATable("The workbook takes too long to read.", reason="unreadable") from None
    if child.returncode:
        raise NotATable("The workbook can't be read, or needs more memory than it may.", reason="unreadable")
    return into


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
