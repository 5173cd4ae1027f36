"""Contacting the customer: attempts, the contact clock, who answers (R20-R26)."""

from datetime import datetime, timedelta

from kernel.calendar import WorkingCalendar
from kernel.duties import Action
from kernel.refusal import Decision

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
from orders.domain.guarding import duty, open_order
from orders.domain.order import Attempt, AttemptOutcome, Channel, Chosen, Open, Order, Preference
from orders.domain.refusals import CustomerWantsNoCalls, NobodyOfThatId
from orders.domain.team import choose

LOOK_AGAIN_AFTER = timedelta(hours=8)
"""Working time after which somebody must have looked at an open order again (R31: the promise, the same working day)."""


def record_attempt(command: RecordAttempt, order: Order | None) -> Decision[Change]:
    """An attempt counts whatever came of it; reaching the customer stops the contact clock (R20, R26)."""
    found = open_order(order)
    refused = duty(command.actor, Action.WORK_ORDER)
    if refused:
        return refused
    if command.channel is Channel.PHONE and found.placing.preference is Preference.NO_CALLS:
        raise CustomerWantsNoCalls("This customer asked not to be called: write by SMS, e-mail or messenger.")
    attempt = Attempt(command.at, command.actor.id, command.channel, command.outcome, command.note)
    if command.outcome is not AttemptOutcome.REACHED or found.contacted_at is not None:
        return [AttemptRecorded(attempt)]
    again = command.calendar.after(command.at, LOOK_AGAIN_AFTER)
    return [AttemptRecorded(attempt), OrderContacted(command.actor.id, command.channel, command.at, again)]


def reassign(command: ReassignOrder, order: Order | None) -> Decision[Change]:
    """A person gives the order to another one, and says why (R20)."""
    found = open_order(order)
    refused = duty(command.actor, Action.REASSIGN_ORDER)
    if refused:
        return refused
    if command.to_id == found.responsible_id:
        return []
    if command.team.stand_in(command.to_id, command.at) != command.to_id:
        raise NobodyOfThatId("The person is not there: unknown, gone, or absent.", to_id=command.to_id)
    return [OrderReassigned(found.responsible_id, command.to_id, command.reason, Chosen.PERSON, command.at)]


def pass_deadline(command: DeadlinePassed, order: Order | None) -> Decision[Change]:  # noqa: PLR0911 - one case a name
    """What a passed deadline still means (R20, R24)."""
    if not isinstance(order, Open):
        return []
    waits = order.contacted_at is None
    match command.name:
        case "remind" if waits and order.reminded_at is None:
            return [ContactReminded(command.at)]
        case "reassign" if waits and order.reassigned_at is None:
            return [_next_person(command, order)]
        case "alarm" if waits and order.overdue_at is None:
            return [ContactOverdue(command.team.last_resort, command.at, _again(command.calendar, command))]
        case "apology" if order.apologised_at is None and not order.apology_overdue:
            return [ApologyOverdue(command.at)]
        case "attention":
            return [*_away(command, order), AttentionPassed(_again(command.calendar, command))]
        case _:
            return []


def _next_person(command: DeadlinePassed, order: Open) -> OrderReassigned:
    """Somebody else, if there is anybody else; else the shop's owner (R20)."""
    to_id, chosen = choose(command.team, command.at, order.placing.order_id, without={order.responsible_id})
    reason = "not_contacted" if to_id != order.responsible_id else "nobody_else"
    return OrderReassigned(order.responsible_id, to_id, reason, chosen, command.at, step=True)


def _away(command: DeadlinePassed, order: Open) -> list[Change]:
    """Whoever is gone or absent does not keep the order (R20)."""
    there = command.team.stand_in(order.responsible_id, command.at)
    if there == order.responsible_id:
        return []
    to_id, chosen = (
        (there, Chosen.RULE) if there else choose(command.team, command.at, order.placing.order_id)
    )
    if to_id == order.responsible_id:
        return []
    return [OrderReassigned(order.responsible_id, to_id, "absent", chosen, command.at)]


def _again(calendar: WorkingCalendar, command: DeadlinePassed) -> datetime:
    return calendar.after(command.at, LOOK_AGAIN_AFTER)
