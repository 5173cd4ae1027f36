"""What a column of a price list may mean, and the words by which its header says so (R43). Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum


class Meaning(StrEnum):
    """`ATTRIBUTE`: something said of the goods, under a name. `NOTHING`: passed over."""

    CODE = "code"
    TITLE = "title"
    PRICE = "price"
    PURCHASE_PRICE = "purchase_price"
    COUNT = "count"
    AVAILABILITY = "availability"
    VENDOR = "vendor"
    VENDOR_CODE = "vendor_code"
    BARCODE = "barcode"
    CATEGORY = "category"
    CURRENCY = "currency"
    ATTRIBUTE = "attribute"
    NOTHING = "nothing"


NEEDED = (Meaning.CODE, Meaning.TITLE, Meaning.PRICE)
"""Without these no row can be read."""

SEVERAL = frozenset({Meaning.COUNT, Meaning.BARCODE, Meaning.CATEGORY, Meaning.ATTRIBUTE, Meaning.NOTHING})
"""Several columns may mean these: warehouses are summed, levels of a category joined."""

_WORDS: Mapping[Meaning, str] = {
    Meaning.PURCHASE_PRICE: "закупочная|закупка|закуп|оптовая|опт|оптом|дилерская|дилер|ваша цена|себестоимость|"
    "purchase price|purchase|wholesale|dealer|cost",
    Meaning.BARCODE: "штрихкод|штрих код|штрихкоды|шк|ean|ean13|ean 13|barcode|bar code|gtin|upc",
    Meaning.VENDOR_CODE: "артикул|артикул производителя|арт|партномер|парт номер|vendor code|vendorcode|part number|"
    "partnumber|part no|mpn|article|заводской код",
    Meaning.CODE: "код|код товара|код номенклатуры|код поставщика|артикул поставщика|ид|id|sku|item code|product code|code|"
    "внутренний код|номер товара",
    Meaning.TITLE: "наименование|название|номенклатура|товар|наименование товара|name|title|product|product name|item|"
    "описание товара",
    Meaning.PRICE: "цена|розница|розничная|розничная цена|ррц|рц|мрц|рекомендованная|стоимость|price|retail|retail price|"
    "rrp|msrp",
    Meaning.COUNT: "остаток|остатки|количество|кол во|кол|склад|свободный остаток|qty|quantity|stock|count|balance|"
    "в наличии шт|на складе",
    Meaning.AVAILABILITY: "наличие|доступность|в наличии|есть|статус|available|availability|in stock|status",
    Meaning.VENDOR: "производитель|бренд|марка|торговая марка|изготовитель|vendor|brand|manufacturer|maker",
    Meaning.CATEGORY: "категория|группа|раздел|подгруппа|подкатегория|товарная группа|вид товара|category|group|section",
    Meaning.CURRENCY: "валюта|currency",
    Meaning.ATTRIBUTE: "цвет|размер|материал|вес|страна|объем|длина|ширина|высота|мощность|модель|гарантия|color|colour|"
    "size|material|weight|country|volume|length|width|height|power|model|warranty",
}
TELLING = frozenset({Meaning.PURCHASE_PRICE, Meaning.BARCODE})
"""Their words say it wherever they stand: `цена опт` is no retail price, `код EAN` no code."""

EXACT, BEGINS, CONTAINS, TOLD = 0.95, 0.8, 0.6, 0.88
_UNITS = re.compile(r"\b(?:руб|рублей|rub|rur|шт|штук|pcs|₽)\b")
_DATES = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}")


def header_words(text: str) -> str:
    """A header's text as it is compared: a date in it says when, not what."""
    plain = _DATES.sub("#", text.casefold().replace("ё", "е"))
    plain = re.sub(r"[^\w#₽]+", " ", plain.replace("_", " "))
    return " ".join((_UNITS.sub(" ", plain) if _UNITS.sub("", plain).strip() else plain).split())[:100]


def meant_by_header(text: str) -> dict[Meaning, float]:
    """How sure a header's words make us of each meaning, 0 to 1."""
    words = header_words(text)
    if not words:
        return {}
    found = {meaning: _sure(words, phrases.split("|"), meaning) for meaning, phrases in _WORDS.items()}
    return {meaning: sure for meaning, sure in found.items() if sure}


def _sure(words: str, phrases: list[str], meaning: Meaning) -> float:
    if words in phrases:
        return EXACT
    padded = f" {words} "
    if any(padded.startswith(f" {phrase} ") for phrase in phrases):
        return TOLD if meaning in TELLING else BEGINS
    if any(f" {phrase} " in padded for phrase in phrases):
        return TOLD if meaning in TELLING else CONTAINS
    return 0.0
