"""Handing a customer over, and the word of who answers for him now: he knows of him, or he is not his; or silence (R98)."""

from dataclasses import dataclass
from datetime import timedelta

from chassis.handling import Occasion, Outcome
from kernel.deadline import Deadline

from crm.application.knowing import MAY_OWN, Knowing
from crm.domain import handover as h
from crm.domain.customer import Customer
from crm.domain.shop import working_time


@dataclass(frozen=True, slots=True)
class HandingOver:
    """`within`: so much working time of his shop an account manager has to say that he knows of him."""

    knowing: Knowing
    within: timedelta

    async def hand_over(self, customer_id: str, to_id: str, reason: str, why: Occasion) -> Outcome[Customer]:
        """Give the customer to somebody else (R98)."""
        return await self.knowing.handle(await self.asked(customer_id, to_id, reason, why), why)

    async def asked(self, customer_id: str, to_id: str, reason: str, why: Occasion) -> h.HandOver:
        """The command, with what its rule has to know of the person."""
        person = (await self.knowing.staff.load(to_id)).state
        there = person is not None and person.is_there(why.at) and not person.roles.isdisjoint(MAY_OWN)
        shop = (await self.knowing.shops.load(person.shop_id)).state if person else None
        return h.HandOver(
            accept_by=working_time(shop).after(why.at, self.within),
            customer_id=customer_id,
            to_id=to_id,
            reason=reason,
            able=frozenset({to_id} if there else ()),
            to_roles=person.roles if person else frozenset(),
            actor=why.actor,
            at=why.at,
        )

    async def accept(self, customer_id: str, why: Occasion) -> Outcome[Customer]:
        """He has him now."""
        stands_in = await self._stands_in(customer_id, why)
        return await self.knowing.handle(h.AcceptHandover(customer_id, why.actor, why.at, stands_in), why)

    async def decline(self, customer_id: str, reason: str, why: Occasion) -> Outcome[Customer]:
        """Back to who had him, where that one is there; else to the owner of the shop."""
        known = (await self.knowing.customers.load(customer_id)).state
        waits = known.handover if known else None
        before = (
            (await self.knowing.staff.load(waits.previous_id)).state if waits and waits.previous_id else None
        )
        shop = (await self.knowing.shops.load(known.shop_id)).state if known else None
        command = h.DeclineHandover(
            customer_id=customer_id,
            reason=reason,
            previous_is_there=before is not None and before.is_there(why.at),
            otherwise=shop.owner_id if shop else None,
            actor=why.actor,
            at=why.at,
            stands_in=await self._stands_in(customer_id, why),
        )
        return await self.knowing.handle(command, why)

    async def pass_deadline(self, customer_id: str, deadline: Deadline, why: Occasion) -> Outcome[Customer]:
        """Nobody said a word in time."""
        return await self.knowing.handle.fire(deadline, h.HandoverDeadlinePassed(customer_id, why.at), why)

    async def _stands_in(self, customer_id: str, why: Occasion) -> bool:
        """Whether the actor is the deputy of an owner who is away."""
        known = (await self.knowing.customers.load(customer_id)).state
        owner = (await self.knowing.staff.load(known.owner_id)).state if known and known.owner_id else None
        if owner is None or owner.is_there(why.at):
            return False
        return owner.deputy_id == why.actor.id
