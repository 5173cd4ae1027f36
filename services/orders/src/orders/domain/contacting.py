"""Contacting the customer: attempts, the contact clock, who answers (R20-R26)."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import (
    ApologyOverdue,
    AttemptRecorded,
    AttentionPassed,
    Change,
    ContactOverdue,
    ContactReminded,
    OrderContacted,
    OrderReassigned,
)
from orders.domain.commands import DeadlinePassed, ReassignOrder, RecordAttempt
from orders.domain.guarding import open_order
from orders.domain.order import Attempt, Open, Order
from orders.domain.policies import SAME_ATTEMPT_WITHIN
from orders.domain.refusals import CustomerWantsNoCalls, NobodyOfThatId
from orders.domain.team import choose
from orders.domain.words import AttemptOutcome, Channel, Chosen, Preference


def record_attempt(command: RecordAttempt, order: Order | None) -> Decision[Change]:
    """An attempt counts whatever came of it; reaching the customer stops the contact clock (R20, R26)."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    if command.channel is Channel.PHONE and found.preference is Preference.NO_CALLS:
        raise CustomerWantsNoCalls("This customer asked not to be called: write by SMS, e-mail or messenger.")
    attempt = Attempt(command.at, command.actor.id, command.channel, command.outcome, command.note)
    if any(_same(attempt, earlier) for earlier in found.attempts):
        return []
    if command.outcome is not AttemptOutcome.REACHED or found.contacted_at is not None:
        return [AttemptRecorded(attempt)]
    again = command.clocks.look_again(command.at)
    return [AttemptRecorded(attempt), OrderContacted(command.actor.id, command.channel, command.at, again)]


def _same(one: Attempt, other: Attempt) -> bool:
    alike = (one.by, one.channel, one.outcome) == (other.by, other.channel, other.outcome)
    return alike and abs(one.at - other.at) < SAME_ATTEMPT_WITHIN


def reassign(command: ReassignOrder, order: Order | None) -> Decision[Change]:
    """A person gives the order to another one, and says why (R20)."""
    found = open_order(order)
    refused = duty(command.actor, Action.REASSIGN_ORDER)
    if refused:
        return refused
    if command.to_id == found.responsible_id:
        return []
    if not command.team.is_there(command.to_id, command.at):
        raise NobodyOfThatId("The person is not there: unknown, gone, or absent.", to_id=command.to_id)
    return [OrderReassigned(found.responsible_id, command.to_id, command.reason, Chosen.PERSON, command.at)]


def pass_deadline(command: DeadlinePassed, order: Order | None) -> Decision[Change]:
    """What a passed deadline still means. At each step an order also leaves whoever is gone or away (R20, R24)."""
    if not isinstance(order, Open):
        return []
    step = _step(command, order)
    if not step or isinstance(step, OrderReassigned):
        return [step] if step else []
    return [*leave_absent(command, order), step]


def _step(command: DeadlinePassed, order: Open) -> Change | None:
    waits = order.contacted_at is None
    match command.name:
        case "remind" if waits and order.reminded_at is None:
            return ContactReminded(command.at)
        case "reassign" if waits and order.reassigned_at is None:
            return _next_person(command, order)
        case "alarm" if waits and order.overdue_at is None:
            return ContactOverdue(command.team.last_resort, command.at, command.clocks.look_again(command.at))
        case "apology" if order.owes_apology and not order.apology_overdue:
            return ApologyOverdue(command.at)
        case "attention":
            return AttentionPassed(command.clocks.look_again(command.at))
        case _:
            return None


def _next_person(command: DeadlinePassed, order: Open) -> OrderReassigned:
    """Somebody else, if there is anybody else; the step is a fact even where there is not (R20)."""
    to_id, chosen = choose(command.team, command.at, order.placing.order_id, without={order.responsible_id})
    reason = "not_contacted" if to_id != order.responsible_id else "nobody_else"
    return OrderReassigned(order.responsible_id, to_id, reason, chosen, command.at, step=True)


def leave_absent(command: DeadlinePassed, order: Order) -> list[Change]:
    """Whoever is gone or away does not keep the order (R20)."""
    to_id, chosen = command.team.stand_in(order.responsible_id, command.at), Chosen.RULE
    if to_id is None:
        without = {order.responsible_id}
        to_id, chosen = choose(command.team, command.at, order.placing.order_id, without=without)
    if to_id == order.responsible_id:
        return []
    return [OrderReassigned(order.responsible_id, to_id, "absent", chosen, command.at)]
