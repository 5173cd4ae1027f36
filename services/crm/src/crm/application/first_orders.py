"""After his first completed order a customer passes from the sales manager to an account manager (R98), as orders tells of it: late,
twice, or of the second before the first.
"""

from dataclasses import dataclass

from chassis.handling import Occasion
from kernel.actor import Role, service

from crm.application.handing_over import HandingOver
from crm.domain import handover as h
from crm.domain.customer import Customer
from crm.domain.handing_over import FIRST_ORDER
from crm.domain.refusals import CustomerErased, CustomerMerged

CRM = service("crm")


@dataclass(frozen=True, slots=True)
class FirstOrders:
    """`hands_over`: whether the shop wants it so; where not, it is noted all the same which order was the first."""

    handing: HandingOver
    hands_over: bool

    async def completed(self, customer_id: str, order_id: str, why: Occasion) -> None:
        """On whichever of his cards it was ordered. Nothing is written when it is not his first."""
        knowing = self.handing.knowing
        later = Occasion(f"{why.id}:first-order", why.at, CRM, correlation_id=why.correlation_id)
        while True:
            card = (await knowing.customers.load(customer_id)).state
            now = await knowing.phones.now_of(card) if card else None
            if now is None or now.erased or now.joined or now.first_order:
                return
            handing = await self._handing(now, later)
            first = h.FirstOrder(order_id, why.at)
            command = h.NoteOrder(now.customer_id, first, now.owner_id, handing)
            try:
                done = await knowing.handle(command, later)
            except (CustomerErased, CustomerMerged):
                continue  # in between: he is another by now, or gone
            if done.changes:
                return

    async def _handing(self, customer: Customer, why: Occasion) -> h.HandOver | None:
        """To the account manager who is there and answers for the fewest, as with a lead that was won; None there: he stays."""
        knowing = self.handing.knowing
        owner = (await knowing.staff.load(customer.owner_id)).state if customer.owner_id else None
        roles = owner.roles if owner else frozenset[Role]()
        if not self.hands_over or Role.SALES_MANAGER not in roles or Role.ACCOUNT_MANAGER in roles:
            return None
        to_id = await knowing.owner_for(customer.shop_id, customer.customer_id, why.at, Role.ACCOUNT_MANAGER)
        return await self.handing.asked(customer.customer_id, to_id, FIRST_ORDER, why) if to_id else None
