"""What a carrier owes by his terms for what he did not keep: agreed beforehand, so nobody has to haggle (R60, R70). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.money import Money

from logistics.domain.incident_trouble import DAMAGE, DELAY, LOSS

PUNISHED = (DELAY, LOSS, DAMAGE)
"""Kinds of incidents for which terms may name a penalty."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Penalty:
    """For a kind: a fixed sum and `percent` of the goods' value, once, or for each day begun; `most` in all, if agreed."""

    kind: str
    fixed: Money
    percent: int = 0
    by_day: bool = False
    most: Money | None = None

    def sum(self, goods: Money, days: int) -> Money:
        """What he owes for goods of this value; kopecks are cut off."""
        once = self.fixed + Money(goods.minor * self.percent // 100, goods.currency)
        total = once * (days if self.by_day else 1)
        return total if self.most is None else min(total, self.most)


@dataclass(frozen=True, slots=True)
class Owed:
    """What the terms of this version say; `days` late it was reckoned for, None where days do not count."""

    money: Money
    terms_version: int
    days: int | None = None


def owed(penalties: Iterable[Penalty], kind: str, goods: Money, days: int, terms_version: int) -> Owed | None:
    """What is owed for an incident of this kind; None when the terms name nothing, or it comes to nothing (R70)."""
    agreed = next((each for each in penalties if each.kind == kind), None)
    if agreed is None or agreed.fixed.currency != goods.currency:
        return None
    money = agreed.sum(goods, days)
    return Owed(money, terms_version, days if agreed.by_day else None) if money.minor else None


def days_late(promised_until: datetime, until: datetime) -> int:
    """Days begun since the promised window ended; none before."""
    return max(0, -((promised_until - until) // DAY))
