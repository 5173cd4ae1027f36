"""An offer: goods of one supplier at a price, and what of them is held for whom. The shop's own stock is the offers of
the supplier `own`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from procurement.domain.availability import Stock
from procurement.domain.offer_arriving import (
    Going,
    GoodsTakenIn,
    GoodsTakenOff,
    HoldDrawn,
    OfferSent,
    TakeIn,
    TakeOff,
)
from procurement.domain.offer_matching import Laid, MatchOffer, OfferMatched
from procurement.domain.offer_terms import Hold, Terms

__all__ = [
    "Going",
    "GoodsTakenIn",
    "GoodsTakenOff",
    "Hold",
    "OfferSent",
    "Terms",
]  # handed on; the rest is defined here

OWN = "own"


@dataclass(frozen=True, slots=True)
class Offer:
    """`forgot_at`: when fences were last forgotten. A hold that was due before then comes too late to know its fence. `laid`: a
    person's word on which goods it is of. `sent`: what left of it lately, by name.
    """

    offer_id: str
    supplier_id: str
    terms: Terms
    as_of: datetime
    holds: Mapping[str, Hold] = field(default_factory=dict[str, Hold])
    forgot_at: datetime | None = None
    arrivals: Mapping[str, int] = field(default_factory=dict[str, int])
    laid: Laid | None = None
    sent: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def goes_by(self) -> tuple[str, ...]:
        """The names its goods are asked for by: a matched offer is still found under the one it had."""
        own = self.laid.own if self.laid else self.terms.product_id
        return (self.terms.product_id,) if own == self.terms.product_id else (self.terms.product_id, own)

    @property
    def held(self) -> int:
        return sum(hold.quantity for hold in self.holds.values())

    @property
    def free(self) -> int | None:
        """What nobody holds; None where nobody counted."""
        match self.terms.availability.stock:
            case Stock.UNKNOWN:
                return None
            case Stock.NONE:
                return 0
            case Stock.COUNTED:
                return max(0, (self.terms.availability.quantity or 0) - self.held)

    @property
    def overdrawn(self) -> int:
        """How many held pieces the last count did not find."""
        if self.terms.availability.stock is Stock.UNKNOWN:
            return 0
        return max(0, self.held - (self.terms.availability.quantity or 0))

    def can_spare(self, quantity: int) -> bool:
        return self.free is None or self.free >= quantity


def offer_id(supplier_id: str, code: str) -> str:
    """Offers are known by their supplier and his code."""
    return f"{supplier_id}:{code}"


def code_of(offer: Offer) -> str:
    """The supplier's own code of an offer."""
    return offer.offer_id.removeprefix(f"{offer.supplier_id}:")


@dataclass(frozen=True, slots=True)
class ListOffer:
    """A feed or a person says what the offer is as of a moment."""

    offer_id: str
    supplier_id: str
    terms: Terms
    as_of: datetime


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """A complete feed does not name the offer any more."""

    offer_id: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class HoldOffer:
    """Hold this many in all for the order. `due` is the moment by which its step was to be done. What is more than it
    holds is drawn from `out_of`, the holds of purchases that brought it, as far as they go.
    """

    offer_id: str
    order_id: str
    quantity: int
    round: int
    due: datetime
    at: datetime
    out_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FreeOffer:
    """Hold no more than `keep` for the order; what of the rest is `going` is free for nobody."""

    offer_id: str
    order_id: str
    keep: int
    round: int
    at: datetime
    going: Going | None = None


Command = ListOffer | WithdrawOffer | HoldOffer | FreeOffer | MatchOffer | TakeIn | TakeOff


@dataclass(frozen=True, slots=True)
class OfferListed:
    offer_id: str
    supplier_id: str
    terms: Terms
    as_of: datetime


@dataclass(frozen=True, slots=True)
class OfferRevised:
    """Something that others know is different now."""

    terms: Terms
    as_of: datetime
    laid: Laid | None = None


@dataclass(frozen=True, slots=True)
class OfferRestated:
    """Only what is ours to know is different: the purchase price, category, attributes."""

    terms: Terms
    as_of: datetime
    laid: Laid | None = None


@dataclass(frozen=True, slots=True)
class OfferHeld:
    order_id: str
    hold: Hold
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferFreed:
    order_id: str
    hold: Hold
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderFenced:
    """Nothing more is held; commands of this round that come later are void."""

    order_id: str
    hold: Hold
    at: datetime


Change = (
    OfferListed | OfferRevised | OfferRestated | OfferMatched | OfferHeld | OfferFreed | OrderFenced
    | GoodsTakenIn | GoodsTakenOff | HoldDrawn | OfferSent
)  # fmt: skip
