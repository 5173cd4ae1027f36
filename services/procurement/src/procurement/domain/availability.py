"""How much of an offer there is: counted, there but uncounted, or none (R22)."""

from dataclasses import dataclass
from enum import StrEnum


class Stock(StrEnum):
    """`UNKNOWN`: the supplier says that he has it, and not how many."""

    COUNTED = "counted"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Availability:
    """`quantity` goes with `COUNTED` alone."""

    stock: Stock
    quantity: int | None = None


UNCOUNTED = Availability(Stock.UNKNOWN)
NOTHING = Availability(Stock.NONE)


def counted(quantity: int) -> Availability:
    """So many pieces; none of them is `NOTHING`."""
    return Availability(Stock.COUNTED, quantity) if quantity > 0 else NOTHING
