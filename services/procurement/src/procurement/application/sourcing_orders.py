"""Sourcing many orders at once: the best answer is proposed beside the greedy one, and carried out on a buyer's yes
(R41, R42, R43).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chassis.chassis import Listing
from chassis.handling import Occasion, Outcome
from chassis.shops import Shops
from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.deadline import Deadline

from procurement.application.binding import Budgets
from procurement.application.taking_proposals import Sourcings, TakingProposals
from procurement.application.tendering import Tendering, Wish
from procurement.domain import sourcing as asks
from procurement.domain.answering import Answer, fallen_back, judged
from procurement.domain.budget import key_of
from procurement.domain.formulating import formulate
from procurement.domain.one_by_one import one_by_one
from procurement.domain.programme import NotSolved, Programme, Solved
from procurement.domain.proposing import propose
from procurement.domain.purchase_refusals import NothingToSource
from procurement.domain.sourcing import Sourcing
from procurement.domain.tender import Tender

Solve = Callable[[Programme], Awaitable[Solved]]
"""The port to a solver: the best answer that it finds in its time. Raise `NotSolved` when there is none."""

FRESH_FOR = timedelta(hours=1)


async def answered(tender: Tender, solve: Solve) -> Answer:
    """The best answer there is, in threads of its own; the greedy one when no better comes, with what went wrong."""
    greedy = await asyncio.to_thread(one_by_one, tender)
    formulated = await asyncio.to_thread(formulate, tender)
    try:
        solved = await solve(formulated.programme)
    except NotSolved as failed:
        return fallen_back(greedy, str(failed))
    return await asyncio.to_thread(judged, tender, formulated, solved, greedy)


@dataclass(frozen=True, slots=True)
class SourcingOrders:
    """`a_day` is the money for purchases of a day; `fresh_for` how long a proposal can be taken."""

    kept: Listing[Sourcing]
    sourcings: Sourcings
    tendering: Tendering
    taking: TakingProposals
    budgets: Budgets
    shops: Shops
    solve: Solve
    a_day: int | None
    fresh_for: timedelta = FRESH_FOR

    async def propose(
        self, sourcing_id: str, wishes: Sequence[Wish], actor: Actor, occasion: Occasion
    ) -> Outcome[Sourcing]:
        """Find the best answer and keep it as a proposal. Raise `NothingToSource`."""
        situation = await self.shops.of()
        today, calendar = situation.day_of(occasion.at), situation.calendar
        left = await self._money_left(today)
        call = await self.tendering.call(wishes, left, calendar, today, occasion.at)
        if not call.tender.needs:
            raise NothingToSource("Nothing waits to be bought, and nothing is wished for.")
        began = time.monotonic()
        answer = await answered(call.tender, self.solve)
        seconds = round(time.monotonic() - began, 3)
        found = await asyncio.to_thread(propose, call, answer, seconds, _expected_in(calendar, today))
        expires = occasion.at + self.fresh_for
        return await self.sourcings(asks.Propose(sourcing_id, found, actor, expires, occasion.at), occasion)

    async def take(self, sourcing_id: str, actor: Actor, occasion: Occasion) -> Outcome[Sourcing]:
        """A buyer's yes."""
        outcome = await self.sourcings(asks.TakeProposal(sourcing_id, actor, occasion.at), occasion)
        return replace(outcome, state=await self.taking.go_on(outcome, occasion))

    async def pass_deadline(self, sourcing_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """What nobody finished is taken up again; what nobody wanted is left."""
        passed = asks.SourcingDeadlinePassed(sourcing_id, deadline.name, occasion.at)
        await self.taking.go_on(await self.sourcings.fire(deadline, passed, occasion), occasion)

    async def _money_left(self, today: date) -> int | None:
        if self.a_day is None:
            return None
        budget = (await self.budgets.store.load(key_of(today))).state
        return max(0, self.a_day - (budget.spent if budget else 0))


def _expected_in(calendar: WorkingCalendar, today: date) -> Callable[[int], date]:
    return lambda days: calendar.nth_working_day(today, days) if days else today
