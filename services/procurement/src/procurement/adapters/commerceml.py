"""CommerceML 2, the exchange of 1C: a catalogue and its offers, in one file or several (market-facts 9). Prices of a chosen
type; stock of chosen warehouses, or of all. A package of changes alone leaves out nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from procurement.adapters.commerceml_joining import Joined
from procurement.adapters.commerceml_parts import (
    Property,
    children,
    good_of,
    offer_of,
    property_of,
    text_at,
)
from procurement.adapters.encodings import xml_encoding
from procurement.adapters.feed_dates import dated
from procurement.adapters.groups import Groups
from procurement.adapters.unpacking import Unpacked
from procurement.adapters.xml_stream import Element, XmlBroken, XmlStream, named
from procurement.application.ports import NotAFeed
from procurement.domain.feed import Broken

ROOT = "КоммерческаяИнформация"
WANTED = ("Группа", "Свойство", "ТипЦены", "Склад", "Товар", "Предложение")
BEGUN = ("Каталог", "ПакетПредложений", "ИзмененияПакетаПредложений")
MOST_CHOICES = 50
MOST_PROPERTIES = 5000


@dataclass
class Exchange:
    """What the files said. `prices` and `warehouses`: names by id."""

    local: ZoneInfo
    joined: Joined
    dated: datetime | None = None
    partial: bool = False
    broken: Broken | None = None
    offers: int = 0
    groups: Groups = field(default_factory=Groups)
    properties: dict[str, Property] = field(default_factory=dict[str, Property])
    prices: dict[str, str] = field(default_factory=dict[str, str])
    warehouses: dict[str, str] = field(default_factory=dict[str, str])

    def take(self, number: int, file: Unpacked) -> None:
        """Read a file to its end, or to where it breaks."""
        stream = XmlStream(file.path, xml_encoding(file.path), WANTED, BEGUN)
        try:
            for event, element in stream:
                if event == "start":
                    self._begin(element)
                else:
                    self._take(element, number, file.part)
        except XmlBroken as broken:
            self.broken = self.broken or Broken(broken.line, broken.reason, file.part)
        if file.cut:
            self.broken = self.broken or Broken(stream.line, file.cut, file.part)

    def _begin(self, element: Element) -> None:
        if named(element) == ROOT:
            self.dated = self.dated or dated(element.get("ДатаФормирования", ""), self.local)
        changes = element.get("СодержитТолькоИзменения", "").strip().casefold() in ("true", "1")
        self.partial = self.partial or changes or named(element) == "ИзмененияПакетаПредложений"

    def _take(self, element: Element, number: int, part: str) -> None:
        name, line = named(element), element.sourceline or 0
        if name == "Предложение":
            self._take_offer(element, number, part, line)
        elif name == "Товар":
            self.joined.good(text_at(element, "Ид").partition("#")[0], good_of(element, self.properties))
        elif name == "Группа":
            self._take_group(element, "")
        elif name == "Свойство" and len(self.properties) < MOST_PROPERTIES:
            self.properties.update([property_of(element)])
        elif name in ("ТипЦены", "Склад"):
            known = self.prices if name == "ТипЦены" else self.warehouses
            self._meet(known, text_at(element, "Ид"), text_at(element, "Наименование"))

    def _take_offer(self, element: Element, number: int, part: str, line: int) -> None:
        said = offer_of(element)
        for price_type in said["prices"]:
            self._meet(self.prices, price_type, "")
        for warehouse in said["stocks"]:
            self._meet(self.warehouses, warehouse, "")
        self.joined.offer(text_at(element, "Ид"), number, part, line, said)
        self.offers += 1

    def _take_group(self, element: Element, parent: str) -> None:
        group = text_at(element, "Ид")
        self.groups.add(group, text_at(element, "Наименование"), parent)
        for child in children(element, "Группы", "Группа"):
            self._take_group(child, group)

    @staticmethod
    def _meet(known: dict[str, str], each: str, name: str) -> None:
        if name or (each not in known and len(known) < MOST_CHOICES):
            known[each] = name or known.get(each, "")


def exchanged(files: Sequence[Unpacked], folder: Path, local: ZoneInfo) -> Exchange:
    """All files of an exchange, joined. Raise `NotAFeed`."""
    exchange = Exchange(local, Joined(folder / "joined.sqlite"))
    for number, file in enumerate(sorted(files, key=_catalogue_first)):
        exchange.take(number, file)
    exchange.joined.close()
    if not exchange.offers and not exchange.broken:
        raise NotAFeed(
            "there are goods in it, but no offers of them: bring import.xml and offers.xml in one .zip"
        )
    return exchange


def _catalogue_first(file: Unpacked) -> tuple[bool, str]:
    """Properties and groups are to be known before the goods that have them."""
    return not file.part.casefold().startswith("import"), file.part
