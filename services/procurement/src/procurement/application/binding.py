"""The steps of placing and undoing: a purchase takes the day's money and what orders hold, or gives both back.

They are as an allocation's: each may be taken twice, and who dies in between is followed by whoever takes the deadline
(wire.md 3).
"""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.handling import Handler, Occasion
from kernel.money import Money

from procurement.application.allocating import Allocating
from procurement.application.gathering import Purchases
from procurement.application.occasions import step
from procurement.domain import budget as spending
from procurement.domain import purchase_commands as asks
from procurement.domain.allocation_buying import bought_by
from procurement.domain.allocation_rounds import is_given_up
from procurement.domain.budget import Budget
from procurement.domain.buying_parts import BuyParts, UnbuyParts
from procurement.domain.offer import FreeOffer, HoldOffer
from procurement.domain.purchase import UNDER_WAY, Claim, Purchase, Stage, holder

Budgets = Handler[spending.Command, Budget, spending.Change]
MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Binding:
    """`a_day` is what may be spent on one day, fees included, in minor units; None for no limit (R42)."""

    purchases: Purchases
    allocating: Allocating
    budgets: Budgets
    a_day: int | None
    clock: Clock

    async def go_on(self, now: Purchase | None, occasion: Occasion) -> Purchase | None:
        """Carry out what is under way."""
        for _ in range(MOST_STEPS):
            if now is None or now.stage not in UNDER_WAY:
                return now
            taken = step(occasion, f"{now.stage}-{now.step}", self.clock.now(), story=now.purchase_id)
            act = self._bind if now.stage is Stage.PLACING else self._unbind
            now = await act(now, taken)
        return now

    async def _bind(self, now: Purchase, occasion: Occasion) -> Purchase | None:
        beyond = not await self._take_money(now, occasion)
        claims: list[Claim] = []
        for order_id in () if beyond else dict.fromkeys(claim.order_id for claim in now.claims):
            claims += await self._buy(order_id, now, occasion)
        for offer_id, quantity in sorted({} if beyond else now.extras.items()):
            due = now.due_at or occasion.at
            name, fence = holder(now.purchase_id), 2 * now.step
            held = HoldOffer(offer_id, name, quantity, fence, due, occasion.at)
            await self.allocating.offers(held, occasion)
        bound = asks.RecordBound(now.purchase_id, now.step, tuple(claims), beyond, occasion.at)
        return (await self.purchases(bound, occasion)).state

    async def _take_money(self, now: Purchase, occasion: Occasion) -> bool:
        amount = (now.total + (now.agreed.fee or Money(0))).minor
        day = now.placed_on or now.buying.day
        asked = spending.TakeMoney(day, now.purchase_id, now.step, amount, self.a_day, occasion.at)
        budget = (await self.budgets(asked, occasion)).state
        return budget is not None and budget.taken.get(now.purchase_id) == amount

    async def _buy(self, order_id: str, now: Purchase, occasion: Occasion) -> list[Claim]:
        offers = tuple(claim.offer_id for claim in now.claims if claim.order_id == order_id)
        asked = BuyParts(order_id, now.purchase_id, now.step, offers, occasion.at)
        state = (await self.allocating.allocations(asked, occasion)).state
        bought = bought_by(state, now.purchase_id) if state else {}
        return [Claim(order_id, offer_id, bought[offer_id]) for offer_id in sorted(bought)]

    async def _unbind(self, now: Purchase, occasion: Occasion) -> Purchase | None:
        for order_id in dict.fromkeys(claim.order_id for claim in now.claims):
            await self._unbuy(order_id, now, occasion)
        for offer_id in sorted(now.extras):
            freed = FreeOffer(offer_id, holder(now.purchase_id), 0, 2 * now.step, occasion.at)
            await self.allocating.offers(freed, occasion)
        day = now.placed_on or now.buying.day
        back = spending.GiveBack(day, now.purchase_id, now.step, occasion.at)
        await self.budgets(back, occasion)
        undone = asks.RecordUndone(now.purchase_id, now.step, occasion.at)
        return (await self.purchases(undone, occasion)).state

    async def _unbuy(self, order_id: str, now: Purchase, occasion: Occasion) -> None:
        asked = UnbuyParts(order_id, now.purchase_id, now.step, occasion.at)
        state = (await self.allocating.allocations(asked, occasion)).state
        if state is None or not is_given_up(state):
            return
        for offer_id in sorted({claim.offer_id for claim in now.claims if claim.order_id == order_id}):
            keep = state.total_at(offer_id)
            freed = FreeOffer(offer_id, order_id, keep, state.round, occasion.at)
            await self.allocating.offers(freed, occasion)
