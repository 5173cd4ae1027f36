"""Which messages a piece of news asks for, when, and until when; and the id that makes each of them one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from notifications.domain.correspondence import Order
from notifications.domain.message import About, Letter, Promise, Refund, Writing
from notifications.domain.policies import Policy
from notifications.domain.quiet_hours import day_before, that_day
from notifications.domain.wanting import reminder_ends
from notifications.domain.words import Channel, Paper, Template


@dataclass(frozen=True, slots=True)
class Plan:
    """A message to be, by each channel. `mark` is what it says, in short: the same mark of the same order is the same
    message, whatever fact told of it.
    """

    template: Template | Paper
    about: About
    mark: str
    not_before: datetime
    expires_at: datetime
    channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL)


def message_id(order_id: str | None, plan: Plan, channel: Channel) -> str:
    """Derived, so that told twice is one message. A letter's id is the letter's, by which claims knows it."""
    if plan.about.letter is not None:
        return plan.about.letter.letter_id
    return uuid5(NAMESPACE_URL, f"opblok:message:{order_id}:{plan.template}:{plan.mark}:{channel}").hex


def on_taken(order: Order, at: datetime, policy: Policy) -> list[Plan]:
    """SMS and e-mail of the same content on a new order (R19)."""
    return [Plan(Template.ORDER_TAKEN, About(), "taken", at, order.placed_at + policy.keep)]


def on_offer(
    products: tuple[str, ...], expires_at: datetime | None, *, sequence: int, at: datetime, policy: Policy
) -> list[Plan]:
    """The written apology with the offer (R25), as long as the offer stands."""
    until = expires_at or at + policy.keep
    mark = f"{','.join(sorted(products))}/{expires_at.isoformat() if expires_at else sequence}"
    return [Plan(Template.APOLOGY_AND_OFFER, About(offer=sequence), mark, at, until)]


def on_agreed(promise: Promise, at: datetime, policy: Policy) -> list[Plan]:
    """The delivery in plain words (R31, R66), and its reminder the day before, unless it was agreed later than that."""
    about = About(promise=promise)
    mark = f"{promise.reservation_id}/{promise.promised_at.isoformat()}"
    agreed = Plan(Template.DELIVERY_AGREED, about, mark, at, promise.ends_at)
    remind_at = day_before(promise.starts_at, promise.time_zone, policy.remind_at)
    if remind_at <= promise.promised_at:
        return [agreed]
    return [agreed, Plan(Template.DELIVERY_REMINDER, about, mark, remind_at, reminder_ends(promise))]


def on_refund(refund: Refund, at: datetime, policy: Policy) -> list[Plan]:
    """Money that is due to go back, or has gone (R80)."""
    template = Template.REFUND_DUE if refund.due_on else Template.REFUNDED
    return [Plan(template, About(refund=refund), refund.refund_id, at, at + policy.keep_refund)]


def on_survey(call_id: str, due_at: datetime, zone: str, policy: Policy) -> Plan:
    """The link to the questions after a delivery, on the morning of the day they are due (R26, R83)."""
    at = that_day(due_at, zone, policy.survey_at)
    return Plan(Template.QUALITY_SURVEY, About(call=call_id), call_id, at, at + policy.keep)


def on_letter(letter: Letter, at: datetime, policy: Policy) -> Plan:
    """A letter of a claim, which claims has written (R75): by e-mail, as it stands."""
    until = at + policy.keep_letter
    return Plan(
        Paper.CLAIM_LETTER, About(letter=letter), letter.letter_id, at, until, channels=(Channel.EMAIL,)
    )


def expiry_of(writing: Writing, at: datetime, policy: Policy) -> datetime:
    """Until when a message that is sent again is worth sending."""
    promise = writing.about.promise
    if promise is not None:
        return reminder_ends(promise) if writing.template is Template.DELIVERY_REMINDER else promise.ends_at
    if writing.about.letter is not None:
        return at + policy.keep_letter
    return at + (policy.keep_refund if writing.about.refund else policy.keep)
