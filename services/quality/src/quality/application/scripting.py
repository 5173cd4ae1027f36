"""Scripting: the questions in force, and wording them anew; each edit stands in the journal (R13)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chassis.handling import Decider, Handler, Occasion, Outcome
from kernel.deadline import Deadline

from quality.application.announcements import announce_script
from quality.application.journalling import Journalling
from quality.application.knowing import Kept
from quality.domain import scripting as s

SCRIPT: Decider[s.ScriptCommand, s.Script, s.ScriptChange] = Decider(
    lambda command: command.language, s.decide, s.evolve, announce_script, lambda script: script.acts.due()
)


@dataclass(frozen=True, slots=True)
class Scripting:
    """One script a language."""

    kept: Kept[s.Script]
    handle: Handler[s.ScriptCommand, s.Script, s.ScriptChange]
    journalling: Journalling

    async def of(self, language: str) -> s.Script:
        """As it is now; what we ship until somebody words it anew."""
        return (await self.kept.load(language)).state or s.Script(language)

    async def questions(self, language: str) -> Mapping[str, str]:
        """What is asked, by name."""
        return (await self.of(language)).questions

    async def __call__(self, command: s.SaveScript, why: Occasion) -> Outcome[s.Script]:
        """Another version."""
        outcome = await self.handle(command, why)
        await self._enter(command.language, why)
        return outcome

    async def on_deadline(self, language: str, deadline: Deadline, why: Occasion) -> None:
        """Acts that a crash kept out of the journal."""
        await self._enter(language, why)
        fired = replace(why, id=f"{why.id}/fired")
        await self.handle.fire(deadline, s.ScriptJournalled(language, 0), fired)

    async def _enter(self, language: str, why: Occasion) -> None:
        acts = (await self.of(language)).acts
        for act in acts.open:
            await self.journalling.enter("script", language, act, why)
        if acts.open:
            quiet = replace(why, id=f"{why.id}/journalled", remembered=False, fingerprint=None)
            await self.handle(s.ScriptJournalled(language, acts.open[-1].number), quiet)
