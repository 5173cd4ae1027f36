"""What is asked about offers over HTTP, and what is answered."""

from datetime import datetime

from chassis.http.fields import Id, Line, Minor
from kernel.money import Money
from pydantic import AwareDatetime, BaseModel, Field, model_validator

from orders.application.substituting import Wanted
from orders.domain.offers import Said, Substitute
from orders.domain.ranking import Ranked
from orders.domain.words import Channel
from orders.entrypoints.models import Asked, Currency


class SubstituteIn(Asked):
    """`unit_price` in minor units, as the customer is told; that is what he pays."""

    product_id: Id
    title: Line
    unit_price: Minor
    currency: Currency = "RUB"


class OfferIn(Asked):
    """`line_no` with `substitutes`: a real offer, that the customer can answer. `product_ids` alone only notes that these
    were offered in talk.
    """

    line_no: int | None = Field(default=None, ge=1, description="The line whose goods are missing.")
    substitutes: list[SubstituteIn] = Field(default=[], max_length=10)
    product_ids: list[Id] = Field(default=[], max_length=20)
    expires_at: AwareDatetime | None = None

    @model_validator(mode="after")
    def one_of_two(self) -> "OfferIn":
        """Either a line with what is offered for it, or only products."""
        real = self.line_no is not None and bool(self.substitutes)
        if real == bool(self.product_ids) or (self.line_no is None) == bool(self.substitutes):
            raise ValueError("give line_no and substitutes, or product_ids alone")
        if len({each.product_id for each in self.substitutes}) < len(self.substitutes):
            raise ValueError("each product is offered once")
        return self

    def wanted(self) -> Wanted | None:
        """The real offer, if it is one."""
        if self.line_no is None:
            return None
        offered = (
            Substitute(each.product_id, each.title, Money(each.unit_price, each.currency))
            for each in self.substitutes
        )
        return Wanted(self.line_no, tuple(offered), self.expires_at)


class AnswerIn(Asked):
    """The customer's answer, as a person of ours heard it."""

    offer_no: int = Field(ge=1)
    answer: Said
    product_id: Id | None = Field(default=None, description="Which of several he takes.")
    channel: Channel


class ReasonOut(BaseModel):
    """Why it stands where it stands: `points`, in words and as data."""

    code: str
    points: int
    ru: str
    en: str
    about: dict[str, int | str]


class RankedOut(BaseModel):
    """`difference`: what the whole line would cost more, or less, below zero; minor units."""

    rank: int
    product_id: str
    title: str
    price: int
    currency: str
    difference: int
    availability: str
    quantity: int | None
    lead_days: int
    points: int
    reasons: list[ReasonOut]


class SubstitutesOut(BaseModel):
    """What may be offered instead of a line, the best first."""

    line_no: int
    missing_product_id: str
    missing_title: str
    quantity: int
    unit_price: int
    currency: str
    items: list[RankedOut]


class OfferedOut(BaseModel):
    """`difference`: of the whole line, in minor units."""

    product_id: str
    title: str
    unit_price: int
    difference: int


class ConsentOut(BaseModel):
    """What the customer said; `channel` is null when he used the link."""

    answer: str
    by: str
    at: datetime
    channel: str | None
    product_id: str | None
    line_no: int | None = Field(description="Where the goods stand now.")


class OfferOut(BaseModel):
    """An offer and what came of it. `link` only while it can be answered, and only where links are set up."""

    offer_no: int
    line_no: int
    missing_product_id: str
    missing_title: str
    quantity: int
    unit_price: int
    currency: str
    substitutes: list[OfferedOut]
    by: str
    at: datetime
    expires_at: datetime
    open: bool
    withdrawn: bool
    answer: ConsentOut | None
    link: str | None


class OffersOut(BaseModel):
    items: list[OfferOut]


def ranked_out(ranked: Ranked) -> RankedOut:
    """A substitute with its rank and the reasons for it."""
    candidate = ranked.candidate
    return RankedOut(
        rank=ranked.rank,
        product_id=candidate.product_id,
        title=candidate.title,
        price=candidate.price.minor,
        currency=candidate.price.currency,
        difference=ranked.difference.minor,
        availability=candidate.availability,
        quantity=candidate.quantity,
        lead_days=candidate.lead_days,
        points=ranked.points,
        reasons=[
            ReasonOut(code=each.code, points=each.points, ru=each.ru, en=each.en, about=dict(each.about))
            for each in ranked.reasons
        ],
    )
