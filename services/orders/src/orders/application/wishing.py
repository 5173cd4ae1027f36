"""What the customer would like, and what comes of it before anything is promised."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, time

from orders.application.capacity import Option, Question
from orders.domain.delivery import Handing, Leaving, Offered, Words
from orders.domain.delivery_refusals import PromiseOutsideTerms
from orders.domain.order import Open
from orders.domain.promising import basis_of
from orders.domain.words import Channel

GONE = Words("Это место уже заняли.", "Somebody else was quicker: that place is taken.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the customer would like, as he said it; `told_by`, `leaving` and `waiver` as in `AgreeDelivery`."""

    zone: str
    kind: Handing
    day: date | None = None
    begins: time | None = None
    ends: time | None = None
    point_id: str | None = None
    ready_on: date | None = None
    told_by: Channel | None = None
    leaving: Leaving = field(default_factory=Leaving)
    waiver: str | None = None


class OutsideTerms(PromiseOutsideTerms):
    """The refusal with what can be kept instead."""

    def __init__(self, words: Words, reason: str | None, options: tuple[Option, ...]) -> None:
        super().__init__(words.en, reason=reason)
        self.words = words
        self.options = options


def question(order: Open, wish: Wish) -> Question:
    """The wish, with what the order itself knows: how many pieces, since when they are here, how they are paid."""
    basis = basis_of(order)
    return Question(
        shop_id=order.placing.shop_id,
        zone=wish.zone,
        kind=wish.kind,
        day=wish.day,
        begins=wish.begins,
        ends=wish.ends,
        point_id=wish.point_id,
        ready_on=wish.ready_on or order.delivery.ready_on,
        on_delivery=basis.on_delivery,
        pieces=basis.pieces,
        customer_id=order.customer_id,
        order_id=order.placing.order_id,
    )


def reservation_key(order: Open, offered: Offered) -> str:
    """The same for the same order, promise and count of agreements: a retry never reserves twice, agreeing anew does."""
    told = [
        order.placing.order_id, order.delivery.agreed, offered.kind, offered.carrier_id, offered.terms_version,
        offered.zone, offered.starts_at.isoformat(), offered.ends_at.isoformat(), offered.point_id,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:40]
