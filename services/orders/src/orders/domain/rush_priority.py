"""Demand and capacity: when to concentrate on the most profitable line of business, and which that is (R47)."""

from collections.abc import Sequence

CLEARLY = 20
"""Percent by which orders in exceed orders processed before demand clearly exceeds capacity."""


def exceeds(taken: int, processed: int) -> bool:
    """Whether demand clearly exceeds capacity over the days looked at (R47)."""
    return taken * 100 > processed * (100 + CLEARLY)


def ranked(category: str | None, ranking: Sequence[str]) -> int:
    """The rank of a category by profit, 0 the best; a category is a path `A / B`, and its beginning may be ranked. What
    is unknown or not ranked comes last (R47).
    """
    for place, name in enumerate(ranking):
        if category is not None and (category == name or category.startswith(f"{name} / ")):
            return place
    return len(ranking)
