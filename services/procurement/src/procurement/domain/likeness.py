"""How likely two descriptions are of the same goods, and why; and which are worth comparing at all. Pure: how alike two texts
are is asked of whoever can tell.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log2

from procurement.domain.match import Likeness
from procurement.domain.product import slug

Alike = Callable[[str, str], float]
"""How alike two texts are, 0 to 1, whatever the order of their words."""

LIKELY = 0.6
"""From here on a likeness is shown to a person."""
MOST_SHOWN = 3
COMMON = 300
"""A word that so many offers have tells none from another."""
MOST_COMPARED = 15
NEAR, FAR = 1.5, 4.0
"""Prices within this factor are near; beyond that one, those of other goods."""
MARKS = re.compile(r"(?:[^\W\d_]{1,6}[-./])?[^\W_]*\d[^\W_]*(?:[-./][^\W_]*\d[^\W_]*)*")
WORDS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Described:
    """Goods as somebody describes them. `key`: an offer's id, or the name of known goods."""

    key: str
    title: str
    vendor: str
    attributes: Mapping[str, str]
    price: int

    @cached_property
    def plain(self) -> str:
        """The title as it is compared."""
        folded = unicodedata.normalize("NFKC", self.title).casefold().replace("ё", "е")
        return " ".join(re.findall(r"[^\W_]+", folded))

    @cached_property
    def marks(self) -> frozenset[str]:
        """Models, sizes and the like: whatever has a digit."""
        return frozenset(_plain_mark(each) for each in MARKS.findall(self.title.casefold()))

    @cached_property
    def maker(self) -> str:
        return slug(self.vendor)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What it may be found by."""
        words = WORDS.findall(self.plain)
        return frozenset([*words, *self.marks, *([f"@{self.maker}"] if self.maker else [])])


@dataclass
class Blocks:
    """Offers by what they may be found by, so that not every pair is compared."""

    offers: Sequence[Described]
    _by_token: dict[str, list[int]] = field(default_factory=dict[str, list[int]], init=False)

    def __post_init__(self) -> None:
        for place, each in enumerate(self.offers):
            for token in each.tokens:
                self._by_token.setdefault(token, []).append(place)

    def near(self, goods: Described) -> Iterable[Described]:
        """The offers that share most of what is rare with these goods."""
        shared: Counter[int] = Counter()
        weights: Counter[int] = Counter()
        for token in goods.tokens:
            places = self._by_token.get(token, ())
            if len(places) <= COMMON:
                worth = int(1000 / log2(2 + len(places)))
                for place in places:
                    shared[place] += 1
                    weights[place] += worth
        enough = min(2, len(goods.tokens))
        likely = (place for place, _ in weights.most_common(MOST_COMPARED) if shared[place] >= enough)
        return [self.offers[place] for place in likely]


def likeness(offer: Described, goods: Described, alike: Alike) -> Likeness:
    """How likely the offer is of these goods: the titles' likeness, raised or lowered by everything else that is known."""
    reasons: list[str] = []
    sure = 0.65 * alike(offer.plain, goods.plain) + 0.1
    sure *= _judged(reasons, "marks", _marks(offer.marks, goods.marks))
    sure *= _judged(reasons, "vendor", _vendor(offer, goods))
    sure *= _judged(reasons, "price", _price(offer.price, goods.price))
    sure *= _judged(reasons, "attributes", _attributes(offer.attributes, goods.attributes))
    return Likeness(goods.key, goods.title, round(min(sure, 0.99), 2), ("title", *reasons))


def best(found: Iterable[Likeness]) -> tuple[Likeness, ...]:
    """The likeliest goods, each once."""
    by_goods: dict[str, Likeness] = {}
    for each in sorted(found, key=lambda each: (-each.confidence, each.product_id)):
        if each.confidence >= LIKELY:
            by_goods.setdefault(each.product_id, each)
    return tuple(by_goods.values())[:MOST_SHOWN]


def _judged(reasons: list[str], what: str, factor: float) -> float:
    if factor != 1:
        reasons.append(f"same_{what}" if factor > 1 else f"other_{what}")
    return factor


def _marks(one: frozenset[str], other: frozenset[str]) -> float:
    """A model told by one alone says little; two that differ say that the goods differ."""
    if not one or not other:
        return 1.0
    fewer, more = sorted((one, other), key=len)
    common = sum(any(_is_same_mark(each, another) for another in more) for each in fewer) / len(fewer)
    return 1.25 if common == 1 else 0.6 + 0.4 * common if common else 0.4


def _is_same_mark(one: str, other: str) -> bool:
    """`BL-30` is `BL30`, and `BL 30` gives but `30` away."""
    short, long = sorted((one, other), key=len)
    return long == short or (len(short) > 1 and long.endswith(short) and long.removesuffix(short).isalpha())


def _vendor(offer: Described, goods: Described) -> float:
    if offer.maker and goods.maker:
        return 1.15 if offer.maker == goods.maker else 0.5
    named = offer.maker or goods.maker
    other = goods if offer.maker else offer
    return 1.1 if named and f"-{named}-" in f"-{slug(other.title)}-" else 1.0


def _price(one: int, other: int) -> float:
    if not one or not other:
        return 1.0
    apart = max(one, other) / min(one, other)
    return 1.1 if apart <= NEAR else 0.6 if apart > FAR else 1.0


def _attributes(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    mine = {slug(name): slug(value) for name, value in one.items()}
    theirs = {slug(name): slug(value) for name, value in other.items()}
    both = mine.keys() & theirs.keys()
    if not both:
        return 1.0
    same = sum(mine[name] == theirs[name] for name in both) / len(both)
    return 1.1 if same == 1 else 0.7 + 0.2 * same


def _plain_mark(text: str) -> str:
    return re.sub(r"[-./]", "", text)
