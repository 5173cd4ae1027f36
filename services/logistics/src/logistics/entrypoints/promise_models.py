"""What may be promised, as asked and as answered."""

from datetime import datetime
from typing import Annotated, Literal, Self

from chassis.http.fields import Id
from pydantic import BaseModel, ConfigDict, Field, model_validator

from logistics.application.promising import Answer
from logistics.domain.promise import Kind, NamedPromise, Promise, Wish
from logistics.domain.wording import Words, found_in_words, promise_in_words, reason_in_words
from logistics.entrypoints.difficult_models import WarningOut
from logistics.entrypoints.values import Clock, Moment, MoneyIO, OnDay, WordsOut, amount, clock
from logistics.entrypoints.wired import CarrierName, ZoneCode

Pieces = Annotated[int, Field(ge=1, le=10_000)]
Payment = Literal["prepaid", "on_delivery"]


class WishIn(BaseModel):
    """What the customer wants. Days and clocks are those of the delivery city."""

    model_config = ConfigDict(populate_by_name=True)

    shop_id: Id
    zone: ZoneCode
    kind: Kind
    date: OnDay | None = Field(None, description="Left out: any day.")
    begins: Clock | None = Field(None, alias="from")
    ends: Clock | None = Field(
        None, alias="to", description="`from` without `to`, or the same, is an exact hour (R67)."
    )
    point_id: Id | None = Field(None, description="Left out: any point of the zone.")
    ready_on: OnDay | None = Field(None, description="The day on which the goods are at our warehouse.")
    payment: Payment = "prepaid"
    pieces: Pieces = 1
    order_id: Id | None = Field(
        None, description="Named, the place that this order has already does not stand in its way."
    )
    customer_id: Id | None = Field(
        None, description="Named, a warning of a difficult customer comes with the answer (R74)."
    )

    @model_validator(mode="after")
    def forwards(self) -> Self:
        """Hours run forwards."""
        if self.begins is not None and self.ends is not None and self.ends < self.begins:
            raise ValueError("`to` is before `from`")
        return self

    def wish(self) -> Wish:
        return Wish(
            self.zone,
            self.kind,
            self.date,
            clock(self.begins),
            clock(self.ends),
            self.point_id if self.kind is Kind.POINT else None,
            self.ready_on,
            self.payment == "on_delivery",
            self.pieces,
            self.order_id,
        )


class PromiseOut(BaseModel):
    """Any moment between `starts_at` and `ends_at` may be meant (R66). It names the terms it was built from (R65)."""

    kind: Kind
    carrier_id: str
    terms_version: int
    zone: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    point_id: str | None
    price: MoneyIO
    words: WordsOut
    reason: str | None = Field(None, description="Why it is offered instead.")


class CheckOut(BaseModel):
    """`promise` keeps the wish; else `reason` says what stands in the way. `options` can be kept, the best first."""

    possible: bool
    reason: str | None
    words: WordsOut
    promise: PromiseOut | None
    options: list[PromiseOut]
    warnings: list[WarningOut] = Field(
        default_factory=list[WarningOut],
        description="Two people found the customer, or a carrier of these promises, difficult (R74).",
    )


class ReservationIn(BaseModel):
    """A promise as the check gave it. The last three help to find other options when it is gone."""

    order_id: Id
    kind: Kind
    carrier_id: CarrierName
    terms_version: Annotated[int, Field(ge=1, le=1_000_000)]
    zone: ZoneCode
    starts_at: Moment
    ends_at: Moment
    point_id: Id | None = None
    ready_on: OnDay | None = None
    payment: Payment = "prepaid"
    pieces: Pieces = 1

    def named(self) -> NamedPromise:
        return NamedPromise(
            self.kind,
            self.carrier_id,
            self.terms_version,
            self.zone,
            self.starts_at,
            self.ends_at,
            self.point_id,
        )


def shown(promise: Promise, place: str, why: str | None = None) -> PromiseOut:
    """A promise as answered."""
    return PromiseOut.model_construct(
        kind=promise.kind,
        carrier_id=promise.carrier_id,
        terms_version=promise.terms_version,
        zone=promise.zone,
        starts_at=promise.starts_at,
        ends_at=promise.ends_at,
        time_zone=promise.time_zone,
        point_id=promise.point_id,
        price=amount(promise.price),
        words=said(promise_in_words(promise, place)),
        reason=why,
    )


def said(words: Words) -> WordsOut:
    """Words as answered."""
    return WordsOut.model_construct(ru=words.ru, en=words.en)


def options_of(answer: Answer) -> list[PromiseOut]:
    """What can be kept instead."""
    return [
        shown(each.promise, answer.places.get(each.promise.point_id or "", ""), each.why.value)
        for each in answer.options
    ]


def checked(answer: Answer) -> CheckOut:
    """The answer to a wish."""
    promise, reason = answer.promise, answer.reason
    place = answer.places.get((promise and promise.point_id) or "", "")
    if promise is not None:
        words = found_in_words(promise, place)
    else:
        assert reason is not None
        words = reason_in_words(reason)
    return CheckOut(
        possible=promise is not None,
        reason=reason.value if reason else None,
        words=said(words),
        promise=shown(promise, place) if promise else None,
        options=options_of(answer),
    )
