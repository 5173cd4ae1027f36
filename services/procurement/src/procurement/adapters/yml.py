"""Yandex Market Language: a catalogue read as a stream, in bounded memory, whatever its size (market-facts 8).

Nothing outside the file is ever fetched and no entity expanded; a file that declares entities is refused. A file that
breaks keeps the offers that stood before the break.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from procurement.domain.feed import Broken, Heading, RawRow, Read, ReadFeed

etree: Any = import_module("lxml.etree")
"""lxml ships no types; what is used of it is `Element` below."""

LONGEST_TEXT = 2000
ONCE = frozenset(
    [
        "name",
        "typePrefix",
        "vendor",
        "vendorCode",
        "model",
        "price",
        "purchase_price",
        "currencyId",
        "count",
        "barcode",
    ]
)
"""What of an offer is read; pictures, descriptions and the like are passed over."""


class Element(Protocol):
    """An element of lxml."""

    tag: object
    sourceline: int | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator["Element"]: ...
    def __delitem__(self, place: int) -> None: ...
    def get(self, name: str, default: str) -> str: ...
    def getparent(self) -> "Element | None": ...
    def getprevious(self) -> "Element | None": ...
    def getroottree(self) -> Any: ...
    def itertext(self) -> Iterator[str]: ...
    def clear(self, *, keep_tail: bool) -> None: ...


class NotACatalogue(ValueError):
    """Why a file is not read at all."""


def yml_reader(zone: str) -> ReadFeed:
    """A reader that takes dates without a zone as local time of `zone`."""
    local = ZoneInfo(zone)

    def read(path: Path) -> Iterator[Read]:
        with path.open("rb") as file:
            parsed = etree.iterparse(
                file,
                events=("start", "end"),
                load_dtd=False,
                no_network=True,
                resolve_entities=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            yield from _rows(parsed, local)

    return read


def _rows(parsed: Iterable[tuple[str, Element]], local: ZoneInfo) -> Iterator[Read]:
    line = 0
    try:
        for event, element in parsed:
            line = element.sourceline or line
            if event == "start":
                if element.getparent() is None:
                    yield _heading(element, local)
                continue
            if element.tag == "offer":
                yield _raw_row(element)
            if not _is_in_offer(element):
                _forget(element)
    except SyntaxError as broken:  # what lxml raises
        yield Broken(broken.lineno or line, str(broken.msg or "not XML")[:200])
    except NotACatalogue as wrong:
        yield Broken(line, str(wrong))


def _heading(root: Element, local: ZoneInfo) -> Heading:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise NotACatalogue("the file declares entities of its own, which no catalogue needs")
    if root.tag != "yml_catalog":
        raise NotACatalogue(f"the file is not a YML catalogue: it begins with <{str(root.tag)[:40]}>")
    return Heading(_dated(root.get("date", ""), local))


def _dated(text: str, local: ZoneInfo) -> datetime | None:
    """RFC 3339, or the older form without a zone; None when the feed does not tell, or nobody can read it."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=local)


def _raw_row(offer: Element) -> RawRow:
    texts: dict[str, tuple[str, ...]] = {}
    for child in offer:
        if child.tag in ONCE:
            name = str(child.tag)
            texts[name] = (*texts.get(name, ()), _text(child))
    attributes = {str(name): str(value) for name, value in offer.attrib.items()}
    return RawRow(offer.sourceline or 0, attributes.get("id", "").strip(), attributes, texts)


def _text(element: Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())[:LONGEST_TEXT]


def _is_in_offer(element: Element) -> bool:
    """What stands in an offer is kept until the offer ends."""
    parent = element.getparent()
    while parent is not None:
        if parent.tag == "offer":
            return True
        parent = parent.getparent()
    return False


def _forget(element: Element) -> None:
    """Let go of what was read, and of what stood before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
