"""What customers say to one product instead of, or beside, another: counted month by month (R25, R30)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST = 2**53 - 1
"""Beyond this a sum is no sum of a shop, and no JSON reader keeps it exact: it is counted as so much."""


class Kind(StrEnum):
    """Instead of the other, or beside it."""

    SUBSTITUTE = "substitute"
    ACCESSORY = "accessory"


class Heard(StrEnum):
    """What is counted."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Tally:
    """Something to be counted, kept by the order until it is. `minor`: what was sold by it, in minor units of `currency`."""

    tally_no: int
    kind: Kind
    product_id: str
    other_id: str
    heard: Heard
    at: datetime
    minor: int = 0
    currency: str = "RUB"
