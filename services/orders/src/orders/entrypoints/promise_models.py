"""What is answered about the delivery of an order over HTTP."""

from datetime import datetime
from typing import Any

from chassis.http.receipts import ReceiptOut
from pydantic import BaseModel, Field

from orders.application.capacity import Answer, Caution, Option
from orders.domain.delivery import Offered, Words
from orders.domain.order import Order


class WordsOut(BaseModel):
    """As the customer is told; an interval is any moment in it (R66)."""

    ru: str
    en: str


class OfferedOut(BaseModel):
    """What can be kept, and the terms it was built from (R65). `reason`: why it is offered instead of what was asked."""

    kind: str
    carrier_id: str
    terms_version: int
    zone: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    point_id: str | None
    price: int
    currency: str
    words: WordsOut
    reason: str | None = None


class PromiseOut(OfferedOut):
    """What was agreed. `void`: why it no longer holds."""

    reservation_id: str
    promised_by: str
    promised_at: datetime
    told_by: str | None
    told_at: datetime | None
    waived_by: str | None
    waiver: str | None
    void: str | None


class CautionOut(BaseModel):
    """Two people found him difficult, for this reason, until then: it is fine not to work with him (R74)."""

    party: str = Field(examples=["customer", "carrier"])
    party_id: str
    reason: str
    until: datetime


class CheckOut(BaseModel):
    """`promise` keeps the wish; else `reason` and `words` say what stands in the way. `options` can be kept."""

    possible: bool
    reason: str | None
    words: WordsOut
    promise: OfferedOut | None
    options: list[OfferedOut]
    warnings: list[CautionOut]


class AgreedOut(ReceiptOut):
    """The order is confirmed."""

    promise: PromiseOut | None
    warnings: list[CautionOut] = Field(description="Empty, too, where the same command was answered before.")


def checked(answer: Answer) -> CheckOut:
    """Logistics' answer."""
    offered = answer.offered
    return CheckOut(
        possible=offered is not None,
        reason=answer.reason,
        words=_words(offered.in_words if offered else answer.words),
        promise=OfferedOut(**_offered(offered)) if offered else None,
        options=[option_out(each) for each in answer.options],
        warnings=[caution_out(each) for each in answer.cautions],
    )


def caution_out(caution: Caution) -> CautionOut:
    """As who promises is warned."""
    return CautionOut(
        party=caution.party, party_id=caution.party_id, reason=caution.reason, until=caution.until
    )


def option_out(option: Option) -> OfferedOut:
    """Something that can be kept instead."""
    return OfferedOut(**_offered(option.offered), reason=option.reason)


def promise_out(order: Order) -> PromiseOut | None:
    """The promise, whether it still holds or not."""
    promise = order.delivery.promise
    if promise is None:
        return None
    return PromiseOut(
        **_offered(promise.offered),
        reservation_id=promise.reservation_id,
        promised_by=promise.promised_by,
        promised_at=promise.promised_at,
        told_by=promise.told_by,
        told_at=promise.told_at,
        waived_by=promise.waived.by if promise.waived else None,
        waiver=promise.waived.reason if promise.waived else None,
        void=order.delivery.void,
    )


def _offered(offered: Offered) -> dict[str, Any]:
    return {
        "kind": offered.kind,
        "carrier_id": offered.carrier_id,
        "terms_version": offered.terms_version,
        "zone": offered.zone,
        "starts_at": offered.starts_at,
        "ends_at": offered.ends_at,
        "time_zone": offered.time_zone,
        "point_id": offered.point_id,
        "price": offered.price.minor,
        "currency": offered.price.currency,
        "words": _words(offered.in_words),
    }


def _words(words: Words) -> WordsOut:
    return WordsOut(ru=words.ru, en=words.en)
