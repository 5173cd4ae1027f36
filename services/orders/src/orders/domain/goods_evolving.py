"""What a change of the goods makes of an order."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from orders.domain import goods_changes as g
from orders.domain.goods import Goods, Line
from orders.domain.offers import Answer
from orders.domain.order import Ended, Open
from orders.domain.tallying import noted, of_acceptance, of_new_lines, of_offer, of_refusal, of_suggestions
from orders.domain.words import Supply

Quiet = (
    g.RecipientChanged
    | g.AddressChanged
    | g.BonusesSet
    | g.WrapSet
    | g.NextOfferOverdue
    | g.AccessoriesSuggested
    | g.MessageUnreached
    | g.StillUnreached
    | g.UnreachedSettled
    | g.TalliesForgotten
)
"""Changes that touch nothing but what the goods keep of themselves."""


OfEnded = g.ContactShown | g.TalliesForgotten | g.MessageUnreached | g.StillUnreached | g.UnreachedSettled


def evolve_ended(order: Ended, change: OfEnded) -> Ended:
    """An order that has ended is still looked at, what was said on it is still counted, and word of its money still has to
    reach its customer.
    """
    return order if isinstance(change, g.ContactShown) else replace(order, goods=_kept(order.goods, change))


def evolve_goods(order: Open, change: g.GoodsChange) -> Open:
    """The order after the change."""
    return owing_no_more(_after(order, change))


def owing_no_more(order: Open) -> Open:
    """Where nothing is missing that was offered in vain, no further offer is due."""
    if order.goods.next_offer_at is None or order.in_vain:
        return order
    return replace(order, goods=replace(order.goods, next_offer_at=None, next_offer_overdue=False))


def _after(order: Open, change: g.GoodsChange) -> Open:  # noqa: PLR0911 - one case a change
    match change:
        case g.OfferMade():
            return _offered(order, change)
        case g.SubstituteAccepted():
            return _accepted(order, change)
        case g.SubstituteDeclined():
            return _declined(order, change)
        case g.OfferExpired():
            ended = _ended(order.goods, change.offer_no, expired=True)
            return replace(order, goods=_owing(ended, change.next_offer_at))
        case g.LinesChanged():
            return _recounted(order, change)
        case g.ContactShown():
            return order
        case _:
            return replace(order, goods=_kept(order.goods, change))


def _kept(goods: Goods, change: Quiet) -> Goods:  # noqa: C901, PLR0911 - one case a change
    match change:
        case g.RecipientChanged() | g.AddressChanged():
            return replace(goods, recipient=change.recipient)
        case g.BonusesSet():
            return replace(goods, bonuses=change.bonuses)
        case g.WrapSet():
            return replace(goods, wrap=change.wrap)
        case g.NextOfferOverdue():
            return replace(goods, next_offer_overdue=True)
        case g.AccessoriesSuggested():
            suggested = (*goods.suggested, *change.suggested)
            return noted(replace(goods, suggested=suggested), of_suggestions(change))
        case g.MessageUnreached():
            unreached = (*goods.unreached, change.unreached)
            return replace(goods, unreached=unreached, reach_at=change.reach_at)
        case g.StillUnreached():
            return replace(goods, reach_at=change.reach_at)
        case g.UnreachedSettled():
            return settled(goods)
        case g.TalliesForgotten():
            waiting = tuple(each for each in goods.tallies if each.tally_no > change.up_to)
            return replace(goods, tallies=waiting)
        case _:
            assert_never(change)


def settled(goods: Goods) -> Goods:
    """Somebody has reached the customer, or seen to it."""
    return replace(goods, unreached=(), reach_at=None)


def _offered(order: Open, change: g.OfferMade) -> Open:
    offer = change.offer
    earlier = tuple(
        replace(each, withdrawn=True) if each.waits and each.line_no == offer.line_no else each
        for each in order.goods.offers
    )
    made = replace(order.goods, offers=(*earlier, offer), next_offer_at=change.next_offer_at)
    goods = noted(made, of_offer(offer))
    products = tuple(each.product_id for each in offer.substitutes)
    return replace(order, goods=goods, offered=(*order.offered, *products), offered_at=offer.at)


def _accepted(order: Open, change: g.SubstituteAccepted) -> Open:
    offer = order.goods.offer(change.offer_no)
    assert offer
    goods = noted(_ended(order.goods, offer.offer_no, answer=change.answer), of_acceptance(offer, change))
    lines = tuple(change.line if each.line_no == offer.line_no else each for each in order.lines)
    return _with_lines(replace(order, goods=replace(goods, bonuses=change.bonuses)), lines)


def _declined(order: Open, change: g.SubstituteDeclined) -> Open:
    offer = order.goods.offer(change.offer_no)
    assert offer
    goods = noted(_ended(order.goods, offer.offer_no, answer=change.answer), of_refusal(offer, change))
    return replace(order, goods=_owing(goods, change.next_offer_at))


def _recounted(order: Open, change: g.LinesChanged) -> Open:
    """Missing goods that nobody wants any more need no apology (R24)."""
    goods = noted(_taken(order, change), of_new_lines(order.lines, change, order.goods))
    after = _with_lines(replace(order, goods=replace(goods, bonuses=change.bonuses)), change.lines)
    given_up = bool(order.missing) and not after.missing
    return replace(after, apology_due_at=None, apology_overdue=False) if given_up else after


def _owing(goods: Goods, next_offer_at: datetime | None) -> Goods:
    if next_offer_at is None:
        return goods
    return replace(goods, next_offer_at=next_offer_at, next_offer_overdue=False)


def _ended(goods: Goods, offer_no: int, *, answer: Answer | None = None, expired: bool = False) -> Goods:
    offers = tuple(
        replace(each, answer=answer, expired=expired) if each.offer_no == offer_no else each
        for each in goods.offers
    )
    return replace(goods, offers=offers)


def _taken(order: Open, change: g.LinesChanged) -> Goods:
    """Accessories that were suggested, and are among the lines now."""
    fresh = {line.product_id for line in change.lines} - {line.product_id for line in order.lines}
    suggested = tuple(
        replace(each, taken_at=change.at) if each.accessory_id in fresh and each.taken_at is None else each
        for each in order.goods.suggested
    )
    return replace(order.goods, suggested=suggested)


def _with_lines(order: Open, lines: tuple[Line, ...]) -> Open:
    """Procurement has to look anew; an offer for a line that is not as it was is no offer any more (R30)."""
    standing = {(line.line_no, line.quantity) for line in lines}
    offers = tuple(
        replace(each, withdrawn=True)
        if each.waits and (each.line_no, each.quantity) not in standing
        else each
        for each in order.goods.offers
    )
    highest = max(order.next_line_no - 1, *(line.line_no for line in lines))
    goods = replace(order.goods, lines=lines, offers=offers, highest_line_no=highest)
    wanted = {line.product_id for line in lines}
    missing = tuple(each for each in order.missing if each in wanted)
    return replace(order, goods=goods, supply=Supply.SOUGHT, missing=missing)
