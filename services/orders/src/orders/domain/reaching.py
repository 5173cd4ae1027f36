"""Messages to the customer: what arrived, what did not, and who looked up how to reach him (R25, R31, R97)."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import ApologySent, Change
from orders.domain.erasure import is_gone
from orders.domain.goods import ABOUT_MONEY
from orders.domain.goods_changes import ContactShown, MessageUnreached, UnreachedSettled
from orders.domain.goods_commands import AcknowledgeUnreached, HearApologySent, HearUnreached, ReadContact
from orders.domain.order import Open, Order
from orders.domain.paying import known
from orders.domain.refusals import PersonErased, UnknownOrder


def read_contact(command: ReadContact, order: Order | None) -> Decision[Change]:
    """Each look is written down, on a cancelled order as well: there money may have to go back (R97)."""
    if order is None:
        raise UnknownOrder("There is no such order.")
    if is_gone(order):
        raise PersonErased("The customer was erased; only his order is left.")
    return duty(command.actor, Action.READ_CONTACT) or [ContactShown(command.actor.id)]


def hear_apology_sent(command: HearApologySent, order: Order | None) -> Decision[Change]:
    """The written apology went out by a gateway, so nobody has to write it again; one for an earlier shortage does not
    count for this one (R25).
    """
    if not isinstance(order, Open) or order.apology_due_at is None or order.apologised_at is not None:
        return []
    since = order.goods.missing_since
    if since is not None and command.sent_at < since:
        return []
    return [ApologySent(command.by, command.channel, command.sent_at)]


def hear_unreached(command: HearUnreached, order: Order | None) -> Decision[Change]:
    """A person has to reach the customer, as soon as an apology would be due (R31). Of an order that has ended only word of
    his money matters, and most of that is of such orders (R80); one who is erased is reached by nobody.
    """
    missed = command.unreached
    if order is None or any(each.message_id == missed.message_id for each in order.goods.unreached):
        return []
    if not isinstance(order, Open) and (missed.template not in ABOUT_MONEY or is_gone(order)):
        return []
    clocks, at = command.clocks, command.unreached.at
    due_at = order.goods.reach_at or clocks.after(at, clocks.policy.apology_within)
    return [MessageUnreached(command.unreached, due_at)]


def acknowledge(command: AcknowledgeUnreached, order: Order | None) -> Decision[Change]:
    """A person has looked at what did not arrive and seen to it."""
    found = known(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    return [UnreachedSettled(command.actor.id, command.at)] if found.goods.unreached else []
