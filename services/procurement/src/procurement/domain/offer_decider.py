"""The rules of an offer: never more is held than was counted. Pure and total: what can't be held is fenced, not refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from procurement.domain.availability import NOTHING, Stock
from procurement.domain.laying_over import laid_over, match, matched
from procurement.domain.offer import (
    Change,
    Command,
    FreeOffer,
    Hold,
    HoldOffer,
    ListOffer,
    Offer,
    OfferFreed,
    OfferHeld,
    OfferListed,
    OfferRestated,
    OfferRevised,
    OrderFenced,
    WithdrawOffer,
)
from procurement.domain.offer_arrivals import draw, evolve_arrivals, take_in, take_off
from procurement.domain.offer_arriving import (
    GoodsTakenIn,
    GoodsTakenOff,
    HoldDrawn,
    OfferSent,
    TakeIn,
    TakeOff,
)
from procurement.domain.offer_matching import MatchOffer, OfferMatched
from procurement.domain.offer_sending import evolve_sent, send

FENCED_FOR = timedelta(minutes=5)
"""Much longer than a step takes, and than clocks differ."""


def decide(command: Command, offer: Offer | None) -> list[Change]:  # noqa: PLR0911 - a line each
    """What comes of a command."""
    match command:
        case ListOffer():
            return list_(command, offer)
        case WithdrawOffer():
            return withdraw(command, offer)
        case HoldOffer():
            return hold(command, offer)
        case FreeOffer():
            return free(command, offer)
        case MatchOffer():
            return [*match(command, offer)]
        case TakeIn():
            return [*take_in(command, offer)]
        case TakeOff():
            return [*take_off(command, offer)]
        case _:
            assert_never(command)


def list_(command: ListOffer, offer: Offer | None) -> list[Change]:
    """Take over what the supplier says, unless it is older than what is known."""
    if offer is None:
        return [OfferListed(command.offer_id, command.supplier_id, command.terms, command.as_of)]
    if command.as_of < offer.as_of:
        return []
    terms, laid = laid_over(command.terms, offer.laid)
    if _public(replace(offer, terms=terms)) != _public(offer):
        return [OfferRevised(terms, command.as_of, laid)]
    return [OfferRestated(terms, command.as_of, laid)] if (terms, laid) != (offer.terms, offer.laid) else []


def withdraw(command: WithdrawOffer, offer: Offer | None) -> list[Change]:
    """Goods that a complete catalogue leaves out are not to be had."""
    if offer is None or command.as_of < offer.as_of or offer.terms.availability == NOTHING:
        return []
    return [OfferRevised(replace(offer.terms, availability=NOTHING), command.as_of, offer.laid)]


def hold(command: HoldOffer, offer: Offer | None) -> list[Change]:
    """All of it or nothing more; decided once for each round of an order, so that a second try can't differ (R28)."""
    if offer is None:
        return []
    before = offer.holds.get(command.order_id)
    if before and before.round >= command.round:
        return []
    already = before.quantity if before else 0
    until = command.at + FENCED_FOR
    more = command.quantity - already
    too_late = offer.forgot_at is not None and command.due < offer.forgot_at
    drawn = draw(command, offer, 0 if too_late else max(0, more))
    if too_late or more <= 0 or not offer.can_spare(more - sum(drawn.values())):
        fence = Hold(already, command.round, bool(before and before.needs_yes), until)
        return [OrderFenced(command.order_id, fence, command.at)]
    uncounted = offer.terms.availability.stock is Stock.UNKNOWN or bool(before and before.needs_yes)
    held = Hold(command.quantity, command.round, uncounted, until)
    if drawn:
        return [HoldDrawn(command.order_id, held, drawn, command.at)]
    return [OfferHeld(command.order_id, held, command.at)]


def free(command: FreeOffer, offer: Offer | None) -> list[Change]:
    """Give back what is beyond `keep`. Where nothing was held the round is fenced all the same: a hold may be late."""
    if offer is None:
        return []
    before = offer.holds.get(command.order_id)
    if before and before.round >= command.round:
        return []
    already = before.quantity if before else 0
    after = Hold(
        min(already, command.keep),
        command.round,
        bool(before and before.needs_yes),
        command.at + FENCED_FOR,
    )
    if command.going is not None and command.going.name not in offer.sent:
        return [send(command.order_id, command.going, after, already - after.quantity, offer, command.at)]
    if after.quantity < already:
        return [OfferFreed(command.order_id, after, command.at)]
    return [OrderFenced(command.order_id, after, command.at)]


def evolve(offer: Offer | None, change: Change) -> Offer:
    """The offer after a change."""
    match change:
        case OfferListed():
            return Offer(change.offer_id, change.supplier_id, change.terms, change.as_of)
        case OfferRevised() | OfferRestated():
            assert offer is not None
            return replace(offer, terms=change.terms, as_of=change.as_of, laid=change.laid)
        case OfferMatched():
            assert offer is not None
            return matched(offer, change)
        case GoodsTakenIn() | GoodsTakenOff() | HoldDrawn():
            return evolve_arrivals(offer, change)
        case OfferSent():
            assert offer is not None
            return _with_hold(evolve_sent(offer, change), change)
        case OfferHeld() | OfferFreed() | OrderFenced():
            assert offer is not None
            return _with_hold(offer, change)
        case _:
            assert_never(change)


def _with_hold(offer: Offer, change: OfferHeld | OfferFreed | OrderFenced | OfferSent) -> Offer:
    kept = _unforgotten(offer.holds, change.at)
    forgot_at = change.at if len(kept) < len(offer.holds) else offer.forgot_at
    return replace(offer, holds={**kept, change.order_id: change.hold}, forgot_at=forgot_at)


def _public(offer: Offer) -> tuple[object, ...]:
    terms = offer.terms
    return offer.free, terms.availability.stock, terms.price, terms.title, terms.product_id


def _unforgotten(holds: Mapping[str, Hold], at: datetime) -> dict[str, Hold]:
    return {order: hold for order, hold in holds.items() if hold.quantity or hold.until > at}
