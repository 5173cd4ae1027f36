"""Offers of an order, as shown to the people of the shop."""

from datetime import datetime

from orders.application.substituting import Substituting
from orders.domain.offers import Answer, Offer
from orders.domain.order import Open, Order
from orders.entrypoints.offer_models import ConsentOut, OfferedOut, OfferOut


def offers_of(order: Order, substituting: Substituting, at: datetime) -> list[OfferOut]:
    """All of them, the newest first."""
    return [_shown(order, each, substituting, at) for each in reversed(order.goods.offers)]


def _shown(order: Order, offer: Offer, substituting: Substituting, at: datetime) -> OfferOut:
    is_open = offer.is_open(at) and isinstance(order, Open)
    return OfferOut(
        offer_no=offer.offer_no,
        line_no=offer.line_no,
        missing_product_id=offer.product_id,
        missing_title=offer.title,
        quantity=offer.quantity,
        unit_price=offer.unit_price.minor,
        currency=offer.unit_price.currency,
        substitutes=[
            OfferedOut(
                product_id=each.product_id,
                title=each.title,
                unit_price=each.unit_price.minor,
                difference=offer.difference(each).minor,
            )
            for each in offer.substitutes
        ],
        by=offer.by,
        at=offer.at,
        expires_at=offer.expires_at,
        open=is_open,
        withdrawn=offer.withdrawn,
        answer=_consent(offer.answer),
        link=substituting.link_of(order.placing.order_id, offer, at) if is_open else None,
    )


def _consent(answer: Answer | None) -> ConsentOut | None:
    if answer is None:
        return None
    return ConsentOut(
        answer=answer.said,
        by=answer.by,
        at=answer.at,
        channel=answer.channel,
        product_id=answer.product_id,
        line_no=answer.line_no,
    )
