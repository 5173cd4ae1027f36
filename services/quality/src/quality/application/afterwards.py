"""Afterwards: what was done to a call is entered into the journal, counted and measured. A deadline repeats what a crash cut off."""

from dataclasses import dataclass, replace

from chassis.handling import Decider, Handler, Occasion
from kernel.deadline import Deadline

from quality.application.announcements import announce
from quality.application.clocks import Clocks
from quality.application.journalling import Journalling
from quality.application.knowing import Kept, Known
from quality.application.measuring import Measuring
from quality.domain import commands as o
from quality.domain.call import Answered, Call, Open
from quality.domain.changes import Change
from quality.domain.deadlines import COUNT, JOURNAL, RING, deadlines
from quality.domain.deciding import Deciding
from quality.domain.evolving import evolve
from quality.domain.sla import Milestone


def decider_of(decide: Deciding) -> Decider[o.Command, Call, Change]:
    """The pure part of a call."""
    return Decider(lambda command: command.call_id, decide, evolve, announce, deadlines)


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Every step may be done twice and counts once."""

    calls: Kept[Call]
    handle: Handler[o.Command, Call, Change]
    journalling: Journalling
    measuring: Measuring
    clocks: Clocks
    known: Known

    async def __call__(self, call_id: str, why: Occasion) -> None:
        """All that is left to do after a change."""
        call = (await self.calls.load(call_id)).state
        if call is None:
            return
        quiet = replace(why, heard=None, remembered=False, fingerprint=None)
        await self._enter(call, quiet)
        if isinstance(call, Answered) and not call.counted:
            await self._count(call, quiet)

    async def on_deadline(self, call_id: str, deadline: Deadline, why: Occasion) -> None:
        """A moment of a call has passed."""
        call = (await self.calls.load(call_id)).state
        if call is None:
            return
        asking = call.asking
        if deadline.name in {JOURNAL, COUNT}:
            await self(call_id, why)
        elif deadline.name == RING and isinstance(call, Open):
            assignee = await self.known.assignee(asking.order_id, asking.shop_id, why.at)
            await self.handle.fire(deadline, o.Assign(call_id, assignee), why)
            return
        owner = await self.known.owner(asking.shop_id)
        hands = tuple(each.by for each in call.tries)
        checker = await self.known.assignee(asking.order_id, asking.shop_id, why.at, besides=hands)
        passed = o.PassDeadline(call_id, deadline.name, owner, checker, why.at)
        await self.handle.fire(deadline, passed, replace(why, id=f"{why.id}/passed"))
        await self(call_id, why)

    async def _enter(self, call: Call, why: Occasion) -> None:
        call_id = call.asking.call_id
        for act in call.acts.open:
            await self.journalling.enter("quality_call", call_id, act, why)
        if call.acts.open:
            up_to = call.acts.open[-1].number
            await self.handle(o.MarkJournalled(call_id, up_to), replace(why, id=f"{why.id}/journalled"))

    async def _count(self, call: Answered, why: Occasion) -> None:
        asking = call.asking
        if call.answers.nps is not None:
            await self.measuring.take_in(call, why)
        asked = replace(why, id=f"{why.id}/asked")
        await self.clocks.reached(Milestone.CUSTOMER_ASKED, asking.order_id, asking.shop_id, call.at, asked)
        await self.handle(o.MarkCounted(asking.call_id), replace(why, id=f"{why.id}/counted"))
