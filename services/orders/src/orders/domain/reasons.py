"""Why a substitute stands where it stands: each thing that counts, with its points, in words and as data (R25).

At most 30 points for the category, 20 each for attributes, price and stock, 10 each for what customers said before and for
what we earn: what suits the customer always outweighs the margin.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kernel.money import Money

CATEGORY, ATTRIBUTES, PAST, MARGIN = 30, 20, 10, 10
COUNTED, UNCOUNTED = 20, 8
PRICE_BANDS = ((10, 20), (25, 12), (50, 5))
"""Within so many percent of the told price: so many points."""
MARGIN_ENOUGH = 50
"""Percent of the price beyond which more margin counts no more."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` and `about` are for machines, `ru` and `en` for people."""

    code: str
    points: int
    ru: str
    en: str
    about: Mapping[str, int | str] = field(default_factory=dict[str, int | str])


def category_reason(missing: str | None, candidate: str | None) -> Reason | None:
    """The same category, or the way to it in common: `Light / Desk lamps` and `Light / Floor lamps` share half."""
    if not missing or not candidate:
        return None
    ways = _way(missing), _way(candidate)
    common = next(
        (n for n, (one, other) in enumerate(zip(*ways, strict=False)) if one != other), min(map(len, ways))
    )
    points = CATEGORY * common // max(map(len, ways))
    if common == len(ways[0]) == len(ways[1]):
        return Reason("same_category", points, "та же категория", "the same category")
    if not points:
        return None
    return Reason("near_category", points, "соседняя категория", "a neighbouring category")


def attributes_reason(missing: Mapping[str, str], candidate: Mapping[str, str]) -> Reason | None:
    """How many of the missing product's attributes it has."""
    same = [name for name, value in missing.items() if candidate.get(name, "").lower() == value.lower()]
    if not same:
        return None
    about: dict[str, int | str] = {"same": len(same), "of": len(missing)}
    points = ATTRIBUTES * len(same) // len(missing)
    ru, en = (
        f"совпадает свойств: {len(same)} из {len(missing)}",
        f"{len(same)} of {len(missing)} attributes match",
    )
    return Reason("attributes", points, ru, en, about)


def price_reason(told: Money, price: Money) -> Reason | None:
    """How near it is to the price the customer was told, dearer or cheaper; whole percents, away from zero."""
    if told.minor <= 0:
        return None
    apart = abs(price.minor - told.minor)
    percent = -(-apart * 100 // told.minor)
    points = next((points for within, points in PRICE_BANDS if percent <= within), 0)
    if not points:
        return None
    if not apart:
        return Reason("price", points, "та же цена", "the same price", {"percent": 0})
    dearer = price > told
    ru, en = ("дороже", "dearer") if dearer else ("дешевле", "cheaper")
    about: dict[str, int | str] = {"percent": percent if dearer else -percent}
    return Reason("price", points, f"{ru} на {percent} %", f"{percent}% {en}", about)


def availability_reason(*, counted: bool, quantity: int | None) -> Reason:
    """Counted stock is surer than stock that nobody counted (R22)."""
    if not counted:
        return Reason("uncounted", UNCOUNTED, "есть, но не посчитано", "available, but nobody counted")
    if quantity is None:
        return Reason("counted", COUNTED, "есть в наличии", "in stock")
    return Reason(
        "counted", COUNTED, f"в наличии {quantity} шт.", f"{quantity} in stock", {"quantity": quantity}
    )


def past_reason(accepted: int, declined: int) -> Reason | None:
    """What customers said to it before; one answer is not yet a habit, so two are lent to it, one of each."""
    asked = accepted + declined
    if not asked:
        return None
    points = PAST * (accepted + 1) // (asked + 2)
    about: dict[str, int | str] = {"accepted": accepted, "asked": asked}
    ru, en = f"соглашались {accepted} из {asked}", f"accepted {accepted} times out of {asked}"
    return Reason("past", points, ru, en, about)


def margin_reason(price: Money, cost: Money | None) -> Reason | None:
    """What we earn by it, in percent of the price; a loss counts for nothing."""
    if cost is None or cost.currency != price.currency or price.minor <= 0 or cost >= price:
        return None
    percent = (price.minor - cost.minor) * 100 // price.minor
    points = MARGIN * min(percent, MARGIN_ENOUGH) // MARGIN_ENOUGH
    return Reason("margin", points, f"наценка {percent} %", f"a margin of {percent}%", {"percent": percent})


def _way(category: str) -> list[str]:
    return [each.strip().lower() for each in category.split("/")]
