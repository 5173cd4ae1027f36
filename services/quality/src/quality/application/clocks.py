"""Clocks: facts start and stop the timers of every declared service level (R91)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.handling import Decider, Handler, Occasion
from chassis.listing import Query
from kernel.calendar import WorkingCalendar
from kernel.deadline import Deadline

from quality.application.announcements import announce_timer
from quality.application.knowing import Kept, Known, all_of
from quality.domain import timing as t
from quality.domain.sla import Milestone, Sla, Term, Version

TIMER: Decider[t.TimerCommand, t.Timer, t.TimerChange] = Decider(
    lambda command: t.key_of(command.sla_id, command.order_id),
    t.decide,
    t.evolve,
    announce_timer,
    t.deadlines,
)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Timers of orders."""

    slas: Kept[Sla]
    timers: Kept[t.Timer]
    handle: Handler[t.TimerCommand, t.Timer, t.TimerChange]
    known: Known

    async def reached(
        self, milestone: Milestone, order_id: str, shop_id: str, at: datetime, why: Occasion
    ) -> None:
        """Something came about at that moment: clocks begin, clocks stop."""
        quiet = replace(why, heard=None, remembered=False)
        for sla in await all_of(self.slas, Query()):
            named = replace(quiet, id=f"{why.id}/{sla.sla_id}")
            version = sla.in_force(at)
            if version is not None and version.draft.starts is milestone:
                await self._start(sla.sla_id, version, order_id, shop_id, at, named)
            if stops(sla, milestone):
                stop = t.Stop(sla.sla_id, order_id, milestone, at, why.at)
                await self.handle(stop, replace(named, id=f"{named.id}/stop"))

    async def on_deadline(self, key: str, deadline: Deadline, why: Occasion) -> None:
        """The term is over."""
        timer = (await self.timers.load(key)).state
        if timer is not None:
            await self.handle.fire(deadline, t.Expire(timer.sla_id, timer.order_id, why.at), why)

    async def _start(  # noqa: PLR0917 - as above
        self, sla_id: str, version: Version, order_id: str, shop_id: str, at: datetime, why: Occasion
    ) -> None:
        draft = version.draft
        if draft.term is None or draft.stops is None:
            return  # a wish, which measures nothing; it is flagged
        due_at = end_of(draft.term, at, await self.known.calendar(shop_id))
        running = t.Running(version.number, draft.stops, at, due_at)
        await self.handle(t.Start(sla_id, order_id, running, why.at), replace(why, id=f"{why.id}/start"))


def stops(sla: Sla, milestone: Milestone) -> bool:
    """Whether any version's clock is stopped by it; the order's end stops all that were ever begun."""
    named = {each.draft.stops for each in sla.versions}
    return milestone in named or (milestone is Milestone.ORDER_CANCELLED and bool(named - {None}))


def end_of(term: Term, at: datetime, calendar: WorkingCalendar) -> datetime:
    """When the term is over; UTC."""
    span = timedelta(minutes=term.minutes)
    return calendar.after(at, span) if term.working else at + span
