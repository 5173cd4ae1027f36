"""Measuring: the day's figures are counted from the answers themselves, so that none is counted twice or lost (R85, R90)."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from chassis.handling import Decider, Handler, Occasion
from chassis.listing import Query
from kernel.deadline import Deadline

from quality.application.announcements import announce_measure
from quality.application.knowing import Kept, all_of
from quality.domain import measuring as m
from quality.domain.call import Answered, Call
from quality.domain.hours import moment
from quality.domain.judging import CRITIC, NEUTRAL, PROMOTER, Figures

MEASURE: Decider[m.TakeIn | m.TellDay, m.Measure, m.Measured] = Decider(
    lambda command: command.place.key, m.measure, m.evolve, announce_measure, m.deadlines
)


LISTED_AS = {
    m.Of.COMPANY: "shop_id",
    m.Of.CARRIER: "carrier_id",
    m.Of.MANAGER: "responsible_id",
    m.Of.SUPPLIER: "suppliers",
    m.Of.TOUCHPOINT: "touchpoints",
}
"""By which field of a call's list its answers are counted."""


def places(call: Answered) -> list[m.Place]:
    """Where an answer counts: the company, the carrier, the manager, each supplier, each touchpoint (R85, R87)."""
    asking, day = call.asking, call.answered_on.isoformat()
    of: dict[m.Of, tuple[str | None, ...]] = {
        m.Of.COMPANY: (asking.shop_id,),
        m.Of.CARRIER: (asking.carrier_id,),
        m.Of.MANAGER: (asking.responsible_id,),
        m.Of.SUPPLIER: asking.suppliers,
        m.Of.TOUCHPOINT: asking.touchpoints,
    }
    return [m.Place(asking.shop_id, day, kind, id_) for kind, ids in of.items() for id_ in ids if id_]


@dataclass(frozen=True, slots=True)
class Measuring:
    """Counts, and tells at the day's end."""

    calls: Kept[Call]
    handle: Handler[m.TakeIn | m.TellDay, m.Measure, m.Measured]
    measures: Kept[m.Measure]

    async def take_in(self, call: Answered, why: Occasion) -> None:
        """An answer is saved: its day is counted anew, wherever it counts."""
        ends_at = moment(call.answered_on + timedelta(days=1), time(), call.asking.zone)
        for place in places(call):
            figures = await self.counted(place)
            quiet = replace(
                why, id=f"{why.id}/{place.of}/{place.of_id}", heard=None, remembered=False, fingerprint=None
            )
            await self.handle(m.TakeIn(place, figures, ends_at, why.at), quiet)

    async def on_deadline(self, key: str, deadline: Deadline, why: Occasion) -> None:
        """The day is over."""
        known = (await self.measures.load(key)).state
        if known is not None:
            await self.handle.fire(deadline, m.TellDay(known.place, await self.counted(known.place)), why)

    async def counted(self, place: m.Place) -> Figures:
        """From the answers."""
        equal = {"shop_id": place.shop_id, "answered_on": place.day, LISTED_AS[place.of]: place.of_id}
        groups = [
            await self.calls.count(Query(equal={**equal, "nps": group}))
            for group in (PROMOTER, NEUTRAL, CRITIC)
        ]
        return Figures(*groups)

    async def days(self, of: m.Of, since: date, until: date, shop_id: str | None) -> list[m.Measure]:
        """All days of all that are measured so, oldest first."""
        equal = {"of": of.value, **({"shop_id": shop_id} if shop_id else {})}
        query = Query(
            equal=equal,
            at_least={"day": since.isoformat()},
            at_most={"day": until.isoformat()},
            order="day",
        )
        return await all_of(self.measures, query)
