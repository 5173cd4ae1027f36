"""Offering something instead, and the customer's answer: a line is never replaced without his consent (R25, R27, R30)."""

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.bonuses import bonuses_within
from orders.domain.changes import Change
from orders.domain.goods import Line, line_of, total_of
from orders.domain.goods_changes import OfferExpired, OfferMade, SubstituteAccepted, SubstituteDeclined
from orders.domain.goods_commands import AnswerOffer, MakeOffer
from orders.domain.goods_refusals import (
    NotInTheOffer,
    OfferAnsweredAlready,
    OfferExpiredAlready,
    OfferOutOfSight,
    OfferWithdrawn,
    SaleClosed,
    SameProduct,
    UnknownLine,
    UnknownOffer,
)
from orders.domain.guarding import open_order, still_here
from orders.domain.offers import Answer, Offer, Said, Substitute
from orders.domain.order import Open, Order
from orders.domain.policies import Clocks
from orders.domain.refusals import MixedCurrencyOrder

LONGEST = timedelta(days=366)


def make_offer(command: MakeOffer, order: Order | None) -> Decision[Change]:
    """Offer one of these instead of a line; the same again while it waits changes nothing (R25)."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    line = line_of(found.lines, command.line_no)
    if line is None:
        raise UnknownLine("The order has no such line now.", line_no=command.line_no)
    expires_at = command.expires_at or command.at + command.clocks.policy.offer_lasts
    if not command.at < expires_at <= command.at + LONGEST:
        raise OfferOutOfSight("An offer ends ahead, and within a year.")
    _may_be_offered(command, line)
    if any(_same(command, line, each) for each in found.goods.offers):
        return []
    offer = Offer(
        offer_no=len(found.goods.offers) + 1,
        line_no=line.line_no,
        product_id=line.product_id,
        title=line.title,
        quantity=line.quantity,
        unit_price=line.unit_price,
        substitutes=command.substitutes,
        by=command.actor.id,
        at=command.at,
        expires_at=expires_at,
    )
    return [OfferMade(offer, _still_due(found, offer, command))]


def _still_due(order: Open, offer: Offer, command: MakeOffer) -> datetime | None:
    """One offer is no offer for the other goods that are missing."""
    if order.in_vain <= {offer.line_no}:
        return None
    within = command.clocks.policy.apology_within
    return order.goods.next_offer_at or command.clocks.after(command.at, within)


def _may_be_offered(command: MakeOffer, line: Line) -> None:
    for each in command.substitutes:
        if each.product_id == line.product_id:
            raise SameProduct("A product is no substitute for itself.", product_id=each.product_id)
        if each.product_id in command.closed:
            raise SaleClosed("This product is not to be sold for now.", product_id=each.product_id)
        if each.unit_price.currency != line.unit_price.currency:
            raise MixedCurrencyOrder("A substitute is priced in the order's currency.")


def _same(command: MakeOffer, line: Line, earlier: Offer) -> bool:
    """Still open, for the line as it is, and without an hour of its own that the command wants otherwise."""
    alike = (earlier.line_no, earlier.substitutes) == (line.line_no, command.substitutes)
    until = command.expires_at in (None, earlier.expires_at)
    return alike and until and earlier.is_open(command.at)


def answer_offer(command: AnswerOffer, order: Order | None) -> Decision[Change]:
    """The customer's one answer to an offer, by a person or by the link; the same again changes nothing (R30)."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER) if command.channel else None
    if refused:
        return refused
    offer = found.goods.offer(command.offer_no)
    if offer is None:
        raise UnknownOffer("Nothing of that number was offered.", offer_no=command.offer_no)
    taken = _taken(command, offer, found)
    if offer.answer is not None:
        if (offer.answer.said, offer.answer.product_id) == (command.said, taken and taken.product_id):
            return []
        raise OfferAnsweredAlready("This offer was answered otherwise.", said=offer.answer.said.value)
    if offer.withdrawn:
        raise OfferWithdrawn("Something else was offered since, or the line is gone.")
    if not offer.is_open(command.at):
        raise OfferExpiredAlready("The offer has passed its hour; offer anew.")
    answer = Answer(command.said, command.actor.id, command.at, command.channel)
    if taken is None:
        next_at = next_offer_at(found, offer, command.clocks, command.at)
        return [SubstituteDeclined(offer.offer_no, answer, next_at)]
    return [_accepted(command, found, offer, answer, taken)]


def _taken(command: AnswerOffer, offer: Offer, order: Open) -> Substitute | None:
    if command.said is Said.NO:
        return None
    taken = offer.substitute(command.product_id)
    if taken is None:
        raise NotInTheOffer("Say which of the offered products.", offered=len(offer.substitutes))
    if offer.answer is None:
        still_here(order)
    return taken


def _accepted(
    command: AnswerOffer, order: Open, offer: Offer, answer: Answer, taken: Substitute
) -> SubstituteAccepted:
    """The new line has a number of its own, so that nobody mistakes it for the old one."""
    line_no = order.next_line_no
    line = Line(line_no, taken.product_id, taken.title, offer.quantity, taken.unit_price)
    after = tuple(line if each.line_no == offer.line_no else each for each in order.lines)
    bonuses = bonuses_within(order, total_of(after), command.clocks.policy.bonus_max_share)
    consent = replace(answer, product_id=taken.product_id, line_no=line_no)
    return SubstituteAccepted(offer.offer_no, consent, line, bonuses)


def expire_offer(offer_no: int, order: Open, clocks: Clocks, at: datetime) -> list[Change]:
    """Nobody answered in time; goods that are still missing need another offer (R24)."""
    offer = order.goods.offer(offer_no)
    if offer is None or not offer.waits or at < offer.expires_at:
        return []
    return [OfferExpired(offer_no, next_offer_at(order, offer, clocks, at))]


def next_offer_at(order: Open, offer: Offer, clocks: Clocks, at: datetime) -> datetime | None:
    """By when there is another offer, if the goods of this one are missing: as soon as the first was due (R24)."""
    line = line_of(order.lines, offer.line_no)
    if line is None or line.product_id not in order.missing:
        return None
    return clocks.after(at, clocks.policy.apology_within)
