"""Who owes whom: one equation, whatever happens. paid - refunded = owed - due + refund_due."""

from dataclasses import dataclass

from kernel.money import Money

from orders.domain.ledger import RefundStage, Terms
from orders.domain.order import Cancelled, Completed, Order


@dataclass(frozen=True, slots=True)
class Balance:
    """`total` is what goods and delivery cost, less goodwill; `owed` what of it the customer is to pay in money; `due` what
    he still has to pay, `refund_due` what the shop still has to give back.
    """

    total: Money
    bonuses: Money
    owed: Money
    paid: Money
    refunded: Money
    refund_due: Money

    @property
    def net(self) -> Money:
        """The customer's money that the shop has."""
        return self.paid - self.refunded

    @property
    def unsettled(self) -> Money:
        """Money that the shop has, that the customer does not owe, and that is not yet known to be owed back. Below nothing:
        he owes more than he paid, or more is going back than should.
        """
        return self.net - self.owed - self.refund_due

    @property
    def due(self) -> Money:
        """What the customer still has to pay."""
        return max(self.unsettled * -1, self.owed * 0)


def balance(order: Order) -> Balance:
    """The money of an order. For a cancelled one nothing is owed; for a completed one what was kept of it, and its delivery,
    less bonuses in proportion.
    """
    ordered, money = order.goods_total, order.money
    goods = order.kept_total if isinstance(order, Completed) else ordered
    nothing = ordered * 0
    promise = order.delivery.promise
    total = goods + (promise.offered.price if promise else nothing) - (money.goodwill or nothing)
    bonuses = _share(order.goods.bonuses or nothing, goods, ordered)
    owed = nothing if isinstance(order, Cancelled) else max(total - bonuses, nothing)
    return Balance(
        total=total,
        bonuses=bonuses,
        owed=owed,
        paid=sum((each.amount for each in money.payments), nothing),
        refunded=sum((each.amount for each in money.refunds if each.stage is RefundStage.PAID), nothing),
        refund_due=sum((each.amount for each in money.refunds if each.is_owed), nothing),
    )


def _share(bonuses: Money, goods: Money, ordered: Money) -> Money:
    """Bonuses pay for what was kept in proportion, rounded down to a whole minor unit."""
    if goods == ordered:
        return bonuses
    return Money(bonuses.minor * goods.minor // max(1, ordered.minor), bonuses.currency)


def may_be_shipped(order: Order) -> bool:
    """Whether money stands in the way of shipping it: paid on delivery it may go unpaid, else only when nothing is due."""
    if isinstance(order, Cancelled | Completed):
        return False
    return order.money.terms is Terms.ON_DELIVERY or balance(order).due.minor == 0
