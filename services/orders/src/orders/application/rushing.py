"""Rushing: what is asked of a shop's rush, with the shop's people and working time looked up for the rules."""

from dataclasses import dataclass

from chassis.handling import Decider, Handler, Occasion, Outcome, Store
from kernel.deadline import Deadline

from orders.application.announcing_rush import announce_rush
from orders.application.working_time import Situation, Situations
from orders.domain.rush import RushBook
from orders.domain.rush_changes import RushChange
from orders.domain.rush_commands import PassRushDeadline, RushCommand
from orders.domain.rush_deadlines import rush_deadlines
from orders.domain.rush_decider import decide_rush
from orders.domain.rush_evolving import evolve_rush
from orders.domain.rush_words import Part

RUSH: Decider[RushCommand, RushBook, RushChange] = Decider(
    lambda command: command.shop_id, decide_rush, evolve_rush, announce_rush, rush_deadlines
)


@dataclass(frozen=True, slots=True)
class Rushing:
    """All that is done to the rushes of shops goes through here."""

    handle: Handler[RushCommand, RushBook, RushChange]
    books: Store[RushBook]
    situations: Situations

    async def situation(self, shop_id: str) -> Situation:
        """The shop's clocks and people."""
        return await self.situations.of(shop_id)

    async def book(self, shop_id: str) -> RushBook:
        """The shop's book; an empty one where nothing was written yet."""
        return (await self.books.load(shop_id)).state or RushBook(shop_id)

    async def rushes(self, shop_id: str, part: Part) -> bool:
        """Whether a rush with this part is on in the shop."""
        return (await self.book(shop_id)).rush_with(part) is not None

    async def on_deadline(self, shop_id: str, deadline: Deadline, why: Occasion) -> Outcome[RushBook]:
        """The planned end has passed, or a bonus list waits."""
        clocks = (await self.situation(shop_id)).clocks
        return await self.handle.fire(deadline, PassRushDeadline(shop_id, deadline.name, why.at, clocks), why)
