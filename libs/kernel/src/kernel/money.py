"""Money: integer minor units and a currency. Never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import total_ordering

EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}
OLD_NAMES = {"RUR": "RUB"}


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
        code = OLD_NAMES.get(currency.upper(), currency.upper())
        if len(code) != 3 or not code.isascii() or not code.isalpha():  # noqa: PLR2004
            raise NotMoney("a currency is three letters")
        try:
            major = Decimal(str(text).strip().replace("\u00a0", "").replace(" ", "").replace(",", "."))
            minor = major.scaleb(EXPONENTS.get(code, 2))
            if (
                not minor.is_finite()
                or minor != minor.to_integral_value(ROUND_HALF_EVEN)
                or abs(minor) > 10**15
            ):
                raise NotMoney("not a whole number of the smallest unit")
        except InvalidOperation as wrong:
            raise NotMoney("not a number") from wrong
        return cls(int(minor), code)

    def major(self) -> Decimal:
        """In major units, exact."""
        return Decimal(self.minor).scaleb(-EXPONENTS.get(self.currency, 2))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __str__(self) -> str:
        return f"{self.major()} {self.currency}"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency}")
        return other.minor
