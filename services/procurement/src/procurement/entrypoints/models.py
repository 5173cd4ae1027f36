"""What procurement is asked with and answers with, beyond one route's own."""

from datetime import datetime
from typing import Annotated, Literal

from chassis.http.fields import GREATEST
from kernel.money import Money
from pydantic import BaseModel, Field

from procurement.application.candidates import Sourced
from procurement.domain.offer import Offer


class MoneyIO(BaseModel):
    """A sum in kopecks."""

    minor: Annotated[int, Field(ge=0, le=GREATEST)]
    currency: Literal["RUB"] = "RUB"

    def money(self) -> Money:
        return Money(self.minor, self.currency)


def amount(money: Money | None) -> MoneyIO | None:
    """A sum as answered."""
    return MoneyIO.model_construct(minor=money.minor, currency=money.currency) if money else None


class OfferOut(BaseModel):
    """Goods at a supplier, or our own. `free` is null where nobody counted."""

    offer_id: str
    supplier_id: str
    product_id: str
    title: str
    stock: str = Field(description="`counted`, `unknown` (there, but nobody counted) or `none`.")
    free: int | None = Field(description="Pieces that no order holds.")
    held: int = Field(description="Pieces that orders hold.")
    overdrawn: int = Field(description="Held pieces that the last count did not find.")
    price: MoneyIO | None
    purchase_price: MoneyIO | None = Field(None, description="Told to buyers and the owner alone.")
    as_of: datetime


class AvailableOut(OfferOut):
    """An offer in the answer to "what is there"."""

    age_seconds: int = Field(description="How old the word on it is.")
    stale: bool = Field(
        description="Older than agreed with the supplier: to be confirmed before it is promised (R22)."
    )
    sells: bool = Field(description="Whether orders are allocated from it now.")
    lead_days: int


def offer_out(offer: Offer, *, buys: bool) -> OfferOut:
    """An offer as answered; what it costs us only to those who buy."""
    return OfferOut(
        offer_id=offer.offer_id,
        supplier_id=offer.supplier_id,
        product_id=offer.terms.product_id,
        title=offer.terms.title,
        stock=offer.terms.availability.stock.value,
        free=offer.free,
        held=offer.held,
        overdrawn=offer.overdrawn,
        price=amount(offer.terms.price),
        purchase_price=amount(offer.terms.purchase_price) if buys else None,
        as_of=offer.as_of,
    )


def available_out(sourced: Sourced, at: datetime, *, buys: bool) -> AvailableOut:
    """An offer with the age of its data (R28)."""
    shown = offer_out(sourced.offer, buys=buys).model_dump()
    shown["as_of"] = sourced.as_of
    return AvailableOut(
        **shown,
        age_seconds=max(0, int((at - sourced.as_of).total_seconds())),
        stale=sourced.is_stale(at),
        sells=sourced.sells(at),
        lead_days=sourced.supplier.conditions.lead_days if sourced.supplier else 0,
    )
