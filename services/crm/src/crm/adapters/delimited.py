"""CSV as people save it: UTF-8 with and without a mark, UTF-16 with one, cp1251; parted by semicolons, commas or tabs. Read line by
line; what can't be read is told of with its line, and the rest goes on.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

PIECE = 1 << 20
MOST_LINES = 20
"""A record of more lines is one whose quotation mark was never closed."""
LONGEST_LINE = 100_000
DELIMITERS = (";", "\t", ",")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """`line`: where it begins; `fault`: why it can't be read, a word of ours."""

    line: int
    cells: tuple[str, ...] = ()
    fault: str = ""


class _NotClosed(Exception):
    """A quotation mark opened and never closed, as far as it is looked for."""


@dataclass
class _Lines:
    """Lines for the csv module, which asks for another only inside of quotation marks."""

    file: TextIO
    number: int = 0
    taken: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    waiting: deque[tuple[int, str]] = field(default_factory=deque[tuple[int, str]])

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if not self.waiting and (text := self.file.readline(LONGEST_LINE)):
            self.number += 1
            self.waiting.append((self.number, text))
        if len(self.taken) >= MOST_LINES or (self.taken and not self.waiting):
            raise _NotClosed
        if not self.waiting:
            raise StopIteration
        self.taken.append(self.waiting.popleft())
        return self.taken[-1][1]

    def give_back(self) -> int:
        """All lines but the first are read anew. Answer the first one's number."""
        (began, _), *later = self.taken
        self.waiting.extendleft(reversed(later))
        self.taken.clear()
        return began


def encoding_of(path: Path) -> str:
    """UTF-8 where the whole file is; else what Russian spreadsheets save."""
    with path.open("rb") as file:
        head = file.read(4)
        for mark, name in MARKS:
            if head.startswith(mark):
                return name
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8"


def delimiter_of(path: Path, encoding: str) -> str:
    """What stands most often in the first line, outside of quotation marks."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        bare = "".join(file.readline(LONGEST_LINE).split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def records(path: Path, encoding: str = "", delimiter: str = "") -> Iterator[Record]:
    """All records, lazily; how they are written is guessed where it is not said."""
    encoding = encoding or encoding_of(path)
    delimiter = delimiter or delimiter_of(path, encoding)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = _Lines(file)
        while True:
            reader = csv.reader(lines, delimiter=delimiter)
            try:
                for cells in reader:
                    yield _record(lines.taken[0][0], cells)
                    lines.taken.clear()
            except (_NotClosed, csv.Error):
                yield Record(lines.give_back(), fault="unreadable")
                continue
            return


def _record(line: int, cells: list[str]) -> Record:
    spoilt = any("\ufffd" in each for each in cells)
    return Record(line, tuple(cells), "wrong_letters" if spoilt else "")
