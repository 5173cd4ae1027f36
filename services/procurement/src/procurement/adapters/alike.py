"""How alike two texts are, by rapidfuzz."""

from rapidfuzz import fuzz


def alike(one: str, other: str) -> float:
    """0 to 1, whatever the order of their words; that one says more than the other counts half."""
    return (fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other)) / 200
