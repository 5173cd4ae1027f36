"""What a feed is packed in, unpacked within limits. Names inside of an archive never become paths."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from procurement.application.ports import NotAFeed

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
PIECE = 1 << 16
MOST_ENTRIES = 1000
MOST_FILES = 50
RATIO = 250
FREE = 16 << 20
"""So many bytes may come out of anything; more only at no more than `RATIO` of what went in."""
PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
CUT_SHORT = "the file it was packed in is cut off or spoilt"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file of an archive, on the disk. `cut`: why it is known to be incomplete."""

    part: str
    path: Path
    cut: str = ""


def magic(path: Path) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(8)


def gunzipped(path: Path, folder: Path, most_bytes: int) -> Unpacked:
    """The one file in it. Raise `NotAFeed`."""
    with path.open("rb") as source:
        most = min(most_bytes, _ceiling(path.stat().st_size))
        return _taken(_inflated(source), folder / "plain", "", most)


def entries(path: Path) -> list[zipfile.ZipInfo]:
    """The files of an archive, as it lists them. Raise `NotAFeed`."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [each for each in archive.infolist() if not each.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as wrong:
        raise NotAFeed(f"the archive can't be read: {str(wrong)[:100]}") from None
    if len(listed) > MOST_ENTRIES:
        raise NotAFeed(f"the archive has more than {MOST_ENTRIES} files")
    if any(each.flag_bits & 1 for each in listed):
        raise NotAFeed("the archive is locked by a password")
    return listed


def unzipped(path: Path, listed: list[zipfile.ZipInfo], folder: Path, most_bytes: int) -> list[Unpacked]:
    """These files of the archive, under numbers for names. Raise `NotAFeed`."""
    if len(listed) > MOST_FILES:
        raise NotAFeed(f"the archive has more than {MOST_FILES} files that might be feeds")
    found: list[Unpacked] = []
    with zipfile.ZipFile(path) as archive:
        for number, each in enumerate(listed):
            into, left = folder / f"{number}.part", most_bytes - sum(one.path.stat().st_size for one in found)
            with _opened(archive, each) as source:
                most = min(left, _ceiling(each.compress_size))
                taken = _taken(_pieces(source), into, _label(each.filename), most)
            if magic(into).startswith((GZIP, ZIP)):
                raise NotAFeed("there is an archive inside of the archive")
            found.append(taken)
    return found


def checked(path: Path, listed: list[zipfile.ZipInfo], most_bytes: int) -> None:
    """Whether an archive that others will unpack is as large as it says, and no larger than it may be. Raise `NotAFeed`."""
    left = most_bytes
    with zipfile.ZipFile(path) as archive:
        for each in listed:
            with _opened(archive, each) as source:
                try:
                    for piece in _bounded(_pieces(source), min(left, _ceiling(each.compress_size))):
                        left -= len(piece)
                except (zipfile.BadZipFile, zlib.error, EOFError):
                    raise NotAFeed("the workbook is cut off or spoilt") from None


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    if entry.compress_type not in PLAIN_WAYS:
        raise NotAFeed("the archive is packed in a way that is not understood")
    try:
        return cast("BinaryIO", archive.open(entry))
    except (zipfile.BadZipFile, NotImplementedError, OSError) as wrong:
        raise NotAFeed(f"the archive can't be read: {str(wrong)[:100]}") from None


def _taken(pieces: Iterator[bytes], into: Path, part: str, most_bytes: int) -> Unpacked:
    with into.open("wb") as file:
        try:
            for piece in _bounded(pieces, most_bytes):
                file.write(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            if not file.tell():
                raise NotAFeed(CUT_SHORT) from None
            return Unpacked(part, into, CUT_SHORT)
    return Unpacked(part, into)


def _bounded(pieces: Iterator[bytes], most_bytes: int) -> Iterator[bytes]:
    taken = 0
    for piece in pieces:
        taken += len(piece)
        if taken > most_bytes:
            raise NotAFeed("what is packed in the file is far larger than a feed may be")
        yield piece


def _pieces(source: BinaryIO) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece


def _inflated(source: BinaryIO) -> Iterator[bytes]:
    """What a gzip file holds, as far as it goes: the library's own reader loses what it read before a break."""
    inflating, waiting = zlib.decompressobj(wbits=31), b""
    while waiting := waiting or source.read(PIECE):
        piece = inflating.decompress(waiting, PIECE)
        waiting = inflating.unconsumed_tail
        if piece:
            yield piece
        if inflating.eof:
            waiting = inflating.unused_data.lstrip(b"\x00") or source.read(PIECE)
            if not waiting:
                return
            inflating = zlib.decompressobj(wbits=31)
    raise EOFError


def _ceiling(packed: int) -> int:
    return max(FREE, packed * RATIO)


def _label(name: str) -> str:
    """The last part of a name, for people to read."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable())[-60:]
