"""Noting a customer: by the form of his shop, read for a reason, and dropped when time has come (R109-R111; market-facts 3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.chassis import Listing
from chassis.handling import Occasion, Outcome
from chassis.listing import Query
from kernel.actor import service
from kernel.personal import Personal

from crm.application.knowing import Knowing
from crm.domain import notes as n
from crm.domain.customer import Customer
from crm.domain.note_form import NoteForm, usual
from crm.domain.notes import Part
from crm.domain.refusals import UnknownCustomer

AT_ONCE = 100
CRM = service("crm")
ALL = frozenset(Part)


@dataclass(frozen=True, slots=True)
class Noting:
    """The handler decides; this finds the shop's form."""

    knowing: Knowing
    forms: Listing[NoteForm]

    async def form_of(self, shop_id: str) -> NoteForm:
        """As the shop described it, else the usual one."""
        return (await self.forms.load(shop_id)).state or usual(shop_id)

    async def forms_of(self, customers: Collection[Customer]) -> Mapping[str, NoteForm]:
        """Those of their shops, each looked up once."""
        return {shop_id: await self.form_of(shop_id) for shop_id in {each.shop_id for each in customers}}

    async def write(
        self, customer_id: str, said: Mapping[Part, Personal | None], revision: int | None, why: Occasion
    ) -> Outcome[Customer]:
        """These parts are so from now on."""
        known = (await self.knowing.customers.load(customer_id)).state
        if known is None:
            raise UnknownCustomer("There is no such customer.")
        types = (await self.form_of(known.shop_id)).kept_types if Part.CUSTOMER_TYPE in said else None
        command = n.WriteNotes(customer_id, said, types, revision, why.actor, why.at)
        return await self.knowing.handle(command, why)

    async def read(
        self, customer_id: str, reader: str | None, reason: Personal, why: Occasion
    ) -> tuple[Customer, NoteForm]:
        """All that is noted; the look is written down."""
        command = n.ReadNotes(customer_id, reader, reason, why.actor, why.at)
        done = await self.knowing.handle(command, why)
        assert done.state is not None
        return done.state, await self.form_of(done.state.shop_id)

    async def age(self, at: datetime, kept_for: timedelta) -> int:
        """What is noted of customers who have been quiet for longer goes; answers of how many."""
        before = at - kept_for
        return await self._drop(
            Query(at_most={"quiet_at": before}, order="quiet_at"), ALL, before, "notes-age", at
        )

    async def untype(self, at: datetime) -> int:
        """A shop that keeps no types any more has none: what was profiled goes (R109)."""
        count, after = 0, None
        while True:
            page = await self.forms.page(Query(equal={"keeps_types": False}), AT_ONCE, after)
            for held in page.items:
                typed = Query(equal={"typed": True, "shop_id": held.key})
                count += await self._drop(typed, frozenset({Part.CUSTOMER_TYPE}), None, "untype", at)
            if (after := page.next) is None:
                return count

    async def _drop(
        self, of: Query, parts: frozenset[Part], quiet_since: datetime | None, cause: str, at: datetime
    ) -> int:
        count, after = 0, None
        while True:
            page = await self.knowing.customers.page(of, AT_ONCE, after)
            for held in page.items:
                why = Occasion(f"{cause}:{held.key}", at, CRM)
                done = await self.knowing.handle(n.DropNotes(held.key, parts, quiet_since, CRM, at), why)
                count += bool(done.changes)
            if (after := page.next) is None:
                return count
