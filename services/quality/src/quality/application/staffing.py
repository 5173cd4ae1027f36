"""The days ahead: calls that are planned, and who is there to make them (R93)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chassis.listing import Query

from quality.application.knowing import Kept, Known
from quality.domain.call import Call
from quality.domain.hours import local_day, moment
from quality.domain.staffing import Ahead, Outlook, expected, outlook

DAY = timedelta(days=1)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Staffing:
    """`calls_a_day`: how many one controller makes on a working day."""

    calls: Kept[Call]
    known: Known
    calls_a_day: int

    async def ahead(self, shop_id: str, days: int, at: datetime) -> Sequence[Outlook]:
        """Today and the days after it, as far as is planned; what was planned before and not done counts today."""
        zone = (await self.known.calendar(shop_id)).zone
        members = (await self.known.roster(shop_id)).values()
        first = local_day(at, zone)
        found: list[Ahead] = []
        for day in (first + n * DAY for n in range(days)):
            due = await self._due(shop_id, day, zone, since_ever=day == first)
            noon = at if day == first else moment(day, NOON, zone)
            found.append(Ahead(day, due, expected(members, noon)))
        return outlook(found, self.calls_a_day)

    async def _due(self, shop_id: str, day: date, zone: str, *, since_ever: bool) -> int:
        """Until the day's last moment, which is not the next day's first."""
        begins, ends = (moment(each, time(), zone) for each in (day, day + DAY))
        least = {} if since_ever else {"next_at": begins}
        most = {"next_at": ends - timedelta(milliseconds=1)}
        return await self.calls.count(Query({"shop_id": shop_id, "state": "open"}, most, least))
