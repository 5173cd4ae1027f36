"""Yandex Market Language: a catalogue read as a stream (market-facts 8). A file that breaks keeps the offers that stood
before the break.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from procurement.adapters.encodings import xml_encoding
from procurement.adapters.feed_dates import dated
from procurement.adapters.groups import Groups
from procurement.adapters.xml_stream import Element, XmlBroken, XmlStream, text_of
from procurement.domain.feed import Broken, Heading, RawRow, Read, ReadFeed
from procurement.domain.feed_terms import MOST_ATTRIBUTES

ROOT = "yml_catalog"
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


def yml_reader(zone: str) -> ReadFeed:
    """A reader that takes dates without a zone as local time of `zone`."""
    local = ZoneInfo(zone)
    return lambda path: read_yml(path, local)


def read_yml(path: Path, local: ZoneInfo) -> Iterator[Read]:
    """The catalogue's heading, then its offers."""
    stream = XmlStream(path, xml_encoding(path), ("offer", "category"))
    try:
        yield from _Catalogue(local).reads(stream)
    except XmlBroken as broken:
        yield Broken(broken.line, broken.reason)


def cut_off(reads: Iterator[Read], cut: str) -> Iterator[Read]:
    """The same, and at its end that the file is known to be incomplete, where it does not show by itself."""
    line, broken = 0, not cut
    for each in reads:
        if not isinstance(each, Heading):
            line, broken = each.line, broken or isinstance(each, Broken)
        yield each
    if not broken:
        yield Broken(line, cut)


@dataclass
class _Catalogue:
    local: ZoneInfo
    groups: Groups = field(default_factory=Groups)

    def reads(self, stream: XmlStream) -> Iterator[Read]:
        for event, element in stream:
            if event == "start":
                yield self._heading(element)
            elif element.tag == "category":
                self.groups.add(element.get("id", ""), text_of(element), element.get("parentId", ""))
            else:
                yield self._raw_row(element)

    def _heading(self, root: Element) -> Heading:
        if root.tag != ROOT:
            reason = f"the file is not a YML catalogue: it begins with <{str(root.tag)[:40]}>"
            raise XmlBroken(root.sourceline or 0, reason)
        return Heading(dated(root.get("date", ""), self.local))

    def _raw_row(self, offer: Element) -> RawRow:
        texts: dict[str, tuple[str, ...]] = {}
        params: dict[str, str] = {}
        category = ""
        for child in offer:
            name = str(child.tag)
            if name in ONCE:
                texts[name] = (*texts.get(name, ()), text_of(child))
            elif name == "categoryId":
                category = category or self.groups.path(text_of(child))
            elif name == "param" and len(params) < MOST_ATTRIBUTES:
                params.setdefault(
                    child.get("name", "").strip(), f"{text_of(child)} {child.get('unit', '')}".strip()
                )
        attributes = {str(name): str(value) for name, value in offer.attrib.items()}
        code = attributes.get("id", "").strip()
        return RawRow(offer.sourceline or 0, code, attributes, texts, category, params)
