"""Goods and offers of CommerceML 2 as its elements spell them, in whichever of its forms (market-facts 9)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from procurement.adapters.xml_stream import Element, named, text_of

MOST_VALUES = 60
VENDOR_NAMES = ("производитель", "бренд", "изготовитель", "торговая марка", "brand", "vendor")
DELETED = ("удален", "удалён", "deleted")
SERVICE_WORDS = frozenset(["видноменклатуры", "типноменклатуры", "полное наименование", "вид номенклатуры"])
"""Requisites that say how 1C keeps the thing, not what it is."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property's name, and the words for its values where they come as ids."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])


def children(element: Element, *path: str) -> Iterator[Element]:
    """Descendants along these names."""
    head, *rest = path
    for child in element:
        if named(child) == head:
            if rest:
                yield from children(child, *rest)
            else:
                yield child


def text_at(element: Element, *path: str) -> str:
    """The first such descendant's text; empty when there is none."""
    return next((text_of(each) for each in children(element, *path)), "")


def property_of(element: Element) -> tuple[str, Property]:
    """A property by its id."""
    values = {
        text_at(each, "ИдЗначения"): text_at(each, "Значение")
        for each in children(element, "ВариантыЗначений", "Справочник")
    }
    return text_at(element, "Ид"), Property(text_at(element, "Наименование"), values)


def good_of(element: Element, properties: Mapping[str, Property]) -> dict[str, Any]:
    """What a catalogue says of a thing, whoever offers it."""
    said = dict(_properties(element, properties))
    for requisite in children(element, "ЗначенияРеквизитов", "ЗначениеРеквизита"):
        said.setdefault(text_at(requisite, "Наименование"), text_at(requisite, "Значение"))
    vendor = text_at(element, "Изготовитель", "Наименование") or text_at(element, "Производитель")
    named_vendor = next((value for name, value in said.items() if name.casefold() in VENDOR_NAMES), "")
    return {
        "title": text_at(element, "Наименование"),
        "article": text_at(element, "Артикул"),
        "barcodes": [text_of(each) for each in children(element, "Штрихкод")],
        "vendor": vendor or named_vendor,
        "groups": [text_of(each) for each in children(element, "Группы", "Ид")][:3],
        "said": _worth_keeping(said),
        "gone": _is_gone(element),
    }


def offer_of(element: Element) -> dict[str, Any]:
    """What a package says of an offer; `stocks` by warehouse, `count` without one."""
    traits = {
        text_at(each, "Наименование"): text_at(each, "Значение")
        for each in children(element, "ХарактеристикиТовара", "ХарактеристикаТовара")
    }
    stocks, count = stocks_of(element)
    return {
        "title": text_at(element, "Наименование"),
        "article": text_at(element, "Артикул"),
        "barcodes": [text_of(each) for each in children(element, "Штрихкод")],
        "said": _worth_keeping(traits),
        "prices": {
            text_at(each, "ИдТипаЦены"): [text_at(each, "ЦенаЗаЕдиницу"), text_at(each, "Валюта")]
            for each in children(element, "Цены", "Цена")
        },
        "stocks": stocks,
        "count": count,
        "gone": _is_gone(element),
    }


def stocks_of(element: Element) -> tuple[dict[str, str], str]:
    """Stock in all three forms: attributes (2.07), a list (2.05), and rests of the newer exchange."""
    stocks: dict[str, str] = {}
    count = text_at(element, "Количество")
    for each in children(element, "Склад"):
        stocks[each.get("ИдСклада", "")] = each.get("КоличествоНаСкладе", "")
    for each in children(element, "КоличествоНаСкладах", "КоличествоНаСкладе"):
        stocks[text_at(each, "ИдСклада") or text_at(each, "Ид")] = text_at(each, "Количество")
    for rest in children(element, "Остатки", "Остаток"):
        for each in children(rest, "Склад"):
            stocks[text_at(each, "Ид")] = text_at(each, "Количество")
        count = count or text_at(rest, "Количество")
    return {key: value for key, value in stocks.items() if value}, count


def _properties(element: Element, known: Mapping[str, Property]) -> Iterator[tuple[str, str]]:
    for each in children(element, "ЗначенияСвойств", "ЗначенияСвойства"):
        meant = known.get(text_at(each, "Ид"))
        value = text_at(each, "Значение") or text_at(each, "ИдЗначения")
        if meant is not None:
            yield meant.name, meant.values.get(value, value)


def _worth_keeping(said: Mapping[str, str]) -> dict[str, str]:
    kept = [(n, v) for n, v in said.items() if n and v and n.casefold() not in SERVICE_WORDS]
    return dict(kept[:MOST_VALUES])


def _is_gone(element: Element) -> bool:
    marks = (element.get("Статус", ""), text_at(element, "Статус"))
    return any(mark.casefold() in DELETED for mark in marks) or text_at(element, "ПометкаУдаления") == "true"
