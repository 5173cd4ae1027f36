"""From a draft to what went to the supplier: placing binds what is held for orders, takes of the day's money, and can be
undone until it is sent (R42, R43, R80).
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from chassis.handling import Occasion, Outcome
from kernel.actor import Actor
from kernel.money import Money
from kernel.refusal import Refusal

from procurement.application.binding import Binding
from procurement.application.demanding import Demanding
from procurement.application.gathering import Gathering, agreed
from procurement.application.occasions import step
from procurement.domain import purchase_commands as asks
from procurement.domain.purchase import How, Purchase, Stage
from procurement.domain.purchase_clock import expected
from procurement.domain.purchase_refusals import BudgetSpent, NotOfThisSupplier, UnknownPurchase


@dataclass(frozen=True, slots=True)
class Purchasing:
    """`approve_above`: a purchase that costs more needs a second person; None for no limit."""

    gathering: Gathering
    demanding: Demanding
    binding: Binding
    approve_above: Money | None

    async def place(
        self, purchase_id: str, actor: Actor, occasion: Occasion, *, automatic: bool = False
    ) -> Outcome[Purchase]:
        """Fix what is bought; raise `BudgetSpent` when the day's money does not suffice."""
        now = await self.known(purchase_id)
        supplier = await self.gathering.supplier(now.supplier_id)
        claims = await self.demanding.claims(now.supplier_id) if now.stage is Stage.DRAFT else ()
        command = asks.PlacePurchase(
            purchase_id=purchase_id,
            claims=claims,
            goods=await self.demanding.goods([*(claim.offer_id for claim in claims), *now.extras]),
            agreed=agreed(supplier),
            approve_above=self.approve_above,
            actor=actor,
            on=(await self.gathering.shops.of()).day_of(occasion.at),
            at=occasion.at,
            automatic=automatic,
        )
        outcome = await self.gathering.purchases(command, occasion)
        after = await self.binding.go_on(outcome.state, occasion)
        if after is not None and after.stage is Stage.DRAFT and after.reason == "budget_spent":
            raise BudgetSpent("The money for purchases of this day does not suffice.")
        return replace(outcome, state=after)

    async def act(self, command: asks.ByPerson, occasion: Occasion) -> Outcome[Purchase]:
        """A person's other steps before it is sent."""
        outcome = await self.gathering.purchases(command, occasion)
        return replace(outcome, state=await self.binding.go_on(outcome.state, occasion))

    async def cancel(self, purchase_id: str, actor: Actor, occasion: Occasion) -> Outcome[Purchase]:
        """Not to be ordered."""
        now = await self.known(purchase_id)
        waiting = await self.demanding.waits(now.supplier_id)
        return await self.act(asks.CancelPurchase(purchase_id, waiting, actor, occasion.at), occasion)

    async def wish(
        self, purchase_id: str, extras: Mapping[str, int], actor: Actor, occasion: Occasion
    ) -> Outcome[Purchase]:
        """What is to be bought for our own stock; raise `NotOfThisSupplier`."""
        now = await self.known(purchase_id)
        goods = await self.demanding.goods(extras)
        strange = [each for each in extras if each not in goods or not each.startswith(f"{now.supplier_id}:")]
        if strange:
            raise NotOfThisSupplier("The supplier has no such offer.", offer_id=strange[0])
        return await self.act(asks.SetExtras(purchase_id, extras, actor, occasion.at), occasion)

    async def mark_sent(
        self, purchase_id: str, how: How, actor: Actor, occasion: Occasion
    ) -> Outcome[Purchase]:
        """It went to the supplier; the day on which its goods are due is known from now on."""
        now = await self.known(purchase_id)
        calendar = (await self.gathering.shops.of()).calendar
        due, late_at = expected(now.buying.day, now.agreed.lead_days, calendar)
        return await self.act(asks.MarkSent(purchase_id, how, due, late_at, actor, occasion.at), occasion)

    async def known(self, purchase_id: str) -> Purchase:
        """The purchase; raise `UnknownPurchase`."""
        state = (await self.gathering.kept.load(purchase_id)).state
        if state is None:
            raise UnknownPurchase("There is no such purchase.")
        return state

    async def place_alone(self, purchase_id: str, occasion: Occasion) -> None:
        """By the supplier's permission, without a click; what a rule forbids waits for its owner (R43)."""
        with suppress(Refusal):
            await self.place(purchase_id, occasion.actor, step(occasion, "alone"), automatic=True)
