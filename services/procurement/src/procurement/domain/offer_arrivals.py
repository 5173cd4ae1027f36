"""Goods that came in become own stock, those of orders held for the purchase that brought them, and are no more the
supplier's; and a hold that is drawn from such a purchase's (R28, R42). Pure and total.
"""

from collections.abc import Mapping
from dataclasses import replace

from procurement.domain.availability import Stock, counted
from procurement.domain.offer import OWN, HoldOffer, Offer
from procurement.domain.offer_arriving import (
    GoodsTakenIn,
    GoodsTakenOff,
    HoldDrawn,
    TakeIn,
    TakeOff,
)
from procurement.domain.offer_terms import Hold

MOST_ARRIVALS = 300
"""Of how many purchases an offer remembers what came last; far more than are ever under way at once."""


def take_in(command: TakeIn, offer: Offer | None) -> list[GoodsTakenIn]:
    """Each delivery of a purchase counts once, whoever brings it in how often."""
    if offer is not None and offer.arrivals.get(command.purchase_id, 0) >= command.step:
        return []
    terms = offer.terms if offer else command.terms
    known = terms.availability.quantity or 0 if offer else 0
    after = replace(
        terms,
        availability=counted(known + command.quantity),
        purchase_price=command.terms.purchase_price,
    )
    before = offer.holds.get(command.holder) if offer else None
    kept = command.kept + (before.quantity if before else 0)
    hold = Hold(kept, command.round, needs_yes=False, until=command.at)
    as_of = max(offer.as_of, command.at) if offer else command.at
    return [
        GoodsTakenIn(
            command.offer_id, OWN, after, as_of, command.holder, hold, command.purchase_id, command.step
        )
    ]


def take_off(command: TakeOff, offer: Offer | None) -> list[GoodsTakenOff]:
    """His count is older than the delivery, so it holds what is here now. A count that he told later stands as he said."""
    if offer is None or offer.arrivals.get(command.purchase_id, 0) >= command.step:
        return []
    stock = offer.terms.availability
    if stock.stock is not Stock.COUNTED or offer.as_of > command.at:
        return []
    left = counted((stock.quantity or 0) - command.quantity)
    return [GoodsTakenOff(replace(offer.terms, availability=left), command.purchase_id, command.step)]


def draw(command: HoldOffer, offer: Offer, more: int) -> Mapping[str, int]:
    """How much of what an order still needs comes out of the purchases that brought it."""
    drawn: dict[str, int] = {}
    for name in command.out_of:
        hold = offer.holds.get(name)
        drawn[name] = min(more, hold.quantity if hold else 0)
        more -= drawn[name]
    return {name: pieces for name, pieces in drawn.items() if pieces}


def evolve_arrivals(offer: Offer | None, change: GoodsTakenIn | GoodsTakenOff | HoldDrawn) -> Offer:
    """The offer after it."""
    if isinstance(change, GoodsTakenOff):
        assert offer is not None
        return replace(offer, terms=change.terms, arrivals=_with_arrival(offer, change))
    if isinstance(change, HoldDrawn):
        assert offer is not None
        less = {
            name: replace(offer.holds[name], quantity=offer.holds[name].quantity - pieces)
            for name, pieces in change.drawn.items()
        }
        return replace(offer, holds={**offer.holds, **less, change.order_id: change.hold})
    before = offer or Offer(change.offer_id, change.supplier_id, change.terms, change.as_of)
    return replace(
        before,
        terms=change.terms,
        as_of=change.as_of,
        holds={**before.holds, change.holder: change.hold},
        arrivals=_with_arrival(before, change),
    )


def _with_arrival(offer: Offer, change: GoodsTakenIn | GoodsTakenOff) -> dict[str, int]:
    others = {each: step for each, step in offer.arrivals.items() if each != change.purchase_id}
    return dict([*others.items(), (change.purchase_id, change.step)][-MOST_ARRIVALS:])
