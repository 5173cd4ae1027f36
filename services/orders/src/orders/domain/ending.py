"""Apologising, offering, cancelling, lapsing: an order is never let go in silence (R21, R24-R27)."""

from zoneinfo import ZoneInfo

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import ApologySent, Change, OrderCancelled, SubstituteOffered
from orders.domain.commands import CancelOrder, LapseOrder, OfferSubstitute, SendApology
from orders.domain.guarding import open_order
from orders.domain.order import Cancelled, Open, Order
from orders.domain.policies import Clocks
from orders.domain.refusals import ApologyIsWritten, LapseNotEarned, NotATestOrder, OfferOwed
from orders.domain.words import OUR_FAULT, CancelReason, Channel

SPOKEN = frozenset({Channel.PHONE, Channel.POINT})


def apologise(command: SendApology, order: Order | None) -> Decision[Change]:
    """A written apology went out; what was said on the phone or over the counter is no writing (R25)."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    if command.channel in SPOKEN:
        raise ApologyIsWritten("An apology is written: by SMS, e-mail, messenger, chat or on the site.")
    return [] if found.apologised_at else [ApologySent(command.actor.id, command.channel, command.at)]


def offer(command: OfferSubstitute, order: Order | None) -> Decision[Change]:
    """Something instead was offered (R25); offering the same again changes nothing."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    if set(command.product_ids) <= set(found.offered):
        return []
    return [SubstituteOffered(command.actor.id, command.product_ids, command.expires_at, command.at)]


def cancel(command: CancelOrder, order: Order | None) -> Decision[Change]:
    """Cancel with a reason and whether an offer was made; after a fault of ours not without one (R27)."""
    if isinstance(order, Cancelled):
        return []
    found = open_order(order)  # goods that are on their way are called back by logistics, which hears of it
    refused = duty(command.actor, Action.CANCEL_ORDER)
    if refused:
        return refused
    if command.reason is CancelReason.TEST and not found.placing.is_test:
        raise NotATestOrder("This is a real order; say why it is lost.")
    offered = command.offer_made or bool(found.offered)
    if command.reason in OUR_FAULT and not offered:
        raise OfferOwed("It is our fault: offer something first.", reason=command.reason.value)
    return [
        OrderCancelled(command.reason, lapsed=False, offer_made=offered, by=command.actor.id, at=command.at)
    ]


def lapse(command: LapseOrder, order: Order | None) -> Decision[Change]:
    """Let an order lapse, only when all was tried (R21)."""
    if isinstance(order, Cancelled):
        return []
    found = open_order(order)
    refused = duty(command.actor, Action.LAPSE_ORDER)
    if refused:
        return refused
    lacking = missing_for_lapse(found, command.clocks)
    if lacking:
        raise LapseNotEarned(f"Not yet: {', '.join(lacking)}.", missing=", ".join(lacking))
    return [OrderCancelled("lapsed", lapsed=True, offer_made=True, by=command.actor.id, at=command.at)]


def missing_for_lapse(order: Open, clocks: Clocks) -> list[str]:
    """What is lacking before an order may lapse: attempts, days of the shop, apology, offer (R21)."""
    policy, zone = clocks.policy, ZoneInfo(clocks.calendar.zone)
    tried = len(order.attempts)
    days = len({attempt.at.astimezone(zone).date() for attempt in order.attempts})
    lacking = {
        f"{policy.lapse_attempts} attempts ({tried} made)": tried < policy.lapse_attempts,
        f"attempts on {policy.lapse_days} days ({days} so far)": days < policy.lapse_days,
        "a written apology": order.apologised_at is None,
        "an offer": order.offered_at is None,
    }
    return [what for what, lacks in lacking.items() if lacks]
