"""Money: integer minor units and a currency. Never a float."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}
OLD_NAMES = {"RUR": "RUB"}
MOST_DIGITS = 13
"""Of whole units: more than any shop turns over, and its smallest units are still exact in JSON and BSON."""
FIGURES = re.compile(r"([+-]?)0*([0-9]*)(?:[.,]([0-9]*?)0*)?")
CURRENCY = re.compile(r"[A-Z]{3}")


class MixedCurrencies(TypeError):
    """Sums of two currencies cannot be added or compared."""


class NotMoney(ValueError):
    """A text that is not a sum in this currency."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` is in the currency's smallest unit: 648000 and RUB are 6480 roubles. RUR, of old feeds, is read as RUB."""

    minor: int
    currency: str = "RUB"

    @classmethod
    def of(cls, text: str | Decimal, currency: str = "RUB") -> "Money":
        """From major units, `64.80` or `64,80`; raise `NotMoney` for anything else or a fraction of the smallest unit."""
        code = _code(currency)
        sign, whole, fraction = _figures(text)
        exponent = EXPONENTS.get(code, 2)
        if len(fraction) > exponent or len(whole) > MOST_DIGITS:
            raise NotMoney("not a whole number of the smallest unit, or too much")
        return cls(int(sign + whole + fraction.ljust(exponent, "0")), code)

    def major(self) -> Decimal:
        """In major units, exact."""
        return Decimal(self.minor).scaleb(-EXPONENTS.get(self.currency, 2))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __str__(self) -> str:
        return f"{self.major()} {self.currency}"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency}")
        return other.minor


def _code(currency: str) -> str:
    given = currency.strip().upper()
    code = OLD_NAMES.get(given, given)
    if not CURRENCY.fullmatch(code):
        raise NotMoney("a currency is three letters")
    return code


def _figures(text: str | Decimal) -> tuple[str, str, str]:
    """Sign, whole units and fraction as feeds write them: grouped by spaces of any kind, a point or a comma."""
    if isinstance(text, Decimal) and (not text.is_finite() or text.adjusted() > MOST_DIGITS):
        raise NotMoney("not a sum")
    figures = re.sub(r"\s", "", f"{text:f}" if isinstance(text, Decimal) else text)
    found = FIGURES.fullmatch(figures)
    if found is None or not any(each.isdigit() for each in figures):
        raise NotMoney("not a number")
    return found[1], found[2] or "0", found[3] or ""
