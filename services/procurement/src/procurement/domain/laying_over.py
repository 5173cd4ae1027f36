"""How a person's match of an offer meets its feed. Pure."""

from dataclasses import replace

from procurement.domain.offer import Offer, Terms
from procurement.domain.offer_matching import Laid, MatchOffer, OfferMatched


def match(command: MatchOffer, offer: Offer | None) -> list[OfferMatched]:
    """Lay a match over, or take it away."""
    if offer is None:
        return []
    own = offer.laid.own if offer.laid else offer.terms.product_id
    laid = Laid(command.product_id, own) if command.product_id else None
    return [] if laid == offer.laid else [OfferMatched(command.product_id or own, laid, command.at)]


def matched(offer: Offer, change: OfferMatched) -> Offer:
    """The offer under its other name."""
    return replace(offer, terms=replace(offer.terms, product_id=change.product_id), laid=change.laid)


def laid_over(terms: Terms, laid: Laid | None) -> tuple[Terms, Laid | None]:
    """What a feed says, under the name that a person gave."""
    if laid is None:
        return terms, None
    return replace(terms, product_id=laid.product_id), replace(laid, own=terms.product_id)
