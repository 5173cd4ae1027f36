"""Agreeing with suppliers, trying them, looking at them again (R4, R45, R48)."""

from dataclasses import dataclass, replace

from chassis.freezing import Freezing, Lock
from chassis.handling import Occasion, Outcome
from kernel.actor import Actor
from kernel.freeze import Policy

from procurement.application.owning import Owning
from procurement.domain.standing import NameOwner, ReviewSupplier, TickItem
from procurement.domain.supplier import AgreeConditions, Supplier


@dataclass(frozen=True, slots=True)
class Partnering:
    """`trial_days` of working time a new supplier is tried for; `shop_id` names the shop whose rush locks conditions."""

    owning: Owning
    trial_days: int
    freezing: Freezing
    shop_id: str

    async def agree(
        self, command: AgreeConditions, actor: Actor, occasion: Occasion, *, despite: str | None = None
    ) -> Outcome[Supplier]:
        """Register a supplier, who is on trial from now on, or agree otherwise with one (R48); the latter a rush may lock
        (R116).
        """
        owner_id = command.conditions.owner_id
        fits = owner_id is None or await self.owning.fits(owner_id, actor)
        until = (await self.owning.shops.of()).in_working_days(occasion.at, self.trial_days)
        asked = replace(command, owner_fits=fits, trial_until=until)
        outcome = await self._agreed(asked, occasion, despite)
        await self.owning.check(owner_id, occasion)
        return outcome

    async def name_owner(
        self, supplier_id: str, owner_id: str, actor: Actor, occasion: Occasion
    ) -> Outcome[Supplier]:
        """Somebody else answers for the supplier (R45)."""
        fits = await self.owning.fits(owner_id, actor)
        command = NameOwner(supplier_id, owner_id, fits, actor, occasion.at)
        outcome = await self.owning.to_suppliers(command, occasion)
        await self.owning.check(owner_id, occasion)
        return outcome

    async def act(self, command: TickItem | ReviewSupplier, occasion: Occasion) -> Outcome[Supplier]:
        """A step of the checklist, or a review."""
        return await self.owning.to_suppliers(command, occasion)

    async def _agreed(
        self, command: AgreeConditions, occasion: Occasion, despite: str | None
    ) -> Outcome[Supplier]:
        to_suppliers, id_ = self.owning.to_suppliers, command.supplier_id
        if command.opening or (await to_suppliers.store.load(id_)).state is None:
            return await to_suppliers(command, occasion)
        lock = Lock(Policy.BUYING, f"suppliers/{id_}", self.shop_id, despite)
        return await self.freezing.through(to_suppliers, command, occasion, lock)
