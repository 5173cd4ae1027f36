"""Passes over the portal: the first load, what changed since, and now and then everything, since events get lost and nobody repeats
them. Each chunk is taken in and then noted; who dies in between leaves a chunk that is taken in again, and nothing is doubled.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from chassis.clock import Clock
from chassis.handling import Handler, Held, Occasion
from chassis.listing import Query
from kernel.actor import Actor

from crm.application.bitrix_contacts import PortalContacts
from crm.application.bitrix_people import PortalPeople
from crm.application.bitrix_port import NotInstalled, Portal, PortalRefused, Row
from crm.domain import bitrix_load as lo
from crm.domain.bitrix_card import Hint
from crm.domain.bitrix_rows import NotARow, identifier

CONTACTS = "contacts"
CHANGED = ("ONCRMCONTACTADD", "ONCRMCONTACTUPDATE", "ONCRMCONTACTDELETE")
THROWN_OUT = "ONAPPUNINSTALL"
EVENTS = (*CHANGED, THROWN_OUT)
LEASE = timedelta(seconds=15)
"""Much longer than a chunk takes; who died holding it keeps others waiting no longer. Two at one chunk do the same, and harm nothing."""
AT_ONCE = 20
LAST = 10**15
Say = Callable[[str, dict[str, object]], None]


class Kept(Protocol):
    """The pass, kept."""

    async def load(self, key: str) -> Held[lo.Load]: ...


@dataclass(frozen=True, slots=True)
class Passes:
    """`holder`: this process. `handler`: where the portal is to post events; None: somebody sets it up by hand. `say` tells operators
    of rows that can't be read, without what stood in them.
    """

    portal: Portal
    handler: str | None
    contacts: PortalContacts
    people: PortalPeople
    handle: Handler[lo.Command, lo.Load, lo.Change]
    kept: Kept
    clock: Clock
    real: Clock
    cadence: lo.Cadence
    holder: str
    actor: Actor
    say: Say

    async def step(self) -> bool:
        """One chunk of what is due, if nobody else is at it; answers whether there is more to do at once."""
        load = await self._held()
        if load is None:
            return False
        if load.last_number == 0:
            await self._subscribe()
            await self.people.look(self.portal, self._why())
        total = await self.portal.how_many(load.since) if load.total is None else None
        found = await self.portal.contacts(load.last_number, load.since)
        if not found.rows:
            await self._missed(load, (), LAST)
            await self._told(lo.End(load.passes, load.last_number, self.clock.now()))
            return False
        to = max(_number(row) for row in found.rows)
        bad = await self._taken_in(found.rows)
        await self._missed(load, found.rows, to)
        await self._told(lo.Advance(load.passes, load.last_number, to, len(found.rows), bad, total))
        if found.ended:
            await self._missed_after(to, load)
            await self._told(lo.End(load.passes, to, self.clock.now()))
        return not found.ended

    async def stumble(self, code: str) -> None:
        """Whoever looks at the progress sees why it does not go on; operators are told when the reason is new."""
        done = await self.handle(lo.Stumble(code), self._why())
        if done.changes:
            self.say("a pass over Bitrix24 does not go on", {"why": code})

    async def ask_again(self, why: Occasion) -> None:
        """A pass over everything, as soon as somebody is free."""
        await self.handle(lo.AskAgain(why.at), why)

    async def progress(self) -> lo.Load | None:
        """How far the pass is that runs or ended last."""
        return (await self.kept.load(CONTACTS)).state

    async def _subscribe(self) -> None:
        """Before the reading, so that nothing falls in between; with each pass anew, since a portal drops handlers when an application is
        installed again. If it refuses, the passes still find what changed.
        """
        if self.handler is None or not self.portal.writes:
            return
        try:
            await self.portal.subscribe(self.handler, EVENTS)
        except NotInstalled:
            raise
        except PortalRefused as no:
            self.say("Bitrix24 did not take our subscription", {"code": no.code})

    async def _held(self) -> lo.Load | None:
        command = lo.Hold(self.holder, self.clock.now(), self.real.now(), LEASE, self.cadence)
        done = await self.handle(command, self._why())
        load = done.state
        return load if load and load.holder == self.holder and load.ended_at is None else None

    async def _told(self, command: lo.Command) -> None:
        await self.handle(command, self._why())

    async def _taken_in(self, rows: Sequence[Row]) -> int:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(row: Row) -> bool:
            async with gate:
                try:
                    card = await self.contacts.take_in(row, self._why())
                except NotARow as wrong:
                    self.say("a contact of Bitrix24 can't be read", {"column": str(wrong)})
                    return True
                return bool(card.problems)

        return sum(await asyncio.gather(*(one(row) for row in rows)))

    async def _missed(self, load: lo.Load, rows: Sequence[Row], to: int) -> None:
        """In a pass over all: whom we know between these numbers and the portal does not show is looked for one by one."""
        if load.since is not None or (load.whole_at is None and load.passes == 1):
            return
        shown = {_number(row) for row in rows}
        between = Query(
            at_least={"number": load.last_number + 1}, at_most={"number": to}, equal={"gone": False}
        )
        after: str | None = None
        while True:
            page = await self.contacts.cards.page(between, 200, after)
            for held in page.items:
                if held.state and held.state.number not in shown:
                    now = self.clock.now()
                    await self.contacts.handle(Hint(held.state.number, now), self._why())
            after = page.next
            if after is None:
                return

    async def _missed_after(self, to: int, load: lo.Load) -> None:
        beyond = lo.Load(
            load.began_at, load.since, last_number=to, whole_at=load.whole_at, passes=load.passes
        )
        await self._missed(beyond, (), LAST)

    def _why(self) -> Occasion:
        now = self.clock.now()
        return Occasion(f"bitrix24:pass:{now.isoformat()}", now, self.actor)


def _number(row: Row) -> int:
    try:
        return identifier(row.get("ID"))
    except NotARow:
        return 0
