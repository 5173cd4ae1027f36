"""By which marks offers are found without looking at all of them: category, words of the title, a thin margin, few left.

Each mark is a short text kept beside the offer under one index, so that a million offers cost few entries each. Pure.
"""

import re
from collections.abc import Sequence

from procurement.domain.availability import Stock
from procurement.domain.offer import Terms

WORDS_KEPT = 3
SHORTEST = 3
MARGIN_STEP = 5
"""Margins are marked in steps of so many hundredths of the price."""
WIDEST_MARGIN = 50
"""Margins from here on are nobody's trouble, and not marked; hundredths of the price."""
MOST_LEFT = 5
"""How many pieces are still few enough to be marked."""


def found_by(terms: Terms) -> Sequence[str]:
    """The marks of an offer."""
    marks = [word_mark(word) for word in sorted(words_of(terms.title), key=_tells_most)[:WORDS_KEPT]]
    if terms.category:
        marks.append(category_mark(terms.category))
    margin, stock = margin_of(terms), terms.availability
    if margin is not None and margin < WIDEST_MARGIN:
        marks.append(f"m:{max(0, margin) // MARGIN_STEP}")
    if stock.stock is Stock.COUNTED and stock.quantity is not None and stock.quantity <= MOST_LEFT:
        marks.append(f"l:{stock.quantity}")
    return marks


def category_mark(category: str) -> str:
    """Of a path the last part counts: suppliers differ in what they put above it; capitals and blanks don't."""
    last = category.rstrip(" /").rpartition("/")[2]
    return f"c:{' '.join(last.casefold().split())}"


def word_mark(word: str) -> str:
    return f"w:{word}"


def margin_marks(below: int) -> list[str]:
    """The marks of all margins below so many hundredths of the price."""
    return [f"m:{step}" for step in range(-(-min(below, WIDEST_MARGIN) // MARGIN_STEP))]


def left_marks(at_most: int) -> list[str]:
    """The marks of all counts up to so many pieces."""
    return [f"l:{pieces}" for pieces in range(1, min(at_most, MOST_LEFT) + 1)]


def margin_of(terms: Terms) -> int | None:
    """What is left of the price, in hundredths of it, rounded down; None where nobody told the purchase price."""
    bought, sold = terms.purchase_price, terms.price
    if bought is None or bought.currency != sold.currency or sold.minor <= 0:
        return None
    return (sold.minor - bought.minor) * 100 // sold.minor


def words_of(title: str) -> frozenset[str]:
    """The words of a title that say something: letters, at least three of them, no figures."""
    return frozenset(word for word in re.findall(r"[^\W\d_]+", title.casefold()) if len(word) >= SHORTEST)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two titles share, from 0 to 1: common words by all words."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _tells_most(word: str) -> tuple[int, str]:
    """Long words tell more of goods than short ones."""
    return -len(word), word
