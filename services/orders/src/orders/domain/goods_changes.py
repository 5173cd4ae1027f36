"""What may happen to the goods of an order."""

from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money

from orders.domain.goods import Line, Recipient, Suggested, Unreached, Wrap
from orders.domain.offers import Answer, Offer


@dataclass(frozen=True, slots=True)
class OfferMade:
    """An earlier offer for the same line is withdrawn by it. `next_offer_at`: other missing goods were offered in vain, and by
    then there is another offer for them.
    """

    offer: Offer
    next_offer_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfferExpired:
    """`next_offer_at`: the goods are still missing, and by then there is another offer (R24)."""

    offer_no: int
    next_offer_at: datetime | None


@dataclass(frozen=True, slots=True)
class SubstituteAccepted:
    """`line` stands for the offer's line from now on; `bonuses` are what may still be paid with them (R35)."""

    offer_no: int
    answer: Answer
    line: Line
    bonuses: Money | None


@dataclass(frozen=True, slots=True)
class SubstituteDeclined:
    offer_no: int
    answer: Answer
    next_offer_at: datetime | None


@dataclass(frozen=True, slots=True)
class NextOfferOverdue:
    at: datetime


@dataclass(frozen=True, slots=True)
class LinesChanged:
    lines: tuple[Line, ...]
    bonuses: Money | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecipientChanged:
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class AddressChanged:
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class BonusesSet:
    bonuses: Money


@dataclass(frozen=True, slots=True)
class WrapSet:
    wrap: Wrap


@dataclass(frozen=True, slots=True)
class AccessoriesSuggested:
    suggested: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True)
class ContactShown:
    """Somebody looked up how to reach the customer; kept in the history alone."""

    by: str


@dataclass(frozen=True, slots=True)
class MessageUnreached:
    unreached: Unreached
    reach_at: datetime


@dataclass(frozen=True, slots=True)
class StillUnreached:
    """Nobody reached him in time; it is due again by then."""

    reach_at: datetime


@dataclass(frozen=True, slots=True)
class UnreachedSettled:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TalliesForgotten:
    up_to: int


GoodsChange = (
    OfferMade
    | OfferExpired
    | SubstituteAccepted
    | SubstituteDeclined
    | NextOfferOverdue
    | LinesChanged
    | RecipientChanged
    | AddressChanged
    | BonusesSet
    | WrapSet
    | AccessoriesSuggested
    | ContactShown
    | MessageUnreached
    | StillUnreached
    | UnreachedSettled
    | TalliesForgotten
)

WHAT: dict[type[GoodsChange], tuple[str, ...]] = {
    SubstituteAccepted: ("lines", "substitute_accepted"),
    SubstituteDeclined: ("substitute_declined",),
    OfferExpired: ("offer_expired",),
    NextOfferOverdue: ("offer_overdue",),
    LinesChanged: ("lines",),
    RecipientChanged: ("recipient",),
    AddressChanged: ("address",),
    BonusesSet: ("bonuses",),
    WrapSet: ("gift_wrap",),
    MessageUnreached: ("message_failed",),
    StillUnreached: ("message_failed",),
    UnreachedSettled: ("message_settled",),
}
"""What is told to be different in `order.changed`; what is not here is kept to ourselves or told otherwise."""
