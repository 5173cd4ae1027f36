"""Lost orders in money: never let go a person who came with money, and see who did and why (R27, R119)."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.domain.order import Cancelled


@dataclass(frozen=True, slots=True)
class Loss:
    """Orders lost for a reason under one responsible person; `minor` is their goods' price in minor units."""

    reason: str
    responsible_id: str
    currency: str
    orders: int
    with_offer: int
    minor: int


def losses(orders: Iterable[Cancelled]) -> list[Loss]:
    """Lost orders by reason and responsible person, the dearest first. Test orders are no loss (R14)."""
    found: dict[tuple[str, str, str], Loss] = {}
    for order in orders:
        if order.placing.is_test:
            continue
        total = order.goods_total
        key = (order.reason, order.responsible_id, total.currency)
        was = found.get(key) or Loss(*key, orders=0, with_offer=0, minor=0)
        found[key] = Loss(
            *key,
            orders=was.orders + 1,
            with_offer=was.with_offer + order.offer_made,
            minor=was.minor + total.minor,
        )
    return sorted(found.values(), key=lambda each: (-each.minor, each.reason, each.responsible_id))
