"""What the values of a column say of its meaning, where its header says little. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from procurement.domain.feed_meanings import Meaning
from procurement.domain.product import GTIN_LENGTHS, is_worldwide_gtin
from procurement.domain.stock_words import is_a_number_of_pieces, says_there

LONG_TITLE = 8
SHORT_CODE = 40


def fit(meaning: Meaning, values: Sequence[str]) -> float:
    """How well these values, none of them empty, fit the meaning: 0 to 1."""
    measure = _MEASURES.get(meaning)
    return measure(values) if measure and values else 0.0


def is_amount(text: str) -> bool:
    """A sum above zero, with whatever blanks and sign of the rouble."""
    plain = re.sub(r"\s|руб\.?|р\.|₽|RUB", "", text, flags=re.IGNORECASE).replace(",", ".")
    try:
        return Decimal(plain).is_finite() and Decimal(plain) > 0
    except InvalidOperation:
        return False


def _share(fits: Callable[[str], bool], values: Sequence[str]) -> float:
    return sum(map(fits, values)) / len(values)


def _unlike(values: Sequence[str]) -> float:
    return len(set(values)) / len(values)


def _is_barcode(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in GTIN_LENGTHS


def _prices(values: Sequence[str]) -> float:
    return _share(lambda text: is_amount(text) and not is_worldwide_gtin(text), values)


def _counts(values: Sequence[str]) -> float:
    def is_count(text: str) -> bool:
        return (is_a_number_of_pieces(text) and not _is_barcode(text)) or says_there(text) is not None

    return _share(is_count, values)


def _titles(values: Sequence[str]) -> float:
    return _share(lambda text: len(text) >= LONG_TITLE and any(map(str.isalpha, text)), values) * _unlike(
        values
    )


def _codes(values: Sequence[str]) -> float:
    def is_code(text: str) -> bool:
        return len(text) <= SHORT_CODE and any(map(str.isdigit, text)) and len(text.split()) == 1

    return _share(is_code, values) * _unlike(values)


def _words(values: Sequence[str]) -> float:
    return _share(lambda text: any(map(str.isalpha, text)), values)


_MEASURES: Mapping[Meaning, Callable[[Sequence[str]], float]] = {
    Meaning.PRICE: _prices,
    Meaning.PURCHASE_PRICE: _prices,
    Meaning.COUNT: _counts,
    Meaning.AVAILABILITY: lambda values: _share(lambda text: says_there(text) is not None, values),
    Meaning.BARCODE: lambda values: _share(_is_barcode, values),
    Meaning.TITLE: _titles,
    Meaning.CODE: _codes,
    Meaning.VENDOR_CODE: _unlike,
    Meaning.VENDOR: _words,
    Meaning.CATEGORY: _words,
    Meaning.CURRENCY: lambda values: _share(lambda text: len(text) <= len("рублей"), values),
    Meaning.ATTRIBUTE: lambda _: 1.0,
}
