"""What is asked about changing an order over HTTP, and what it costs."""

from typing import Annotated

from chassis.http.fields import Id, Line, Minor, Words
from kernel.money import Money
from kernel.personal import Personal
from kernel.phone import Phone
from pydantic import BaseModel, Field, model_validator

from orders.application.capacity import Option
from orders.domain.costing import Cost, PromiseAfter
from orders.domain.goods_commands import Added
from orders.entrypoints.models import Asked, CallablePhone, Currency, Email, LineIn


class QuantityIn(Asked):
    """`quantity`: how many from now on; 0 takes the line out."""

    line_no: int = Field(ge=1)
    quantity: int = Field(ge=0, le=10_000)


class LinesIn(Asked):
    """Lines that are not named stay as they are; the price of a line stays as it was told."""

    quantities: list[QuantityIn] = Field(default=[], max_length=200)
    add: list[LineIn] = Field(default=[], max_length=50)

    @model_validator(mode="after")
    def each_once(self) -> "LinesIn":
        """A line is counted once, and something is asked."""
        if len({each.line_no for each in self.quantities}) < len(self.quantities):
            raise ValueError("each line is named once")
        if not self.quantities and not self.add:
            raise ValueError("nothing is asked")
        return self

    def counted(self) -> tuple[tuple[int, int], ...]:
        """Line numbers and how many."""
        return tuple((each.line_no, each.quantity) for each in self.quantities)

    def added(self) -> tuple[Added, ...]:
        """New lines."""
        return tuple(
            Added(each.product_id, each.title, each.quantity, Money(each.unit_price, each.currency))
            for each in self.add
        )


class RecipientChangeIn(Asked):
    """What is not given stays."""

    name: Line | None = None
    phone: CallablePhone | None = None
    email: Email | None = None
    comment: Words | None = None

    def parts(self) -> tuple[Personal | None, Phone | None, Personal | None, Personal | None]:
        """Name, phone, e-mail and comment, wrapped so that nothing prints them."""
        phone = Phone.parse(self.phone) if self.phone else None
        return _hidden(self.name), phone, _hidden(self.email), _hidden(self.comment)


class AddressIn(Asked):
    """`zone`: the delivery zone of logistics it lies in, if it is another one than promised."""

    address: Annotated[Words, Field(min_length=1)]
    zone: Id | None = None


class BonusesIn(Asked):
    """`bonuses`: what is paid with bonuses, in minor units."""

    bonuses: Minor
    currency: Currency = "RUB"


class WrapIn(Asked):
    """Gift packing, and what the packer has to know; kept encrypted."""

    on: bool
    note: Words | None = None


class OptionOut(BaseModel):
    """A delivery that can be promised there."""

    kind: str
    starts_at: str
    ends_at: str
    price: int
    currency: str
    reason: str | None
    ru: str
    en: str


class CostOut(BaseModel):
    """What it costs, in minor units. `difference`: what the customer pays more, or less, below zero. `promise`: there is none,
    it `holds`, or it has to be agreed `again`; then `fee` is what the nearest delivery costs more.
    """

    currency: str
    goods_before: int
    goods_after: int
    bonuses_before: int
    bonuses_after: int
    fee: int
    difference: int
    due: int
    refund: int
    promise: PromiseAfter
    free: bool
    ru: str
    en: str
    options: list[OptionOut] = []


AGAIN = {
    "ru": " Доставку нужно согласовать заново.",
    "en": " The delivery has to be agreed again.",
}


def cost_out(cost: Cost, options: tuple[Option, ...] = ()) -> CostOut:
    """The cost, with what to say to the customer."""
    return CostOut(
        currency=cost.goods_after.currency,
        goods_before=cost.goods_before.minor,
        goods_after=cost.goods_after.minor,
        bonuses_before=cost.bonuses_before.minor,
        bonuses_after=cost.bonuses_after.minor,
        fee=cost.fee.minor,
        difference=cost.difference.minor,
        due=cost.due.minor,
        refund=cost.refund.minor,
        promise=cost.promise,
        free=cost.is_free,
        ru=_ru(cost),
        en=_en(cost),
        options=[_option(each) for each in options],
    )


def _ru(cost: Cost) -> str:
    sum_ = abs(cost.difference.major())
    text = (
        "Цена не меняется."
        if not sum_
        else f"{'Дороже' if cost.difference.minor > 0 else 'Дешевле'} на {sum_} {cost.fee.currency}."
    )
    return text + (AGAIN["ru"] if cost.promise is PromiseAfter.AGAIN else "")


def _en(cost: Cost) -> str:
    sum_ = abs(cost.difference.major())
    text = (
        "The price stays."
        if not sum_
        else f"{'More' if cost.difference.minor > 0 else 'Less'} by {sum_} {cost.fee.currency}."
    )
    return text + (AGAIN["en"] if cost.promise is PromiseAfter.AGAIN else "")


def _option(option: Option) -> OptionOut:
    offered = option.offered
    return OptionOut(
        kind=offered.kind,
        starts_at=offered.starts_at.isoformat(),
        ends_at=offered.ends_at.isoformat(),
        price=offered.price.minor,
        currency=offered.price.currency,
        reason=option.reason,
        ru=offered.in_words.ru,
        en=offered.in_words.en,
    )


def _hidden(text: str | None) -> Personal | None:
    return Personal(text) if text else None
