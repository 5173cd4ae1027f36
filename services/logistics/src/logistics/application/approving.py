"""Approving terms: what comes into force by it a rush may lock; drafts it does not (R60, R116)."""

from dataclasses import dataclass

from chassis.freezing import Freezing, Lock
from chassis.handling import Occasion, Outcome
from kernel.freeze import Policy

from logistics.application.agreeing import Agreeing
from logistics.domain.carrier import ApproveTerms, Carrier


@dataclass(frozen=True, slots=True)
class Approving:
    """`shop_id` names the shop whose rush counts: carriers are all shops'."""

    agreeing: Agreeing
    freezing: Freezing
    shop_id: str

    async def approve(
        self, command: ApproveTerms, occasion: Occasion, despite: str | None = None
    ) -> Outcome[Carrier]:
        """A second person's yes, unless a rush locks it; `despite`: the owner's reason."""
        what = f"carriers/{command.carrier_id}/terms/{command.number}"
        lock = Lock(Policy.DELIVERY_PRICES, what, self.shop_id, despite)
        outcome = await self.freezing.through(self.agreeing.carriers, command, occasion, lock)
        self.agreeing.forget()
        return outcome
