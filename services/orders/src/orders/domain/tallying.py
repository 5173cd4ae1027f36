"""What is to be counted of what customers say, derived from what happened, so that a crash loses no answer (R25, R30)."""

from collections.abc import Iterable
from dataclasses import replace

from kernel.refusal import Decision

from orders.domain import goods_changes as g
from orders.domain.changes import Change
from orders.domain.goods import Goods, Line, Suggested
from orders.domain.goods_commands import ForgetTallies
from orders.domain.offers import Answer, Offer
from orders.domain.order import Order
from orders.domain.tallies import MOST, Heard, Kind, Tally


def forget_tallies(command: ForgetTallies, order: Order | None) -> Decision[Change]:
    """They are counted where counts are kept."""
    waiting = order.goods.tallies if order else ()
    return [g.TalliesForgotten(command.up_to)] if any(_within(command, each) for each in waiting) else []


def _within(command: ForgetTallies, tally: Tally) -> bool:
    return tally.tally_no <= command.up_to


def noted(goods: Goods, tallies: Iterable[Tally]) -> Goods:
    """The goods, with this to be counted; each is given the next number."""
    first = goods.highest_tally_no + 1
    fresh = tuple(replace(each, tally_no=n) for n, each in enumerate(tallies, start=first))
    return replace(
        goods, tallies=(*goods.tallies, *fresh), highest_tally_no=goods.highest_tally_no + len(fresh)
    )


def of_offer(offer: Offer) -> list[Tally]:
    """Each substitute was offered."""
    return [_instead(offer, each.product_id, Heard.OFFERED, offer) for each in offer.substitutes]


def of_acceptance(offer: Offer, change: g.SubstituteAccepted) -> list[Tally]:
    """The one that was taken; the others were neither taken nor declined."""
    sold = change.line.unit_price * change.line.quantity
    taken = _instead(offer, change.line.product_id, Heard.ACCEPTED, change.answer)
    return [replace(taken, minor=min(sold.minor, MOST), currency=sold.currency)]


def of_refusal(offer: Offer, change: g.SubstituteDeclined) -> list[Tally]:
    """A no is said to all that were offered."""
    return [_instead(offer, each.product_id, Heard.DECLINED, change.answer) for each in offer.substitutes]


def _instead(offer: Offer, other_id: str, heard: Heard, when: Offer | Answer) -> Tally:
    return Tally(0, Kind.SUBSTITUTE, offer.product_id, other_id, heard, when.at)


def of_suggestions(change: g.AccessoriesSuggested) -> list[Tally]:
    """Each accessory was offered."""
    return [
        Tally(0, Kind.ACCESSORY, each.product_id, each.accessory_id, Heard.OFFERED, each.at)
        for each in change.suggested
    ]


def of_new_lines(before: tuple[Line, ...], change: g.LinesChanged, goods: Goods) -> list[Tally]:
    """Accessories that were offered and are in the order now; each counts beside the product it was first offered with."""
    had = {line.product_id for line in before}
    fresh = {line.product_id: line for line in change.lines if line.product_id not in had}
    first = {each.accessory_id: each for each in reversed(goods.suggested) if each.taken_at is None}
    return [
        _taken_beside(first[product_id], line, change)
        for product_id, line in fresh.items()
        if product_id in first
    ]


def _taken_beside(suggested: Suggested, line: Line, change: g.LinesChanged) -> Tally:
    sold = line.unit_price * line.quantity
    pair = (suggested.product_id, suggested.accessory_id)
    return Tally(0, Kind.ACCESSORY, *pair, Heard.ACCEPTED, change.at, min(sold.minor, MOST), sold.currency)
