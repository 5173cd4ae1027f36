"""On which days a carrier takes parcels at our warehouse, by the terms in force on each (R60, R61)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from logistics.application.standing import Standing
from logistics.domain.carrier import Carrier, in_force
from logistics.domain.cut_off import LOOK_FOR_A_PICK_UP, cut_off, pick_up_begins
from logistics.domain.moments import DAY, day_of, moment
from logistics.domain.pick_up import AgreedPickUp, Interval
from logistics.domain.terms import Terms


@dataclass(frozen=True, slots=True)
class PickUpDays:
    """Also of a carrier who takes no new promises: what was promised with him still leaves."""

    standing: Standing

    async def on(self, carrier_id: str, day: date, at: datetime) -> AgreedPickUp | None:
        """What is agreed of that day; None when he does not come."""
        carrier = (await self.standing.shelf(at)).carrier(carrier_id)
        return await self._of(carrier, day) if carrier else None

    async def next(
        self, carrier_id: str, at: datetime, not_before: date | None = None
    ) -> AgreedPickUp | None:
        """The first one that can still be asked for, from that day on; None when there is none in sight."""
        carrier = (await self.standing.shelf(at)).carrier(carrier_id)
        if carrier is None:
            return None
        day = max(day_of(at, "UTC") - DAY, not_before or date.min)
        for _ in range(LOOK_FOR_A_PICK_UP):
            agreed = await self._of(carrier, day)
            if agreed is not None and at < agreed.cut_off_at:
                return agreed
            day += DAY
        return None

    async def _of(self, carrier: Carrier, day: date) -> AgreedPickUp | None:
        version = in_force(carrier, day)
        terms = await self.standing.named(carrier.carrier_id, version.number) if version else None
        if terms is None or not terms.picks_up(day):
            return None
        return agreed_pick_up(terms, day, carrier.profile.owner_id)


def agreed_pick_up(terms: Terms, day: date, responsible_id: str) -> AgreedPickUp:
    """The pick-up of a day as these terms have it."""
    said, last = terms.agreement.pick_up, cut_off(terms, day)
    return AgreedPickUp(
        carrier_id=terms.carrier_id,
        on=day,
        time_zone=terms.agreement.time_zone,
        hours=Interval(pick_up_begins(terms, day), moment(day, said.ends, terms.agreement.time_zone)),
        cut_off_at=last,
        least=timedelta(minutes=said.least_minutes),
        ask_at=None if said.asked_ahead is None else last - timedelta(minutes=said.asked_ahead),
        responsible_id=responsible_id,
    )
