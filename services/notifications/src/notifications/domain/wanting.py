"""Whether a message still says what is so: looked at when it is written, and again right before it is sent."""

from datetime import datetime

from notifications.domain.correspondence import Correspondence
from notifications.domain.message import Promise, Writing
from notifications.domain.policies import Policy
from notifications.domain.quiet_hours import day_begins
from notifications.domain.words import Paper, Template

ABOUT_MONEY = (Template.REFUND_DUE, Template.REFUNDED)
IN_ANY_CASE = (*ABOUT_MONEY, Paper.CLAIM_LETTER)
"""Also when the order is off: money goes back, and a claim is answered."""
ABOUT_DELIVERY = (Template.DELIVERY_AGREED, Template.DELIVERY_REMINDER)


def is_silent(known: Correspondence, policy: Policy) -> bool:
    """Nobody is written to about a test order (R14), nor about one of before we began to write."""
    before = policy.silent_before
    return known.order.is_test or (before is not None and known.order.placed_at < before)


def is_silenced(writing: Writing, known: Correspondence, policy: Policy) -> bool:
    """A letter is written by a person about a claim there is; it goes."""
    return writing.about.letter is None and is_silent(known, policy)


def unwanted(writing: Writing, known: Correspondence, at: datetime) -> str | None:
    """Why it must not be sent any more, in a word; None when it may.

    A cancelled order gets no apology, promise or reminder, but money that goes back is told of (R25, R80). Whoever agreed
    anew, was offered anew or has his money already does not read the older news.
    """
    if known.order.cancelled and writing.template not in IN_ANY_CASE:
        return "order_cancelled"
    if writing.template in ABOUT_DELIVERY:
        return _of_delivery(writing, known, at)
    if writing.template is Template.APOLOGY_AND_OFFER and known.offer > writing.about.offer:
        return "offered_anew"
    refund = writing.about.refund
    if writing.template is Template.REFUND_DUE and refund and refund.refund_id in known.refunded:
        return "refunded_since"
    return None


def _of_delivery(writing: Writing, known: Correspondence, at: datetime) -> str | None:
    promise = writing.about.promise
    if promise is None or promise != known.order.promise:
        return "agreed_anew"
    over = reminder_ends(promise) if writing.template is Template.DELIVERY_REMINDER else promise.ends_at
    return "too_late" if at >= over else None


def reminder_ends(promise: Promise) -> datetime:
    """It speaks of tomorrow, so it ends with today."""
    return day_begins(promise.starts_at, promise.time_zone)
