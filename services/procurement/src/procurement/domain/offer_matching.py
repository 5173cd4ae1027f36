"""A person's word that an offer is of certain goods, laid over what the feed makes of it. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Laid:
    """The goods as a person said, and as the feed goes on saying: its name for them still leads here."""

    product_id: str
    own: str


@dataclass(frozen=True, slots=True)
class MatchOffer:
    """The offer is of these goods; None: of those that the feed says, after all."""

    offer_id: str
    product_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferMatched:
    """Other goods now. What orders hold of it they hold on: the pieces are the same."""

    product_id: str
    laid: Laid | None
    at: datetime
