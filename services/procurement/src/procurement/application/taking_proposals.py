"""Carrying a sourcing out: orders' parts move to the better offers, and wishes go into the suppliers' drafts (R41, R42).

Each order moves once for a sourcing, and a draft takes its wishes once, however often it is carried out.
"""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.handling import Handler, Occasion, Outcome

from procurement.application.allocating import Allocating
from procurement.application.gathering import Gathering
from procurement.application.occasions import step
from procurement.domain import sourcing as asks
from procurement.domain.buying_parts import Move, MoveParts
from procurement.domain.purchase_commands import AddExtras
from procurement.domain.sourcing import Sourcing, Stage

Sourcings = Handler[asks.Command, Sourcing, asks.Change]
MOST_DRAFTS = 10


@dataclass(frozen=True, slots=True)
class TakingProposals:
    """Carries out what a buyer said yes to."""

    sourcings: Sourcings
    allocating: Allocating
    gathering: Gathering
    clock: Clock

    async def go_on(self, outcome: Outcome[Sourcing], occasion: Occasion) -> Sourcing | None:
        """Carry it out, or go on with it."""
        now = outcome.state
        if now is None or now.stage is not Stage.TAKING:
            return now
        await self._move(now, occasion)
        for supplier_id in sorted(now.proposal.wishes):
            await self._wish(supplier_id, now, step(occasion, f"wish-{supplier_id}", self.clock.now()))
        taken = asks.RecordTaken(now.sourcing_id, self.clock.now())
        return (await self.sourcings(taken, step(occasion, "taken", taken.at))).state

    async def _move(self, now: Sourcing, occasion: Occasion) -> None:
        """One order's new place may be another's old one: first those that find room, in the end those that may not, and
        then stay where they are.
        """
        waiting = dict(sorted(now.proposal.moves.items()))
        while waiting:
            ready = [order_id for order_id, moves in waiting.items() if await self._has_room(moves)]
            for order_id in ready or list(waiting):
                moves = waiting.pop(order_id)
                taken = step(occasion, f"move-{order_id}", self.clock.now(), story=order_id)
                asked = MoveParts(order_id, now.sourcing_id, moves, taken.at)
                await self.allocating.go_on((await self.allocating.allocations(asked, taken)).state, taken)

    async def _has_room(self, moves: tuple[Move, ...]) -> bool:
        wanted: dict[str, int] = {}
        for move in moves:
            wanted[move.to_offer_id] = wanted.get(move.to_offer_id, 0) + move.quantity
        held = await self.allocating.offers.store.load_many(sorted(wanted))
        return all(each.state is not None and each.state.can_spare(wanted[each.key]) for each in held)

    async def _wish(self, supplier_id: str, now: Sourcing, occasion: Occasion) -> None:
        """The draft is written down before it is added to: whoever goes on adds to the same. One that was placed in the
        meantime, without it, takes nothing more.
        """
        purchase_id, sourcing_id = now.drafts.get(supplier_id), now.sourcing_id
        for attempt in range(MOST_DRAFTS):
            if purchase_id is None:
                purchase_id = (await self.gathering.draft(supplier_id, occasion)).purchase_id
                chosen = asks.ChooseDraft(sourcing_id, supplier_id, purchase_id)
                await self.sourcings(chosen, step(occasion, f"chosen-{attempt}"))
            wishes = now.proposal.wishes[supplier_id]
            added = AddExtras(purchase_id, sourcing_id, wishes, occasion.at)
            state = (await self.gathering.purchases(added, step(occasion, f"added-{attempt}"))).state
            if state is not None and sourcing_id in state.asked_by_sourcing:
                return
            purchase_id = None
