"""What customers say to one product instead of, or beside, another, in a month: offered, accepted, declined, sold (R30)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kernel.money import Money

from orders.domain.tallies import MOST, Heard, Kind, Tally

SEPARATOR = "|"
"""No id holds it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """`month` is `2026-03`, UTC. `sold` is in the currency of what was sold first; sums in another are not added."""

    kind: Kind
    product_id: str
    other_id: str
    month: str
    offered: int = 0
    accepted: int = 0
    declined: int = 0
    sold: Money = field(default_factory=lambda: Money(0))


@dataclass(frozen=True, slots=True)
class Count:
    """Count this once."""

    tally: Tally

    @property
    def key(self) -> str:
        """Where it is counted."""
        tally = self.tally
        return SEPARATOR.join((tally.kind, tally.product_id, tally.other_id, month_of(tally)))


@dataclass(frozen=True, slots=True)
class Counted:
    """It counts."""

    tally: Tally


def month_of(tally: Tally) -> str:
    """The month it happened in, UTC."""
    return f"{tally.at:%Y-%m}"


def count(command: Count, pair: Pair | None) -> Sequence[Counted]:
    """Always; that nothing counts twice is the handler's care, by the occasion."""
    del pair
    return [Counted(command.tally)]


def counted(pair: Pair | None, change: Counted) -> Pair:
    """One more."""
    tally = change.tally
    now = pair or Pair(
        tally.kind, tally.product_id, tally.other_id, month_of(tally), sold=Money(0, tally.currency)
    )
    match tally.heard:
        case Heard.OFFERED:
            return replace(now, offered=now.offered + 1)
        case Heard.DECLINED:
            return replace(now, declined=now.declined + 1)
        case Heard.ACCEPTED:
            same = tally.currency == now.sold.currency
            sold = min(now.sold.minor + (tally.minor if same else 0), MOST)
            return replace(now, accepted=now.accepted + 1, sold=Money(sold, now.sold.currency))
