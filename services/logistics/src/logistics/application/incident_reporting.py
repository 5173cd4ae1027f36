"""The report on incidents of some weeks (R49, R52, R55)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chassis.chassis import Listing
from chassis.listing import Query
from chassis.shops import Shops

from logistics.application.carrier_scoring import CarrierScoring
from logistics.domain.carrier import Carrier
from logistics.domain.incident import Incident
from logistics.domain.incident_comparing import SPAN, Comparison, compare
from logistics.domain.incident_report import Report, Shipped, report

PAGE = 200
MOST = 10_000
"""Incidents and carriers looked at for a report; a shop with more has another trouble."""


@dataclass(frozen=True, slots=True)
class Reporting:
    incidents: Listing[Incident]
    carriers: Listing[Carrier]
    scoring: CarrierScoring
    shops: Shops

    async def report(self, shop_id: str, first: date, last: date) -> Report:
        """Incidents opened from one day of the shop to another, both included, against shipments promised for them."""
        shop = await self.shops.of(shop_id)
        begins, ends = shop.begins(first), shop.begins(last + timedelta(days=1)) - timedelta(milliseconds=1)
        query = Query({"shop_id": shop_id}, {"opened_at": ends}, {"opened_at": begins}, order="opened_at")
        found = await _all(self.incidents, query)
        counted, modes = dict[tuple[str, date], int](), dict[str, str]()
        for carrier in await _all(self.carriers, Query()):
            modes[carrier.carrier_id] = carrier.profile.mode.value
            for day in await self.scoring.days_of(carrier.carrier_id, first, last):
                counted[carrier.carrier_id, day.day] = len(day.shipments)
        return report(found, shop.calendar.zone, Shipped(counted, modes))

    async def compare(self, shop_id: str, last: date) -> Comparison:
        """Thirty days up to this one, included, beside the thirty before (R49, R72)."""
        first = last - timedelta(days=SPAN - 1)
        before = first - timedelta(days=1)
        return compare(
            await self.report(shop_id, first, last),
            await self.report(shop_id, before - timedelta(days=SPAN - 1), before),
        )


async def _all(of: Listing[Incident] | Listing[Carrier], query: Query) -> list[Any]:
    found: list[Any] = []
    cursor = None
    while len(found) < MOST:
        page = await of.page(query, PAGE, cursor)
        found += [held.state for held in page.items if held.state is not None]
        if (cursor := page.next) is None:
            break
    return found
