"""Forgetting: a customer was erased. What waits is dropped, whom the rest went to goes; ids and figures stay (152-FZ art. 21)."""

from dataclasses import dataclass, replace

from chassis.handling import Handler, Occasion
from chassis.listing import Query

from notifications.application.corresponding import PAGE, Messages
from notifications.domain.changes import Change
from notifications.domain.commands import Command, Forget
from notifications.domain.message import Message


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Told twice it ends the same."""

    messages: Messages
    handle: Handler[Command, Message, Change]

    async def __call__(self, customer_id: str, why: Occasion) -> None:
        """All that was ever written to him."""
        for listed in (customer_id, None):  # None: kept by a version that did not list whose they are
            await self._of(customer_id, Query(equal={"customer_id": listed}), why)

    async def _of(self, customer_id: str, query: Query, why: Occasion) -> None:
        after: str | None = None
        while True:
            page = await self.messages.page(query, PAGE, after)
            for held in page.items:
                if held.state and held.state.writing.customer_id == customer_id:
                    quiet = replace(why, id=f"{why.id}/{held.key}", heard=None, remembered=False)
                    await self.handle(Forget(held.key, why.at), quiet)
            after = page.next
            if after is None:
                return
