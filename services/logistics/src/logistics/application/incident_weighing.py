"""What an incident is about in money: the order's worth, and what the carrier owes by the terms that were promised by
(R55, R60, R70).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query
from kernel.window import Window

from logistics.application.incident_owning import STILL_OPEN, Incidents
from logistics.application.incident_steps import step
from logistics.application.standing import Standing
from logistics.domain import order_worth as worth
from logistics.domain.carrier import in_force_at
from logistics.domain.incident import Incident
from logistics.domain.incident_commands import LearnStake
from logistics.domain.incident_trouble import DELAY, Source, Trouble
from logistics.domain.order_worth import Worth, customers_doing
from logistics.domain.penalty import Owed, days_late, owed
from logistics.domain.terms import Terms

PAGE = 100

Worths = Handler[worth.Command, Worth, worth.Change]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Knows what orders are worth, and keeps open incidents up to date with it."""

    worths: Worths
    to_incidents: Incidents
    incidents: Listing[Incident]
    standing: Standing

    async def hear(self, command: worth.Command, occasion: Occasion) -> None:
        """An order is worth this now, or a shipment of it arrived."""
        known = (await self.worths(command, occasion)).state
        async for incident in self._open_of(command.order_id):
            stake, by_terms = await self._weighed(incident.trouble, incident.kind, known, occasion.at)
            learned = LearnStake(incident.incident_id, stake.at_stake, by_terms)
            await self.to_incidents(learned, step(occasion, f"stake:{incident.incident_id}"))

    async def weigh(self, trouble: Trouble, kind: str, at: datetime) -> tuple[Trouble, Owed | None]:
        """The trouble with what is at stake, whose doing it is when the address was changed (R69), and what is owed."""
        known = await self._known(trouble.order_id)
        if kind == DELAY and customers_doing(known, trouble.window):
            trouble = replace(trouble, source=Source.CUSTOMER)
        return await self._weighed(trouble, kind, known, at)

    async def reckon_anew(self, incident: Incident, occasion: Occasion) -> None:
        """What is owed for each day grows until the goods come, though nobody tells of anything meanwhile (R70)."""
        if not incident.is_open or incident.owed is None or incident.owed.days is None:
            return
        known = await self._known(incident.trouble.order_id)
        stake, by_terms = await self._weighed(incident.trouble, incident.kind, known, occasion.at)
        learned = LearnStake(incident.incident_id, stake.at_stake, by_terms)
        await self.to_incidents(learned, step(occasion, f"days:{incident.incident_id}"))

    async def is_customers(self, order_id: str, window: Window | None) -> bool:
        """Whether a change of address makes it the customer's that a window is not kept (R69)."""
        return customers_doing(await self._known(order_id), window)

    async def _known(self, order_id: str | None) -> Worth | None:
        return (await self.worths.store.load(order_id)).state if order_id else None

    async def _weighed(
        self, trouble: Trouble, kind: str, known: Worth | None, at: datetime
    ) -> tuple[Trouble, Owed | None]:
        if known is None:
            return trouble, None
        if known.sums.at_stake.minor:
            trouble = replace(trouble, at_stake=known.sums.at_stake)
        terms = await self._terms(trouble, at)
        if terms is None:
            return trouble, None
        until = known.arrived.get(trouble.shipment_id or "", at)
        days = days_late(trouble.window.ends, until) if trouble.window else 1
        penalties = terms.agreement.penalties
        return trouble, owed(penalties, kind, known.sums.goods, max(1, days), terms.version)

    async def _terms(self, trouble: Trouble, at: datetime) -> Terms | None:
        """Those that were promised by; where nobody says which, those in force when it went wrong."""
        carrier_id, version = trouble.carrier_id, trouble.terms_version
        if carrier_id is None:
            return None
        if version is None:
            carrier = (await self.standing.shelf(at)).carrier(carrier_id)
            held = in_force_at(carrier, trouble.happened_at) if carrier else None
            version = held.number if held else None
        return await self.standing.named(carrier_id, version) if version is not None else None

    async def _open_of(self, order_id: str) -> AsyncIterator[Incident]:
        query, cursor = Query({"linked": order_id, "stage": STILL_OPEN}), None
        while True:
            page = await self.incidents.page(query, PAGE, cursor)
            for held in page.items:
                if held.state is not None:
                    yield held.state
            if (cursor := page.next) is None:
                return
