"""CSV as suppliers write it: delimiter, quotes and encoding guessed, each record with the line it begins on. One that can't
be read is told of, and the rest goes on.
"""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from procurement.domain.feed_sight import CUT, MOST_COLUMNS, Line

DELIMITERS = (";", "\t", ",", "|")
LONGEST_LINE = 200_000
LONGEST_CELL = 2000
MOST_LINES = 30
"""A record of more lines is one whose quotation mark was never closed."""
SAMPLE = 64
SEP = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE * MOST_LINES))


class _Unreadable(Exception):
    """Why a record can't be read; its later lines may be records of their own."""


@dataclass
class _Source:
    """The lines of a file for the csv module, which asks for another one only inside of quotation marks."""

    file: TextIO
    number: int = 0
    open_end: bool = False
    taken: list[tuple[int, str | None]] = field(default_factory=list[tuple[int, str | None]])
    waiting: deque[tuple[int, str | None]] = field(default_factory=deque[tuple[int, str | None]])

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _Unreadable("a quotation mark is not closed")
        if not self.waiting:
            self._read()
        if not self.waiting:
            if self.taken:
                raise _Unreadable("a quotation mark is not closed")
            raise StopIteration
        number, text = self.waiting.popleft()
        self.taken.append((number, text))
        if text is None:
            raise _Unreadable(f"longer than {LONGEST_LINE} characters")
        return text

    def begin(self) -> None:
        """A record ended; the next line is another's."""
        self.taken.clear()

    def give_back(self) -> int:
        """The record can't be read: all of its lines but the first are read anew. Answer where it began."""
        (began, _), *later = self.taken
        self.waiting.extendleft(reversed(later))
        self.taken.clear()
        return began

    def _read(self) -> None:
        text = self.file.readline(LONGEST_LINE)
        if not text:
            return
        self.number += 1
        too_long = len(text) == LONGEST_LINE and text[-1] not in "\r\n"
        rest = text
        while too_long and rest and rest[-1] not in "\r\n":
            rest = self.file.readline(LONGEST_LINE)
        self.open_end = not rest or rest[-1] not in "\r\n"
        self.waiting.append((self.number, None if too_long else text))


def records(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    """The file's records, lazily; the last one has the fault `CUT` when the file ends in the middle of it."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        source, widest = _Source(file), 0
        last: Line | None = None
        for line in _lines(source, delimiter):
            if last is not None:
                yield last
            widest, last = max(widest, len(line.cells)), line
        if last is not None:
            short = bool(last.fault) or len(last.cells) < widest
            yield Line(last.number, last.cells, CUT) if source.open_end and short else last


def _lines(source: _Source, delimiter: str) -> Iterator[Line]:
    while True:
        reader = csv.reader(source, delimiter=delimiter)
        try:
            for cells in reader:
                if not (source.taken[0][0] == 1 and SEP.match(delimiter.join(cells))):
                    yield _line(source.taken[0][0], cells)
                source.begin()
        except (_Unreadable, csv.Error) as wrong:
            yield Line(source.give_back(), (), str(wrong))
            continue
        return


def _line(number: int, cells: Sequence[str]) -> Line:
    kept = tuple(cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS])
    fault = (
        "there are bytes that are no letters of its encoding"
        if any("\ufffd" in each for each in kept)
        else ""
    )
    return Line(number, kept, fault)


def delimiter_of(path: Path, encoding: str) -> str:
    """What parts the columns: what parts most lines into equally many."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        told = SEP.match(file.readline(16).strip())
    return (
        told[1]
        if told and told[1] in DELIMITERS
        else max(DELIMITERS, key=lambda each: _evenness(path, encoding, each))
    )


def _evenness(path: Path, encoding: str, delimiter: str) -> float:
    lines = [line for line in islice(records(path, encoding, delimiter), SAMPLE) if any(line.cells)]
    widths = Counter(len(line.cells) for line in lines)
    if not widths:
        return 0.0
    wide = {width: many for width, many in widths.items() if width > 1}
    width, many = max(wide.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
    return many / len(lines) + min(width, 50) / 1000 if many else 0.0
