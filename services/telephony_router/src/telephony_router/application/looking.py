"""Looking at what is sealed: a recording, a caller's number. Each look stands in the call's timeline."""

from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.handling import Occasion
from kernel.actor import Actor

from telephony_router.application.journaling import Handle
from telephony_router.domain import call as c
from telephony_router.domain.call_story import story
from telephony_router.domain.refusals import NoRecording, UnknownCall


@dataclass(frozen=True, slots=True)
class Looking:
    """Written down first, then shown."""

    handle: Handle
    calls: Listing[c.PhoneCall]

    async def recording(self, call_id: str, actor: Actor, occasion: Occasion) -> str:
        """Where the provider keeps it."""
        found = story(await self.call(call_id)).recording
        if found is None:
            raise NoRecording("The call has no recording, or none was told of yet.")
        await self._note(call_id, "recording", actor, occasion)
        return found

    async def number(self, call_id: str, actor: Actor, occasion: Occasion) -> str | None:
        """The caller's number, to ring him back."""
        found = (await self.call(call_id)).offer.number
        await self._note(call_id, "number", actor, occasion)
        return found

    async def call(self, call_id: str) -> c.PhoneCall:
        """The call; raise when there is none."""
        found = (await self.calls.load(call_id)).state
        if found is None:
            raise UnknownCall("There is no such call.")
        return found

    async def _note(self, call_id: str, what: str, actor: Actor, occasion: Occasion) -> None:
        await self.handle(c.NoteLook(call_id=call_id, what=what, by=actor.id, at=occasion.at), occasion)
