"""The first load of the directory, and the look-over of it now and then: page by page, going on where it was cut off."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.following import Hear, Heard
from chassis.handling import Handler, Occasion
from chassis.peers import PeerDown, PeerRefused
from kernel.actor import service
from uuid_utils.compat import uuid7

from telephony_router.application.shelving import Shelf
from telephony_router.application.teaching import CardAnswer, StaffAnswer, Teaching

T = TypeVar("T", CardAnswer, StaffAnswer)
LOOK_OVER_EVERY = timedelta(hours=24)
ROUTER = service("telephony_router")


@dataclass(frozen=True, slots=True)
class Load:
    """How far the load of a kind is; `done_at` is when all of it was here last."""

    kind: str
    changed_at: datetime
    cursor: str | None = None
    read: int = 0
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """Crm is asked for everything once, and again each day, since an answer may have been lost."""

    teaching: Teaching
    note: Handler[Hear[Load], Load, Heard[Load]]
    loads: Listing[Load]
    clock: Clock

    async def once(self) -> bool:
        """All that is due; answer whether crm answered. Raise what the store raises."""
        try:
            await self._of("staff", self.teaching.crm.staff_page, self._teach_staff)
            await self._of("customers", self.teaching.crm.customer_page, self._teach_customers)
        except (PeerDown, PeerRefused):
            return False
        return True

    async def _of(
        self,
        kind: str,
        page: Callable[[str | None], Awaitable[tuple[list[T], str | None]]],
        teach: Callable[[Sequence[T], Occasion], Awaitable[None]],
    ) -> None:
        now = self.clock.now()
        load = (await self.loads.load(kind)).state or Load(kind, now)
        if load.done_at is not None and now - load.done_at < LOOK_OVER_EVERY and load.cursor is None:
            return
        read, cursor = (load.read, load.cursor) if load.cursor else (0, None)
        while True:
            occasion = self._occasion()  # before the question: what is heard while it is under way is newer
            items, cursor = await page(cursor)
            await teach(items, occasion)
            read += len(items)
            done_at = self.clock.now() if cursor is None else load.done_at
            await self.note(Hear(kind, Load(kind, self.clock.now(), cursor, read, done_at)), occasion)
            if cursor is None:
                return

    async def _teach_customers(self, items: Sequence[CardAnswer], occasion: Occasion) -> None:
        batch = [(each.learn(occasion.at), occasion) for each in items]
        _hear(self.teaching.memory.cards, await self.teaching.cards.many(batch))
        for each in items:
            await self.teaching.noticing.learn(each.customer_id, each.shop_id, each.noted, occasion)

    async def _teach_staff(self, items: Sequence[StaffAnswer], occasion: Occasion) -> None:
        batch = [(each.learn(occasion.at), occasion) for each in items]
        _hear(self.teaching.memory.people, await self.teaching.people.many(batch))

    def _occasion(self) -> Occasion:
        return Occasion(f"load:{uuid7()}", self.clock.now(), ROUTER)


def _hear(shelf: Shelf[Any], outcomes: Sequence[Any]) -> None:
    for outcome in outcomes:
        shelf.hear(outcome)
