"""What is done when a purchase's time has come: a reminder, a missed cut-off, goods that are late, a step nobody finished
(R42, R43).
"""

from dataclasses import dataclass

from chassis.handling import Occasion
from kernel.deadline import Deadline

from procurement.application.delivering import Delivering
from procurement.application.purchasing import Purchasing
from procurement.domain.purchase import Purchase, Stage
from procurement.domain.purchase_clock import LATE, REMIND
from procurement.domain.purchase_commands import PurchaseDeadlinePassed


@dataclass(frozen=True, slots=True)
class PurchaseDeadlines:
    """Whatever others have to do comes first: when it fails, the deadline comes back."""

    purchasing: Purchasing
    delivering: Delivering

    async def pass_deadline(self, purchase_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Do what is due."""
        gathering = self.purchasing.gathering
        now = (await gathering.kept.load(purchase_id)).state
        if now is None:
            return
        waiting = now.stage is Stage.DRAFT and await self.purchasing.demanding.waits(now.supplier_id)
        await self._first(now, deadline, occasion)
        supplier = await gathering.supplier(now.supplier_id)
        following, owner_id = await gathering.day(supplier, occasion.at), await gathering.owner_of(supplier)
        passed = PurchaseDeadlinePassed(purchase_id, deadline.name, owner_id, waiting, following, occasion.at)
        after = (await gathering.purchases.fire(deadline, passed, occasion)).state
        await self.delivering.go_on(await self.purchasing.binding.go_on(after, occasion), occasion)

    async def _first(self, now: Purchase, deadline: Deadline, occasion: Occasion) -> None:
        if deadline.name == LATE and now.stage is Stage.SENT:
            await self.delivering.tell_late(now, occasion)
        if deadline.name == REMIND and now.stage is Stage.DRAFT and now.agreed.alone:
            await self.purchasing.place_alone(now.purchase_id, occasion)
