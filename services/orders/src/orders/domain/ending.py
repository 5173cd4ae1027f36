"""Apologising, offering, cancelling, lapsing: an order is never let go in silence (R21, R24-R27)."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kernel.duties import Action
from kernel.refusal import Decision

from orders.domain.changes import ApologySent, Change, OrderCancelled, SubstituteOffered
from orders.domain.commands import CancelOrder, LapseOrder, OfferSubstitute, SendApology
from orders.domain.guarding import duty, open_order
from orders.domain.order import OUR_FAULT, Cancelled, Channel, Open, Order, Preference
from orders.domain.refusals import CustomerWantsNoCalls, LapseNotEarned, OfferOwed


@dataclass(frozen=True, slots=True)
class LapsePolicy:
    """What must have been tried before an order may lapse: attempts, on different days of the shop (R21)."""

    attempts: int = 3
    days: int = 2


LAPSE = LapsePolicy()


def apologise(command: SendApology, order: Order | None) -> Decision[Change]:
    """A written apology went out (R25); a call is no writing."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    if command.channel is Channel.PHONE and found.placing.preference is Preference.NO_CALLS:
        raise CustomerWantsNoCalls("This customer asked not to be called: write.")
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
    found = open_order(order)
    refused = duty(command.actor, Action.CANCEL_ORDER)
    if refused:
        return refused
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
    lacking = missing_for_lapse(found, command.calendar.zone, LAPSE)
    if lacking:
        raise LapseNotEarned(f"Not yet: {', '.join(lacking)}.", missing=", ".join(lacking))
    return [OrderCancelled("lapsed", lapsed=True, offer_made=True, by=command.actor.id, at=command.at)]


def missing_for_lapse(order: Open, zone: str, policy: LapsePolicy) -> list[str]:
    """What is lacking before an order may lapse: attempts, days, apology, offer (R21)."""
    days = {attempt.at.astimezone(ZoneInfo(zone)).date() for attempt in order.attempts}
    return [
        *(
            [f"{policy.attempts} attempts ({len(order.attempts)} made)"]
            if len(order.attempts) < policy.attempts
            else []
        ),
        *([f"attempts on {policy.days} days ({len(days)} so far)"] if len(days) < policy.days else []),
        *(["a written apology"] if order.apologised_at is None else []),
        *(["an offer"] if not order.offered else []),
    ]
