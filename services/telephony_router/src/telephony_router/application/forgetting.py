"""Who is erased is forgotten here too: his numbers, the recordings of his voice, what he was to be rung back for (152-FZ art. 21)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query

from telephony_router.application.journaling import Handle
from telephony_router.application.remembering import Remembered
from telephony_router.domain import call as c
from telephony_router.domain import callback as k

PAGE = 200


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Told twice, it forgets twice. His card goes last, so that a crash in between is made up for by the fact told again."""

    memory: Remembered
    handle_call: Handle
    calls: Listing[c.PhoneCall]
    handle_callback: Handler[k.Command, k.Callback, k.Change]
    callbacks: Listing[k.Callback]

    async def forget(self, customer_id: str, occasion: Occasion) -> None:
        """In all calls and callbacks of his, and of a number that was his alone."""
        queries = [{"customer_id": customer_id}, *({"hash": each} for each in self._his_alone(customer_id))]
        for equal in queries:
            async for call_id in _keys(self.calls, Query(equal=equal)):
                await self.handle_call(c.ForgetCaller(call_id=call_id, at=occasion.at), occasion)
            async for callback_id in _keys(self.callbacks, Query(equal=equal)):
                command = k.ForgetWisher(callback_id=callback_id, actor=occasion.actor, at=occasion.at)
                await self.handle_callback(command, occasion)

    def _his_alone(self, customer_id: str) -> list[str]:
        card = self.memory.cards.get(customer_id)
        hashes = card.hashes if card else ()
        return [
            each
            for each in hashes
            if {one.customer_id for one in self.memory.with_hash(each)} <= {customer_id}
        ]


async def _keys(things: Listing[Any], query: Query) -> AsyncIterator[str]:
    """All of them are read before the first is changed, since who is forgotten is found no more."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = await things.page(query, PAGE, after)
        found += [held.key for held in page.items]
        if page.next is None:
            break
        after = page.next
    for key in found:
        yield key
