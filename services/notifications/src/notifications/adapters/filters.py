"""The filters that templates may use: money, days, hours and plurals as each language writes them (babel)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from kernel.money import Money

from notifications.domain.words import Language

PATTERNS = {Language.RU: "#,##0{}\xa0¤", Language.EN: "¤¤\xa0#,##0{}"}
"""In English by the code: the sign of the rouble would turn a whole SMS into UCS-2."""


def money(language: Language) -> Callable[[Money], str]:
    """`6 480 ₽`, `RUB 6,480`; the smallest units only where there are some."""

    def written(sum_: Money) -> str:
        major = sum_.major()
        pattern = PATTERNS[language].format("" if major == major.to_integral_value() else ".00")
        return format_currency(
            major, sum_.currency, format=pattern, locale=language.value, currency_digits=False
        )

    return written


def day(language: Language) -> Callable[[date], str]:
    """`4 марта`, `4 March`."""
    return lambda given: format_date(given, "d MMMM", locale=language.value)


def weekday(language: Language) -> Callable[[date], str]:
    """`среда, 4 марта`, `Wednesday, 4 March`."""
    return lambda given: format_date(given, "EEEE, d MMMM", locale=language.value)


def clock(language: Language) -> Callable[[datetime], str]:
    """`15:00`, in the zone that the moment was given in."""
    del language
    return lambda at: f"{at:%H:%M}"


def plural(language: Language) -> Callable[..., str]:
    """The word that goes with a number: of three in Russian, of two in English."""
    forms = {"one": 0, "few": 1, "many": 2} if language is Language.RU else {"one": 0}
    form = Locale(language.value).plural_form

    def chosen(number: int, *words: str) -> str:
        return words[min(forms.get(form(number), len(words) - 1), len(words) - 1)]

    return chosen


def length(language: Language) -> Callable[[Any], int]:
    """How many."""
    del language
    return len


FILTERS: dict[str, Callable[[Language], Callable[..., Any]]] = {
    "money": money,
    "day": day,
    "weekday": weekday,
    "clock": clock,
    "plural": plural,
    "length": length,
}
