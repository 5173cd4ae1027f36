"""A mixed-integer programme as plain data: what a solver is given, and what it answers. It knows no solver."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A whole number from 0 to `upper`, of which one costs `cost`."""

    cost: int
    upper: int


@dataclass(frozen=True, slots=True)
class Row:
    """`lower <= sum of coefficient times column <= upper`; None for no limit. `terms` are (column, coefficient)."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None = None
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """The least cost is sought."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """The best found; `bound`: nothing below it is possible; `proven`: nothing below what was found is."""

    values: tuple[int, ...]
    bound: float
    proven: bool


class NotSolved(Exception):
    """No answer came: why, in words for the people who run the service."""
