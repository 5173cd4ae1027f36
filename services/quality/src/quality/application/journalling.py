"""Journalling: what people did is entered into the chain, each act once, in whatever order replicas come to it."""

import asyncio
from dataclasses import dataclass, field, replace

from chassis.documents import UnreadableState
from chassis.handling import AlreadyInUse, Conflict, Decider, Handler, Occasion
from chassis.listing import Query
from kernel.actor import service

from quality.application.knowing import Kept
from quality.domain.acts import Act
from quality.domain.journal import Append, Done, Entry, Verdict, after, key_of, verify

CHAIN = "quality"
TRIES = 256
PAGE = 200
JOURNAL: Decider[Append, Entry, Entry] = Decider(
    lambda command: key_of(command.entry.chain, command.entry.number),
    lambda command, there: [] if there else [command.entry],
    lambda _, entry: entry,
    lambda _, __: (),
    lambda _: (),
)


@dataclass(frozen=True, slots=True)
class Journalling:
    """Appends and verifies; nothing here changes or removes an entry."""

    entries: Kept[Entry]
    append: Handler[Append, Entry, Entry]
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def enter(self, thing: str, thing_id: str, act: Act, why: Occasion) -> None:
        """The next place in the chain is taken by one writer; who comes second takes the place after it."""
        act_id = f"{thing}/{thing_id}/{act.number}"
        done = Done(act_id, thing, thing_id, act.what, act.about, act.by, act.at)
        async with self.turn:  # replicas are kept apart by the place, tasks of this one also by their turn
            for _ in range(TRIES):
                if await self.entries.count(Query(equal={"act_id": act_id}), most=1):
                    return
                if await self._took(after(CHAIN, await self._last(), done), why):
                    return
        raise Conflict(CHAIN)

    async def verified(self) -> Verdict:
        """Walk the whole chain. An entry that can't even be read is a broken link, too: it is looked for one by one."""
        verdict = verify(())
        cursor: str | None = None
        at_once = PAGE
        while True:
            try:
                page = await self.entries.page(Query(order="number"), at_once, cursor)
            except UnreadableState:
                if at_once == 1:
                    return replace(verdict, broken_at=verdict.entries + 1)
                at_once = 1
                continue
            verdict = verify((held.state for held in page.items if held.state), verdict)
            cursor = page.next
            if cursor is None or verdict.broken_at is not None:
                return verdict

    async def _last(self) -> Entry | None:
        found = (await self.entries.page(Query(order="number", descending=True), 1)).items
        return found[0].state if found else None

    async def _took(self, entry: Entry, why: Occasion) -> bool:
        """Whether the place was free."""
        occasion = Occasion(f"journal/{entry.act_id}", why.at, service("quality"))
        try:
            outcome = await self.append(Append(entry), occasion, opening=True)
        except AlreadyInUse:
            return True
        return bool(outcome.changes)
