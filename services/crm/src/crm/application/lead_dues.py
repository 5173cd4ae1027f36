"""What is due at a lead: its next step, the next rung of the ladder, the hand-over after the sale (R98)."""

from dataclasses import dataclass

from chassis.handling import Occasion, Outcome
from kernel.actor import Role, service
from kernel.deadline import Deadline

from crm.application.handing_over import HandingOver
from crm.application.leading import Leading
from crm.domain import lead as le
from crm.domain.handing_over import SOLD
from crm.domain.lead import Lead, Open
from crm.domain.lead_decider import SETTLE
from crm.domain.lead_ladder import NEXT, Rung, turn_to
from crm.domain.shop import working_time

CRM = service("crm")


@dataclass(frozen=True, slots=True)
class LeadDues:
    """May be broken off and begun again anywhere."""

    leading: Leading
    handing: HandingOver

    async def due(self, lead_id: str, deadline: Deadline, why: Occasion) -> Outcome[Lead]:
        """What the deadline worker hands over."""
        known = (await self.leading.leads.load(lead_id)).state
        assert known is not None
        if deadline.name == SETTLE:
            await self._hand_over(known, why)
            return await self.leading.handle.fire(deadline, le.SettleWin(lead_id), why)
        await self.leading.catch_up(known, why)
        return await self._climb((await self.leading.leads.load(lead_id)).state or known, deadline, why)

    async def _climb(self, lead: Lead, deadline: Deadline, why: Occasion) -> Outcome[Lead]:
        """Its next step is overdue: one more gets to know."""
        rung = NEXT[lead.course.rung] if isinstance(lead.course, Open) else Rung.LAST_RESORT
        owner = await self.leading.person(lead.owner_id)
        superior = await self.leading.person(owner.reports_to if owner else None)
        shop = (await self.leading.knowing.shops.load(lead.shop_id)).state
        whom = turn_to(rung, owner, superior, shop.owner_id if shop else None, why.at) or lead.owner_id
        climbs_after = (await self.leading.stages_of(lead.shop_id)).climbs_after
        over = None if rung is Rung.LAST_RESORT else working_time(shop).after(why.at, climbs_after)
        return await self.leading.handle.fire(deadline, le.Climb(lead.lead_id, whom, over, why.at), why)

    async def _hand_over(self, lead: Lead, why: Occasion) -> None:
        """After the sale an account manager answers for him, if the shop has one there and he is not one's already (R98)."""
        knowing = self.leading.knowing
        card = (await knowing.customers.load(lead.customer_id)).state
        now = await knowing.phones.now_of(card) if card else None
        if now is None or now.erased is not None:
            return
        owner = await self.leading.person(now.owner_id)
        if owner is not None and Role.ACCOUNT_MANAGER in owner.roles:
            return
        to_id = await knowing.owner_for(now.shop_id, now.customer_id, why.at, Role.ACCOUNT_MANAGER)
        if to_id is not None:
            await self.handing.hand_over(
                now.customer_id, to_id, SOLD, Occasion(f"{why.id}:sold", why.at, CRM)
            )
