"""Leaving: what somebody who was dismissed had in hand goes to others, so that no customer is nobody's (R98)."""

from dataclasses import dataclass

from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.deadline import Deadline

from crm.application.handing_over import HandingOver
from crm.domain.staff import Staff
from crm.domain.staff_changes import Change
from crm.domain.staff_commands import Command, SettleLeaving

AT_ONCE = 100
REASON = "owner_left"


@dataclass(frozen=True, slots=True)
class Leaving:
    """May be broken off and begun again at any customer."""

    staff: Handler[Command, Staff, Change]
    handing: HandingOver

    async def settle(self, staff_id: str, deadline: Deadline, why: Occasion) -> Outcome[Staff]:
        """Give all his customers to others, by the rule for new ones; then it is settled."""
        mine, after, knowing = Query(equal={"owner_id": staff_id}), None, self.handing.knowing
        while True:
            page = await knowing.customers.page(mine, AT_ONCE, after)
            for held in page.items:
                if held.state is not None:
                    to_id = await knowing.owner_for(held.state.shop_id, held.key, why.at)
                    if to_id is not None and to_id != staff_id:
                        await self.handing.hand_over(held.key, to_id, REASON, why)
            after = page.next
            if after is None:
                return await self.staff.fire(deadline, SettleLeaving(staff_id, why.at), why)
