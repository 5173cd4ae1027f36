"""Comparing: others' NPS, kept beside ours; each edit stands in the journal (R88)."""

from dataclasses import dataclass, replace

from chassis.handling import Decider, Handler, Occasion, Outcome
from kernel.deadline import Deadline

from quality.application.announcements import announce_benchmark
from quality.application.journalling import Journalling
from quality.application.knowing import Kept
from quality.domain import benchmarks as b

BENCHMARKS: Decider[b.BenchmarkCommand, b.Benchmarks, b.BenchmarkChange] = Decider(
    lambda _: b.TABLE, b.decide, b.evolve, announce_benchmark, lambda table: table.acts.due()
)


@dataclass(frozen=True, slots=True)
class Comparing:
    """The table and its edits."""

    kept: Kept[b.Benchmarks]
    handle: Handler[b.BenchmarkCommand, b.Benchmarks, b.BenchmarkChange]
    journalling: Journalling

    async def table(self) -> b.Benchmarks:
        """As it is now; what the rule names until somebody edits it."""
        return (await self.kept.load(b.TABLE)).state or b.Benchmarks()

    async def __call__(self, command: b.SetBenchmark, why: Occasion) -> Outcome[b.Benchmarks]:
        """Set one, or take it off."""
        outcome = await self.handle(command, why)
        await self._enter(why)
        return outcome

    async def on_deadline(self, _: str, deadline: Deadline, why: Occasion) -> None:
        """Acts that a crash kept out of the journal."""
        await self._enter(why)
        fired = replace(why, id=f"{why.id}/fired")
        await self.handle.fire(deadline, b.BenchmarksJournalled(0), fired)

    async def _enter(self, why: Occasion) -> None:
        acts = (await self.table()).acts
        for act in acts.open:
            await self.journalling.enter("benchmarks", b.TABLE, act, why)
        if acts.open:
            quiet = replace(why, id=f"{why.id}/journalled", remembered=False, fingerprint=None)
            await self.handle(b.BenchmarksJournalled(acts.open[-1].number), quiet)
