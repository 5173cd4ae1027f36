"""The person goes, the order keeps its number, goods, days and sums (152-FZ art. 21). Pure."""

from dataclasses import replace
from datetime import datetime

from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Decision

from orders.domain.changes import Change
from orders.domain.deadlines import due
from orders.domain.delivery import Leaving
from orders.domain.erasure import Erasure, ErasureChange, ErasureHeard, ForgetPerson, PersonForgotten
from orders.domain.goods import Recipient
from orders.domain.order import Open, Order

NOBODY = Recipient(Personal(""), Phone(""))


def forget(command: ForgetPerson, order: Order | None) -> Decision[Change]:
    """Told once or twice. What he ordered is still brought to him: an agreement with him is kept (art. 6 p. 1 (5))."""
    return [] if order is None or order.erasure is not None else [ErasureHeard(command.at)]


def forget_when_over(order: Order, at: datetime) -> list[Change]:
    """As soon as nothing is to be done for him any more; looked at after every command, so none can pass it by."""
    asked = order.erasure
    waits = asked is not None and asked.gone_at is None and is_over(order)
    return [PersonForgotten(at)] if waits else []


def is_over(order: Order) -> bool:
    """Ended, nothing owed either way, and no goods under way."""
    return not isinstance(order, Open) and not order.shipping.is_away and not due(order)


def evolve_erasure(order: Order, change: ErasureChange) -> Order:
    """The order after it."""
    if isinstance(change, ErasureHeard):
        return replace(order, erasure=Erasure(change.at))
    wrap = order.goods.wrap
    return replace(
        order,
        erasure=order.erasure and replace(order.erasure, gone_at=change.at),
        placing=replace(order.placing, recipient=NOBODY),
        goods=replace(order.goods, recipient=None, wrap=wrap and replace(wrap, note=None)),
        delivery=replace(order.delivery, leaving=Leaving()),
        attempts=tuple(replace(each, note=None) for each in order.attempts),
    )
