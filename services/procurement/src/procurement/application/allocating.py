"""Finding supply for an order, and freeing it: the steps between an allocation and the offers that hold its parts.

Each step reads where the allocation stands and moves it on; who dies in between is followed by whoever takes the
deadline (wire.md 3, "many things at once").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Outcome
from chassis.shops import Shops
from kernel.deadline import Deadline

from procurement.application.answers import NoteAnswer, answer_given, answers_missed
from procurement.application.candidates import Sourcing
from procurement.application.occasions import step
from procurement.application.scoring import Answered
from procurement.application.stopping import ClosedGoods
from procurement.domain import allocation as wanted
from procurement.domain import offer as offering
from procurement.domain.allocation import AWAY, ENDS, Allocation, Grip, Stage, Want
from procurement.domain.allocation_changes import Change
from procurement.domain.allocation_rounds import brought_by
from procurement.domain.allocation_sending import can_send, going_at
from procurement.domain.offer import Offer
from procurement.domain.planning import Calendar, make_plan
from procurement.domain.ranking import USUAL, Weights
from procurement.domain.sending_parts import SendOut

MOST_STEPS = 40
ANSWER_WITHIN = timedelta(hours=4)

Allocations = Handler[wanted.Command, Allocation, Change]
Offers = Handler[offering.Command, Offer, offering.Change]


@dataclass(frozen=True, slots=True)
class Allocating:
    """The shop's working time counts until a supplier has to have answered, `answer_within`."""

    allocations: Allocations
    offers: Offers
    sourcing: Sourcing
    clock: Clock
    shops: Shops
    closed: ClosedGoods
    note_answer: NoteAnswer
    answer_within: timedelta = ANSWER_WITHIN
    weights: Weights = USUAL

    async def seek(
        self,
        order_id: str,
        lines: Sequence[Want],
        occasion: Occasion,
        *,
        placed_at: datetime | None = None,
        shop_id: str = "",
    ) -> None:
        """An order was placed: find what it wants, or say that it is not to be had (R28, R41)."""
        sought = wanted.SeekSupply(order_id, tuple(lines), occasion.at, placed_at, shop_id)
        await self.go_on((await self.allocations(sought, occasion)).state, occasion)

    async def follow(
        self,
        order_id: str,
        lines: Sequence[Want],
        occasion: Occasion,
        *,
        placed_at: datetime | None = None,
        shop_id: str = "",
    ) -> None:
        """The customer wants these lines now: free what is not wanted, find what is (R30)."""
        wanted_now = wanted.FollowLines(order_id, tuple(lines), occasion.at, placed_at, shop_id)
        await self.go_on((await self.allocations(wanted_now, occasion)).state, occasion)

    async def release(self, order_id: str, lines: Sequence[Want], reason: str, occasion: Occasion) -> None:
        """An order was cancelled: hold nothing for it, now or later (R27)."""
        given_up = wanted.ReleaseSupply(order_id, tuple(lines), reason, occasion.at)
        await self.go_on((await self.allocations(given_up, occasion)).state, occasion)

    async def answer(self, command: wanted.AnswerForSupplier, occasion: Occasion) -> Outcome[Allocation]:
        """A buyer records what the supplier said; how soon it came is noted (R45)."""
        outcome = await self.allocations(command, occasion)
        if outcome.state is not None:
            calendar = (await self.shops.of(outcome.state.shop_id)).calendar
            found = answer_given(outcome.state, command.offer_id, command.at, calendar, self.answer_within)
            await self._note(found, occasion)
        await self.go_on(outcome.state, occasion)
        return outcome

    async def pass_deadline(self, order_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Take up a step that nobody finished, or give up an answer that did not come."""
        passed = wanted.AllocationDeadlinePassed(order_id, deadline.name, occasion.at)
        outcome = await self.allocations.fire(deadline, passed, occasion)
        await self._note(answers_missed(outcome, occasion.at), occasion)
        await self.go_on(outcome.state, occasion)

    async def _note(self, answers: Sequence[Answered], occasion: Occasion) -> None:
        for each in answers:
            await self.note_answer(each, occasion)

    async def go_on(self, now: Allocation | None, occasion: Occasion) -> None:
        """Carry an allocation on to its end, or to where it waits for a supplier."""
        for _ in range(MOST_STEPS):
            if now is None or now.stage is Stage.ASKING or (now.stage in ENDS and not can_send(now)):
                return
            now = (await self._step(now, self._step_of(now, occasion))).state

    def _step_of(self, now: Allocation, occasion: Occasion) -> Occasion:
        """Each step is an occasion of its own, caused by the first; nothing of it need be remembered."""
        name = f"{now.stage}-{now.round}"
        return step(occasion, name, self.clock.now(), story=now.order_id)

    async def _step(self, now: Allocation, occasion: Occasion) -> Outcome[Allocation]:
        match now.stage:
            case Stage.SOUGHT:
                return await self._plan(now, occasion)
            case Stage.HOLDING:
                return await self._hold(now, occasion)
            case Stage.ALLOCATED | Stage.SHORT | Stage.RELEASED:
                return await self.allocations(SendOut(now.order_id, now.round, occasion.at), occasion)
            case _:
                return await self._free(now, occasion)

    async def _plan(self, now: Allocation, occasion: Occasion) -> Outcome[Allocation]:
        remaining = now.remaining()
        products = {want.product_id for want in remaining}
        closed = await self.closed.closed_for(products, now.placed_at)
        found = await self.sourcing.candidates(products - closed, now.excluded, occasion.at)
        calendar = (await self.shops.of(now.shop_id)).calendar
        dates = Calendar.of(calendar, occasion.at, calendar.after(occasion.at, self.answer_within))
        plan = make_plan(remaining, found, dates, self.weights, closed)
        return await self.allocations(
            wanted.PlanSupply(now.order_id, now.round, plan.parts, plan.lacking, occasion.at), occasion
        )

    async def _hold(self, now: Allocation, occasion: Occasion) -> Outcome[Allocation]:
        lost: set[str] = set()
        for offer_id in now.offers(Grip.PLANNED):
            if not await self._hold_at(offer_id, now, occasion):
                lost.add(offer_id)
        recorded = wanted.RecordHolds(now.order_id, now.round, frozenset(lost), self.clock.now())
        return await self.allocations(recorded, replace(occasion, at=recorded.at))

    async def _hold_at(self, offer_id: str, now: Allocation, occasion: Occasion) -> bool:
        at, quantity = self.clock.now(), now.total_at(offer_id)
        due, out_of = now.due_at or at, brought_by(now, offer_id)
        asked = offering.HoldOffer(offer_id, now.order_id, quantity, now.round, due, at, out_of)
        outcome = await self.offers(asked, replace(occasion, at=at))
        hold = outcome.state.holds.get(now.order_id) if outcome.state else None
        return hold is not None and hold.round == now.round and hold.quantity >= quantity

    async def _free(self, now: Allocation, occasion: Occasion) -> Outcome[Allocation]:
        went: dict[str, int] = {}
        for offer_id in now.offers(*AWAY):
            keep, going = now.total_at(offer_id), going_at(now, offer_id)
            freed = offering.FreeOffer(offer_id, now.order_id, keep, now.round, self.clock.now(), going)
            after = (await self.offers(freed, replace(occasion, at=freed.at))).state
            if going and after:
                went[offer_id] = after.sent.get(going.name, 0)
        recorded = wanted.RecordFreed(now.order_id, now.round, self.clock.now(), went)
        return await self.allocations(recorded, replace(occasion, at=recorded.at))
