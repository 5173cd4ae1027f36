"""What the telephone is measured by: missed calls by hour with the share of lunch, and who is reached at the first try (R99, R104)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chassis.chassis import Listing
from kernel.zone import zone_named

from telephony_router.application.revising import calls_between
from telephony_router.application.situating import Situating
from telephony_router.domain.call import PhoneCall
from telephony_router.domain.call_story import Story, story


@dataclass(slots=True)
class Hour:
    """Of one hour of the day, local time of the shop."""

    hour: int
    calls: int = 0
    missed: int = 0


@dataclass(slots=True)
class Figures:
    """Counts of calls that are over."""

    hours: Sequence[Hour] = field(default_factory=lambda: [Hour(hour) for hour in range(24)])
    calls: int = 0
    missed: int = 0
    at_lunch: int = 0
    missed_at_lunch: int = 0
    answered: int = 0
    first_try: int = 0
    of_owners: int = 0
    owner_at_first_try: int = 0
    waited: int = 0
    transfers: int = 0

    @property
    def lunch_share(self) -> float | None:
        """How much of what was missed was missed at lunch (R104, one reading of the 60%)."""
        return _share(self.missed_at_lunch, self.missed)

    @property
    def missed_of_lunch(self) -> float | None:
        """How much of what came at lunch was missed (the other reading)."""
        return _share(self.missed_at_lunch, self.at_lunch)

    @property
    def owner_first_share(self) -> float | None:
        """How many of those whose owner is known reached him at the first telephone that rang (R99, R104)."""
        return _share(self.owner_at_first_try, self.of_owners)

    @property
    def mean_wait(self) -> float | None:
        """Seconds until somebody picked up."""
        return _share(self.waited, self.answered)


@dataclass(frozen=True, slots=True)
class Counting:
    """Read from the records themselves, so what is told late is counted where it belongs."""

    calls: Listing[PhoneCall]
    situating: Situating

    async def figures(self, shop_id: str, since: datetime, until: datetime) -> Figures:
        """Of the calls that began in between."""
        zone, found = zone_named(self.situating.calendar(shop_id).zone), Figures()
        async for call in calls_between(self.calls, shop_id, since, until):
            now = story(call)
            if now.ended_at is not None:
                _count(found, call, now, call.offer.started_at.astimezone(zone).hour)
        return found


def _count(found: Figures, call: PhoneCall, now: Story, hour: int) -> None:
    lost, lunch = now.status == "missed", call.offer.at_lunch
    found.calls += 1
    found.hours[hour].calls += 1
    found.missed += lost
    found.hours[hour].missed += lost
    found.at_lunch += lunch
    found.missed_at_lunch += lost and lunch
    found.answered += not lost
    found.first_try += now.first_try
    found.waited += 0 if lost else now.waited
    found.transfers += now.transfers
    owner_id = call.plan.owner_id if call.plan else None
    if owner_id is not None:
        found.of_owners += 1
        found.owner_at_first_try += now.first_try and now.staff_id == owner_id


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
