"""Declaring: service levels are published as versions, read and acknowledged; each act stands in the journal."""

from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median_low

from chassis.handling import Decider, Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.deadline import Deadline

from quality.application.announcements import announce_sla
from quality.application.journalling import Journalling
from quality.application.knowing import Kept
from quality.domain import sla as s
from quality.domain import timing as t
from quality.domain.refusals import UnknownSla

SLA: Decider[s.SlaCommand, s.Sla, s.SlaChange] = Decider(
    lambda command: command.sla_id, s.decide, s.evolve, announce_sla, lambda sla: sla.acts.due()
)


NEWEST = 200
"""Of so many the median is taken."""


@dataclass(frozen=True, slots=True)
class Compliance:
    """How a service level is kept: real values against the declared (R91); `median` is how long it really took, by the
    clock, of the newest that came to their end (R94).
    """

    kept: int
    broken: int
    running: int
    median: timedelta | None = None

    @property
    def share(self) -> int | None:
        """Kept of all that ended, in whole percents that were reached: 100 when all were kept; none when none ended."""
        ended = self.kept + self.broken
        return 100 * self.kept // ended if ended else None


@dataclass(frozen=True, slots=True)
class Declaring:
    """What is declared, and how it is kept."""

    slas: Kept[s.Sla]
    timers: Kept[t.Timer]
    handle: Handler[s.SlaCommand, s.Sla, s.SlaChange]
    journalling: Journalling

    async def __call__(self, command: s.Publish | s.Acknowledge, why: Occasion) -> Outcome[s.Sla]:
        """Publish or acknowledge."""
        outcome = await self.handle(command, why)
        await self._enter(command.sla_id, why)
        return outcome

    async def on_deadline(self, sla_id: str, deadline: Deadline, why: Occasion) -> None:
        """Acts that a crash kept out of the journal."""
        await self._enter(sla_id, why)
        await self.handle.fire(deadline, s.SlaJournalled(sla_id, 0), replace(why, id=f"{why.id}/fired"))

    async def compliance(self, sla_id: str) -> Compliance:
        """Counted from its timers. Raise `UnknownSla`."""
        if (await self.slas.load(sla_id)).state is None:
            raise UnknownSla("There is no such service level.")
        counts = [
            await self.timers.count(Query(equal={"sla_id": sla_id, "state": state}))
            for state in ("kept", "broken", "running")
        ]
        ended = Query(equal={"sla_id": sla_id, "ended": True}, order="began_at", descending=True)
        newest = await self.timers.page(ended, NEWEST)
        took = [held.state.took for held in newest.items if held.state and held.state.took is not None]
        return Compliance(*counts, median=median_low(took) if took else None)

    async def _enter(self, sla_id: str, why: Occasion) -> None:
        sla = (await self.slas.load(sla_id)).state
        if sla is None or not sla.acts.open:
            return
        for act in sla.acts.open:
            await self.journalling.enter("sla", sla_id, act, why)
        done = s.SlaJournalled(sla_id, sla.acts.open[-1].number)
        quiet = replace(why, id=f"{why.id}/journalled", remembered=False, fingerprint=None)
        await self.handle(done, quiet)
