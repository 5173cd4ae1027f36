"""Resending: a person wants a message sent once more."""

from dataclasses import dataclass
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from kernel.actor import Actor

from notifications.domain import commands as o
from notifications.domain.changes import Change
from notifications.domain.message import Message
from notifications.domain.planning import expiry_of
from notifications.domain.policies import Policy
from notifications.domain.refusals import UnknownMessage


class Messages(Protocol):
    """Where messages are kept."""

    async def load(self, key: str) -> Held[Message]: ...


@dataclass(frozen=True, slots=True)
class Resending:
    """By hand; the rules of day and night hold all the same."""

    handle: Handler[o.Command, Message, Change]
    messages: Messages
    policy: Policy

    async def __call__(self, message_id: str, actor: Actor, why: Occasion) -> Outcome[Message]:
        """Due at once; what is not so any more is dropped when its turn comes."""
        message = (await self.messages.load(message_id)).state
        if message is None:
            raise UnknownMessage("There is no such message.")
        expires_at = expiry_of(message.writing, why.at, self.policy)
        return await self.handle(o.Resend(message_id, actor, why.at, why.at, expires_at), why)
