"""Several cards of one person become one, and two again. Two documents take part: the merged card says first what is to be done,
and whoever finds it half done does the rest.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from chassis.handling import Occasion, Outcome
from chassis.listing import Query

from crm.application.knowing import Knowing
from crm.domain import doubles as d
from crm.domain import erasure as e
from crm.domain.customer import Customer
from crm.domain.merging import marks
from crm.domain.refusals import NoRoomOnCard, NotMerged, UnknownCustomer
from crm.domain.whereabouts import there

MOST_TOGETHER = 50
AT_ONCE = 100
CUSTOMERS = "customers"


class Turns(Protocol):
    """One at a time, over all processes."""

    def turn(self, of: str) -> AbstractAsyncContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Merging:
    """Merges, undos and erasures take turns, so that two at once make no circle."""

    knowing: Knowing
    turns: Turns

    async def merge(self, customer_id: str, merged_id: str, why: Occasion) -> Outcome[Customer]:
        """`merged_id` is `customer_id`, who keeps what is known of him and gains what is not."""
        async with self.turns.turn(CUSTOMERS):
            winner = there(await self._finished(customer_id, why))
            other = await self._finished(merged_id, why)
            if len(set(winner.hashes) | set(other.hashes)) > MOST_TOGETHER:
                raise NoRoomOnCard(f"A merged customer has {MOST_TOGETHER} phones at most.")
            done = await self.knowing.handle(d.Join(merged_id, customer_id, why.actor, why.at), why)
            await self.settle(merged_id, why)
            return done

    async def unmerge(self, customer_id: str, merged_id: str, why: Occasion) -> Outcome[Customer]:
        """They were two after all. One who was merged on is given back by whoever he is by now, first."""
        async with self.turns.turn(CUSTOMERS):
            there(await self._finished(customer_id, why))
            other = await self._finished(merged_id, why)
            if other.joined is not None and other.joined.into != customer_id:
                raise NotMerged("This card was merged into another.", merged_into=other.joined.into)
            done = await self.knowing.handle(d.Part(merged_id, why.actor, why.at), why)
            await self.settle(merged_id, why)
            return done

    async def erase(self, customer_id: str, reason: str, why: Occasion) -> Outcome[Customer]:
        """The person, with all of his cards, whichever of them is named."""
        async with self.turns.turn(CUSTOMERS):
            named = await self._finished(customer_id, why)
            now = await self.knowing.phones.now_of(named)
            await self._finished(now.customer_id, why)
            return await self.knowing.handle(e.Erase(now.customer_id, reason, why.actor, why.at), why)

    async def settle(self, merged_id: str, why: Occasion) -> None:
        """What is half done at this card is done; may be broken off and begun again anywhere."""
        card = (await self.knowing.customers.load(merged_id)).state
        if card is None or card.joined is None or card.joined.phase is d.Phase.JOINED:
            return
        joined, step = card.joined, Occasion(f"{why.id}:settle", why.at, why.actor)
        into = (await self.knowing.customers.load(joined.into)).state
        if into is not None and into.erased is not None and joined.phase is d.Phase.JOINING:
            await self.knowing.handle(e.GoWith(merged_id, into.erased), step)
            return
        if joined.phase is d.Phase.JOINING:
            told = d.TakeIn(joined.into, merged_id, card.phones, marks(card), joined.by, why.at)
            await self.knowing.handle(told, step)
        elif into is not None and into.erased is None:
            await self.knowing.handle(d.LetGo(joined.into, merged_id, joined.by, why.at), step)
        await self.knowing.handle(d.Settle(merged_id), step)

    async def cards_of(self, customer_id: str, *, settling: bool | None = None) -> list[str]:
        """The cards that were merged into this one."""
        asked = {"joined_into": customer_id, **({} if settling is None else {"settling": settling})}
        page = await self.knowing.customers.page(Query(equal=asked), AT_ONCE)
        return [held.key for held in page.items]

    async def _finished(self, customer_id: str, why: Occasion) -> Customer:
        """The card, after all that a crash has left half done at it."""
        for merged_id in await self.cards_of(customer_id, settling=True):
            await self.settle(merged_id, why)
        await self.settle(customer_id, why)
        found = (await self.knowing.customers.load(customer_id)).state
        if found is None:
            raise UnknownCustomer("There is no such customer.")
        return found
