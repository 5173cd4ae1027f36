"""Leads: who wants something is a customer of the registry, whose owner sees to it, by a moment of working time (R98)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from kernel.personal import Personal

from crm.application.knowing import Contact, Knowing
from crm.domain import lead as le
from crm.domain.customer import Customer
from crm.domain.lead import Lead, Open, Source
from crm.domain.lead_decider import FIRST_STEP
from crm.domain.lead_stages import LeadStages, usual
from crm.domain.refusals import NobodyToOwn, UnknownCustomer
from crm.domain.shop import working_time
from crm.domain.staff import Staff
from crm.domain.whereabouts import there


class Leads(Protocol):
    """Leads, kept and listed."""

    async def load(self, key: str) -> Held[Lead]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Lead]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...


class Stages(Protocol):
    """The stages of shops, where they described any."""

    async def load(self, key: str) -> Held[LeadStages]: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said when he got in touch. Who he is: a customer that is known, or how he can be reached."""

    lead_id: str
    shop_id: str
    who: Contact | str
    source: Source
    source_id: str | None
    wants: Personal | None


@dataclass(frozen=True, slots=True)
class Leading:
    """What a command about a lead has to know of customers, staff and shops."""

    handle: Handler[le.Command, Lead, le.Change]
    leads: Leads
    stages: Stages
    knowing: Knowing

    async def open(self, wish: Wish, why: Occasion) -> Outcome[Lead]:
        """A lead, in the shop's first stage, owned by who answers for the customer; a new one is registered first."""
        customer = await self._who(wish, why)
        owner_id = customer.owner_id or await self.knowing.owner_for(
            wish.shop_id, customer.customer_id, why.at
        )
        if owner_id is None:
            raise NobodyToOwn("The shop has nobody who could answer for a lead.")
        stages = await self.stages_of(wish.shop_id)
        calendar = working_time((await self.knowing.shops.load(wish.shop_id)).state)
        due_at = calendar.after(why.at, stages.first.within)
        lead = Lead(
            lead_id=wish.lead_id,
            shop_id=wish.shop_id,
            customer_id=customer.customer_id,
            source=wish.source,
            opened_at=why.at,
            owner_id=owner_id,
            course=Open(stages.first.code, FIRST_STEP, due_at),
            source_id=wish.source_id,
            wants=wish.wants,
        )
        done = await self.handle(le.OpenLead(lead), why, opening=True)
        await self.catch_up(done.state or lead, why)
        return done

    async def step(
        self,
        lead_id: str,
        *,
        stage: str | None,
        step: str | None,
        due_at: datetime | None,
        wants: Personal | None,
        why: Occasion,
    ) -> Outcome[Lead]:
        """What is done next, by when, and in which stage the lead is from now on."""
        known = (await self.leads.load(lead_id)).state
        shop_id = known.shop_id if known else ""
        command = le.Step(
            lead_id=lead_id,
            stages=await self.stages_of(shop_id),
            calendar=working_time((await self.knowing.shops.load(shop_id)).state),
            stage=stage,
            step=step,
            due_at=due_at,
            wants=wants,
            actor=why.actor,
            at=why.at,
            stands_in=await self._stands_in(known, why),
        )
        return await self.handle(command, why)

    async def win(self, lead_id: str, order_id: str, why: Occasion) -> Outcome[Lead]:
        """He ordered."""
        stands_in = await self._stands_in((await self.leads.load(lead_id)).state, why)
        return await self.handle(le.Win(lead_id, order_id, why.actor, why.at, stands_in), why)

    async def lose(self, lead_id: str, reason: str, why: Occasion) -> Outcome[Lead]:
        """He will not order."""
        stands_in = await self._stands_in((await self.leads.load(lead_id)).state, why)
        return await self.handle(le.Lose(lead_id, reason, why.actor, why.at, stands_in), why)

    async def catch_up(self, lead: Lead, why: Occasion) -> None:
        """Look at the customer as he is now, in case he went to somebody else, or was forgotten, meanwhile."""
        card = (await self.knowing.customers.load(lead.customer_id)).state
        now = await self.knowing.phones.now_of(card) if card else None
        later = Occasion(f"{why.id}:whose", why.at, why.actor, heard=why.heard)
        if now is not None and now.erased is not None:
            await self.handle(le.Forget(lead.lead_id, why.at, now.erased.by), later)
        elif now is not None and now.owner_id is not None:
            await self.handle(le.Follow(lead.lead_id, now.owner_id), later)

    async def stages_of(self, shop_id: str) -> LeadStages:
        """As the shop described them, else the usual ones."""
        return (await self.stages.load(shop_id)).state or usual(shop_id)

    async def person(self, staff_id: str | None) -> Staff | None:
        """A member of the staff."""
        return (await self.knowing.staff.load(staff_id)).state if staff_id else None

    async def _who(self, wish: Wish, why: Occasion) -> Customer:
        if isinstance(wish.who, Contact):
            return (await self.knowing.resolve(wish.who, why.actor, why.at))[0]
        known = (await self.knowing.customers.load(wish.who)).state
        if known is None:
            raise UnknownCustomer("There is no such customer.")
        return there(known)

    async def _stands_in(self, lead: Lead | None, why: Occasion) -> bool:
        """Whether the actor is the deputy of an owner who is away."""
        owner = await self.person(lead.owner_id) if lead else None
        return owner is not None and not owner.is_there(why.at) and owner.deputy_id == why.actor.id
