"""Sending: a message's moment has come. It is looked at once more, put into words, and a gateway is asked.

That a gateway is about to be asked is saved before it is asked. Who dies in between leaves the message `sending`; whoever
settles it asks again with the same key, and looks first what the gateway knows of it, where it can be asked.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chassis.handling import Decider, Handler, Held, Occasion
from kernel.deadline import Deadline

from notifications.application.announcements import announce
from notifications.application.asking_others import NothingToTell
from notifications.application.contact import Unanswered, Withheld
from notifications.application.handing_over import HandingOver, Letter, NoAddress
from notifications.application.outgoing import Answer, NotNow, Refused, Taken
from notifications.application.readiness import Readiness
from notifications.application.wording import Unwordable
from notifications.domain import commands as o
from notifications.domain.changes import Change
from notifications.domain.deadlines import LOOK, deadlines
from notifications.domain.decider import decide
from notifications.domain.evolving import evolve
from notifications.domain.message import Message, Sending, Sent, Waiting, key_of
from notifications.domain.policies import LOOKS, pause_before
from notifications.domain.words import Channel

MESSAGE: Decider[o.Command, Message, Change] = Decider(
    lambda command: command.message_id, decide, evolve, announce, deadlines
)


class Messages(Protocol):
    """Where messages are kept."""

    async def load(self, key: str) -> Held[Message]: ...


@dataclass(frozen=True, slots=True)
class SendingOut:
    """What a message's deadlines do."""

    handle: Handler[o.Command, Message, Change]
    messages: Messages
    readiness: Readiness
    handing_over: HandingOver

    async def on_deadline(self, message_id: str, deadline: Deadline, why: Occasion) -> None:
        """It is to be sent, settled, or looked after."""
        message = (await self.messages.load(message_id)).state
        match message:
            case Waiting() | Sending():
                await self._send(message, deadline, why)
            case Sent() if deadline.name == LOOK:
                await self._look(message, deadline, why)
            case _:
                await self.handle.fire(deadline, o.LookLater(message_id, None), why)

    async def _send(self, message: Waiting | Sending, deadline: Deadline, why: Occasion) -> None:
        ready = await self._made(message, why.at)
        if not isinstance(ready, Letter):
            await self.handle.fire(deadline, ready, why)
            return
        begin = o.BeginSending(message.writing.message_id, ready.language, ready.masked, why.at)
        begun = await self.handle.fire(deadline, begin, why)
        if isinstance(begun.state, Sending) and begun.changes:  # else somebody else is sending it
            gateway, answer = await self.handing_over.hand_over(ready)
            told = self._told(begun.state, gateway, answer, why.at)
            await self.handle(told, replace(why, id=f"{why.id}/answer"))
            self.handing_over.measure(
                message.writing.channel, message.writing.template, type(answer).__name__.lower()
            )

    async def _made(self, message: Waiting | Sending, at: datetime) -> Letter | o.Command:
        """What is ready to go, or what becomes of the message instead."""
        id_ = message.writing.message_id
        instead = await self.readiness.instead(message, at)
        if instead is not None:
            return instead
        try:
            return await self.handing_over.letter(message, await self.readiness.zone(message), at)
        except (Unanswered, Unwordable) as fault:
            down = isinstance(fault, Unanswered)
            return self._later(message, fault.fault if down else "template_broken", at)
        except Withheld as no:
            return o.GiveUp(id_, no.reason, at)
        except NothingToTell as gone:
            return o.Drop(id_, gone.reason, at)
        except NoAddress:
            by_sms_too = message.writing.follows is not None
            return o.Drop(id_, "no_address", at) if by_sms_too else o.GiveUp(id_, "no_address", at)

    def _later(
        self, message: Waiting | Sending, fault: str, at: datetime, *, perhaps_taken: bool = False
    ) -> o.Command:
        tries = message.trail.tries + (0 if isinstance(message, Sending) else 1)
        again_at = at + pause_before(tries, self.readiness.policy)
        return o.TryLater(message.writing.message_id, fault, again_at, perhaps_taken)

    def _told(self, message: Sending, gateway: str, answer: Answer, at: datetime) -> o.Command:
        id_ = message.writing.message_id
        match answer:
            case Taken():
                look = LOOKS[0] if message.writing.channel is Channel.SMS else None
                return o.RecordTaken(id_, key_of(message), gateway, answer.gateway_id, answer.cost, at, look)
            case Refused():
                return o.GiveUp(id_, answer.reason, at)
            case NotNow():
                return self._later(message, answer.fault, at, perhaps_taken=answer.perhaps_taken)

    async def _look(self, message: Sent, deadline: Deadline, why: Occasion) -> None:
        report = await self.handing_over.look(message)
        id_, looks = message.writing.message_id, message.looks + 1
        if report is not None:
            heard = o.HearReport(id_, key_of(message), message.gateway, message.gateway_id, report, why.at)
            if (await self.handle.fire(deadline, heard, why)).changes:
                return
        again_at = why.at + LOOKS[looks] if looks < len(LOOKS) else None
        await self.handle(o.LookLater(id_, again_at), replace(why, id=f"{why.id}/later"))
