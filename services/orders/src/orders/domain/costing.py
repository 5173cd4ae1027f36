"""What a change costs the customer, told before it is done: the order as it is beside the order as it would be."""

from dataclasses import dataclass
from enum import StrEnum

from kernel.money import Money

from orders.domain.order import Open
from orders.domain.owing import balance


class PromiseAfter(StrEnum):
    """What becomes of the promised delivery: there is none, it holds, or it has to be agreed again (R65, R69)."""

    NONE = "none"
    HOLDS = "holds"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Cost:
    """All in the order's currency. `fee`: what the delivery would cost more, where the carrier was asked; what it will be is
    agreed with the new promise (R69). `due`: what the customer would still have to pay; `refund`: what he would get back.
    """

    goods_before: Money
    goods_after: Money
    bonuses_before: Money
    bonuses_after: Money
    due: Money
    refund: Money
    promise: PromiseAfter
    fee: Money

    @property
    def difference(self) -> Money:
        """What he pays more in money, or less, below zero."""
        goods = self.goods_after - self.goods_before
        return goods - (self.bonuses_after - self.bonuses_before) + self.fee

    @property
    def is_free(self) -> bool:
        """Nothing to pay, and the delivery stays as it was promised."""
        return self.difference.minor <= 0 and self.promise is not PromiseAfter.AGAIN


def cost_of(before: Open, after: Open, fee: Money | None = None) -> Cost:
    """The cost of coming from one to the other. Before a promise every change of address is free; after it the promise is
    agreed anew (R69).
    """
    nothing = before.goods_total * 0
    now = balance(after)
    return Cost(
        goods_before=before.goods_total,
        goods_after=after.goods_total,
        bonuses_before=before.goods.bonuses or nothing,
        bonuses_after=after.goods.bonuses or nothing,
        due=now.due,
        refund=now.refund_due,
        promise=_promise(before, after),
        fee=fee or nothing,
    )


def _promise(before: Open, after: Open) -> PromiseAfter:
    if before.delivery.holds is None:
        return PromiseAfter.NONE
    return PromiseAfter.HOLDS if after.delivery.holds else PromiseAfter.AGAIN
