"""Which encoding a file is really in, whatever it declares."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

PIECE = 1 << 20
SAMPLE = 16 * 1024
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LEGACY = ("cp1251", "koi8_r", "cp866", "cp1252")
"""What price lists come in when it is not Unicode."""
STRAY = 10
"""A text is UTF-8 with a few bad places when at most one of so many letters beyond ASCII is bad."""
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def text_encoding(path: Path) -> str:
    """The encoding of a text."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    known = next((name for mark, name in BOMS if head.startswith(mark)), "") or _wide(head)
    if known:
        return known
    found = _as_utf8(path)
    return "utf-8" if found.fits else _legacy(found.sample)


def xml_encoding(path: Path) -> str | None:
    """The encoding to read this XML in; None when it is the one that it declares."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if any(head.startswith(mark) for mark, _ in BOMS) or _wide(head):
        return None
    said = DECLARED.match(head)
    declared = _codec(said[1].decode()) if said else "utf-8"
    real = _real(declared, _as_utf8(path))
    return None if real == declared else real


def _real(declared: str, found: "_Utf8") -> str:
    """A file that is UTF-8 throughout is no other encoding, and one that is not can't be, whatever it says."""
    unicode = not declared or declared.startswith("utf-")
    if found.fits:
        return "utf-8" if unicode or found.beyond else declared
    return _legacy(found.sample) if unicode else declared


@dataclass(frozen=True, slots=True)
class _Utf8:
    """What a file is as UTF-8: letters beyond ASCII, bad places among them, and bytes around the first bad one."""

    beyond: int
    bad: int
    sample: bytes

    @property
    def fits(self) -> bool:
        return self.bad * STRAY <= self.beyond


def _as_utf8(path: Path) -> _Utf8:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    beyond = bad = 0
    sample = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if piece.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(piece)
            faults = text.count("\ufffd")
            if faults and not bad:
                sample = _telling(piece)
            bad += faults
            beyond += len(text) - len(text.encode("ascii", "ignore"))
    return _Utf8(beyond, bad, sample)  # a letter cut off at the very end is no fault of the encoding


def _telling(piece: bytes) -> bytes:
    """Lines with letters beyond ASCII, as many as are worth looking at."""
    lines = (line for line in piece.splitlines() if not line.isascii())
    taken = b""
    for line in lines:
        taken += line[:SAMPLE] + b"\n"
        if len(taken) >= SAMPLE:
            break
    return taken[:SAMPLE]


def _legacy(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=list(LEGACY), enable_fallback=False).best()
    return best.encoding if best else LEGACY[0]


def _wide(head: bytes) -> str:
    """UTF-16 without a mark shows by its NULs: every second byte of what is plain."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head[0::2]):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _codec(name: str) -> str:
    """Python's name of it; empty when there is no such encoding."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
