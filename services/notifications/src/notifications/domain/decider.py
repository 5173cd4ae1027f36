"""The rules of a message. Pure; total for facts, deadlines and reports: what comes twice, late or out of order is quiet."""

from typing import assert_never

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from notifications.domain import changes as c
from notifications.domain import commands as o
from notifications.domain.changes import Change
from notifications.domain.commands import Command
from notifications.domain.message import Delivered, Dropped, Failed, Message, Sending, Sent, Waiting, key_of
from notifications.domain.refusals import MessageNoLongerSo, MessageOnItsWay, UnknownMessage
from notifications.domain.words import Report


def decide(command: Command, message: Message | None) -> Decision[Change]:  # noqa: C901, PLR0911 - one case a command
    """The rule of each command."""
    match command:
        case o.Write():
            written = c.MessageWritten(command.writing, command.due_at, command.expires_at)
            return [] if message else [written]
        case o.PutOff():
            return [c.MessagePutOff(command.until)] if isinstance(message, Waiting | Sending) else []
        case o.BeginSending():
            begun = c.SendingBegun(command.language, command.masked, command.at)
            return [begun] if isinstance(message, Waiting | Sending) else []
        case o.RecordTaken():
            return taken(command, message)
        case o.TryLater():
            failed = c.TryFailed(command.fault, command.again_at, command.perhaps_taken)
            return [failed] if isinstance(message, Waiting | Sending) else []
        case o.GiveUp():
            given_up = c.MessageFailed(command.reason, command.at)
            return [given_up] if isinstance(message, Waiting | Sending) else []
        case o.Drop():
            dropped = c.MessageDropped(command.reason, command.at)
            return [dropped] if isinstance(message, Waiting | Sending) else []
        case o.HearReport():
            return hear_report(command, message)
        case o.LookLater():
            return [c.LookedInVain(command.again_at)] if isinstance(message, Sent) else []
        case o.Resend():
            return resend(command, message)
        case o.Forget():
            return forget(command, message)
        case _:
            assert_never(command)


def taken(command: o.RecordTaken, message: Message | None) -> list[Change]:
    """A gateway took it; unless its report came first, or a person began another round meanwhile."""
    if not isinstance(message, Sending | Waiting) or key_of(message) != command.key:
        return []
    look_at = command.at + command.look_after if command.look_after else None
    return [c.MessageSent(command.gateway, command.gateway_id, command.cost, command.at, look_at)]


def hear_report(command: o.HearReport, message: Message | None) -> list[Change]:
    """A report of delivery. "Accepted" is not "delivered" (market-facts.md 2); what arrived has arrived, whatever was
    reported before or is reported later.
    """
    if message is None or (command.key is not None and command.key != key_of(message)):
        return []
    match message:
        case Sending():
            sent = c.MessageSent(command.gateway, command.gateway_id, None, command.at, None)
            return [] if command.report is Report.ON_WAY else [sent, _end(command)]
        case Sent():
            return [] if command.report is Report.ON_WAY else [_end(command)]
        case Failed() if message.sent_at is not None and command.report is Report.ARRIVED:
            return [c.MessageDelivered(command.at)]
        case Waiting() | Failed() | Delivered() | Dropped():
            return []
        case _:
            assert_never(message)


def _end(command: o.HearReport) -> Change:
    if command.report is Report.ARRIVED:
        return c.MessageDelivered(command.at)
    return c.MessageFailed("undeliverable", command.at)


def forget(command: o.Forget, message: Message | None) -> list[Change]:
    """What waits is dropped; of what went, only its id and figures stay (152-FZ art. 21)."""
    waits = isinstance(message, Waiting | Sending)
    dropped = [c.MessageDropped("customer_erased", command.at)] if waits else []
    shown = message is not None and message.trail.masked is not None
    return [*dropped, *([c.AddressForgotten()] if shown else [])]


def resend(command: o.Resend, message: Message | None) -> Decision[Change]:
    """Once more, by hand (R31): not while it is on its way, nor what is not so any more."""
    if message is None:
        raise UnknownMessage("There is no such message.")
    refused = duty(command.actor, Action.SEND_MESSAGE)
    if refused is not None:
        return refused
    if isinstance(message, Waiting | Sending):
        raise MessageOnItsWay("This message is still on its way.")
    if isinstance(message, Dropped):
        raise MessageNoLongerSo("This message was dropped.", reason=message.reason)
    return [c.MessageResent(command.actor.id, command.due_at, command.expires_at)]
