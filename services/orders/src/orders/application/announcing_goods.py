"""From a change of the goods to the facts told of it."""

from contracts.fact import Fact
from contracts.order_state import OrderV1
from contracts.orders import OrderChangedV1, OrderSubstituteOfferedV1

from orders.domain.goods_changes import WHAT, GoodsChange, OfferMade


def announce_goods(change: GoodsChange, state: OrderV1) -> list[Fact]:
    """What others hear: an offer by its own fact, the rest as a changed order; who looked at a contact, nobody hears."""
    if isinstance(change, OfferMade):
        offer = change.offer
        products = tuple(each.product_id for each in offer.substitutes)
        return [
            OrderSubstituteOfferedV1(
                order=state, by=offer.by, product_ids=products, expires_at=offer.expires_at
            )
        ]
    what = WHAT.get(type(change))
    return [OrderChangedV1(order=state, what=what)] if what else []
