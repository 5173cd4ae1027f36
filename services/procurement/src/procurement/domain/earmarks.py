"""Whose the pieces of a purchase's line are, and who gets what comes of them. Pure.

Good pieces go to the orders in the order of their earmarks, what is left to our own stock. What will not come falls on
our own stock first, then on the orders from the last to the first. So it always adds up:
ordered = good + wrong + cancelled + outstanding.
"""

from dataclasses import dataclass, replace

from kernel.money import Money


@dataclass(frozen=True, slots=True)
class Earmark:
    """Pieces of the line bought for an order; `left` of them are still awaited."""

    order_id: str
    quantity: int
    left: int


@dataclass(frozen=True, slots=True)
class Line:
    """One offer of a supplier, as ordered. `good` pieces of those ordered came well, `wrong` came spoiled or were other
    goods, `cancelled` will not come; `over` came well beyond what was ordered.
    """

    offer_id: str
    product_id: str
    title: str
    unit_cost: Money
    quantity: int
    earmarks: tuple[Earmark, ...] = ()
    good: int = 0
    wrong: int = 0
    cancelled: int = 0
    over: int = 0

    @property
    def outstanding(self) -> int:
        return self.quantity - self.good - self.wrong - self.cancelled

    @property
    def own_left(self) -> int:
        """Pieces for our own stock that are still awaited."""
        return self.outstanding - sum(mark.left for mark in self.earmarks)

    @property
    def total(self) -> Money:
        return self.unit_cost * self.quantity


@dataclass(frozen=True, slots=True)
class Share:
    """What came of an order's pieces at an offer in one delivery."""

    order_id: str
    offer_id: str
    good: int
    fell: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What one delivery makes of a line: the line after it, what goes to whom, and what is new in our warehouse."""

    line: Line
    shares: tuple[Share, ...]
    good: int
    kept: int
    fell: int


def take(line: Line, good: int, wrong: int, *, final: bool) -> Taken:
    """So many good pieces came, so many wrong ones; when `final`, nothing more will. Wrong ones are at most what is
    outstanding beside the good.
    """
    came = min(good, line.outstanding)
    cancelled = line.outstanding - came - wrong if final else 0
    fell = wrong + cancelled
    given = _given(line, came)
    own_left = line.own_left - (came - sum(given))
    taken = _fallen(line, given, max(0, fell - own_left))
    earmarks = tuple(
        replace(mark, left=mark.left - has - lost)
        for mark, has, lost in zip(line.earmarks, given, taken, strict=True)
    )
    after = replace(
        line,
        earmarks=earmarks,
        good=line.good + came,
        wrong=line.wrong + wrong,
        cancelled=line.cancelled + cancelled,
        over=line.over + good - came,
    )
    shares = tuple(
        Share(mark.order_id, line.offer_id, has, lost)
        for mark, has, lost in zip(line.earmarks, given, taken, strict=True)
        if has or lost
    )
    return Taken(after, shares, good, sum(given), fell)


def _given(line: Line, came: int) -> list[int]:
    given: list[int] = []
    for mark in line.earmarks:
        given.append(min(came, mark.left))
        came -= given[-1]
    return given


def _fallen(line: Line, given: list[int], fell: int) -> list[int]:
    fallen: list[int] = []
    for mark, has in zip(reversed(line.earmarks), reversed(given), strict=True):
        fallen.append(min(fell, mark.left - has))
        fell -= fallen[-1]
    return fallen[::-1]
