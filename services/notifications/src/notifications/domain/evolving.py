"""Evolve: what a change makes of a message."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from notifications.domain import changes as c
from notifications.domain.changes import Change
from notifications.domain.message import Delivered, Dropped, Failed, Message, Sending, Sent, Trail, Waiting


class ImpossibleHistory(Exception):
    """A change that can't have happened to this message: a defect."""


def evolve(message: Message | None, change: Change) -> Message:
    """The message after the change."""
    match change, message:
        case c.MessageWritten(), None:
            return Waiting(change.writing, change.due_at, change.expires_at)
        case DutyRefused(), Waiting() | Sending() | Sent() | Delivered() | Failed() | Dropped():
            return message
        case c.AddressForgotten(), Waiting() | Sending() | Sent() | Delivered() | Failed() | Dropped():
            return replace(message, trail=replace(message.trail, masked=None))
        case _, Waiting() | Sending():
            return _on_its_way(message, change)
        case _, Sent() | Delivered() | Failed():
            return _afterwards(message, change)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _on_its_way(message: Waiting | Sending, change: Change) -> Message:
    writing, trail = message.writing, message.trail
    match change:
        case c.MessagePutOff():
            return Waiting(writing, change.until, message.expires_at, trail, _perhaps_taken(message))
        case c.SendingBegun():
            begun = replace(trail, tries=trail.tries + 1, language=change.language, masked=change.masked)
            return Sending(writing, change.at, message.expires_at, begun)
        case c.TryFailed():
            tries = trail.tries if isinstance(message, Sending) else trail.tries + 1
            tried = replace(trail, fault=change.fault, tries=tries)
            unsure = change.perhaps_taken or (isinstance(message, Waiting) and message.perhaps_taken)
            return Waiting(writing, change.again_at, message.expires_at, tried, unsure)
        case c.MessageSent():
            return Sent(
                writing,
                replace(trail, fault=None),
                change.gateway,
                change.gateway_id,
                change.at,
                change.cost,
                change.look_at,
            )
        case c.MessageFailed():
            return Failed(writing, trail, change.reason, change.at)
        case c.MessageDropped():
            return Dropped(writing, trail, change.reason, change.at)
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _perhaps_taken(message: Waiting | Sending) -> bool:
    return isinstance(message, Sending) or message.perhaps_taken


def _afterwards(message: Sent | Delivered | Failed, change: Change) -> Message:
    match change, message:
        case c.MessageResent(), _:
            trail = Trail(message.trail.round + 1, 0, message.trail.language, message.trail.masked)
            return Waiting(message.writing, change.due_at, change.expires_at, trail)
        case c.LookedInVain(), Sent():
            return replace(message, look_at=change.again_at, looks=message.looks + 1)
        case c.MessageDelivered(), Sent() | Failed():
            return _arrived(message, change)
        case c.MessageFailed(), Sent():
            return Failed(
                message.writing,
                message.trail,
                change.reason,
                change.at,
                message.gateway,
                message.gateway_id,
                message.sent_at,
            )
        case _:
            raise ImpossibleHistory(type(change).__name__)


def _arrived(message: Sent | Failed, change: c.MessageDelivered) -> Delivered:
    """A report that comes before the gateway's own answer was saved counts as that answer."""
    cost = message.cost if isinstance(message, Sent) else None
    return Delivered(
        message.writing,
        message.trail,
        message.gateway or "unknown",
        message.gateway_id,
        message.sent_at or change.at,
        change.at,
        cost,
    )
