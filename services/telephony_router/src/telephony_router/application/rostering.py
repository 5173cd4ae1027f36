"""Shifts and breaks: who is there is read from memory at the moment of asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol

from chassis.handling import Handler, Occasion, Outcome
from kernel.actor import Actor
from kernel.deadline import Deadline

from telephony_router.application.remembering import Remembered
from telephony_router.application.situating import PHONE_ROLES, Situating
from telephony_router.domain import roster_commands as r
from telephony_router.domain.people import Moment, Person, moment_of
from telephony_router.domain.refusals import UnknownPerson
from telephony_router.domain.roster import Roster, Shift

QUARTER = 15 * 60
STEP = timedelta(seconds=QUARTER)
"""The hours of a shop are looked at so finely, shifts as they are."""


USUAL = timedelta(hours=1)
"""So long a break is taken to last of which nobody said until when."""
ON_BREAK = "on_break"


class Presences(Protocol):
    """Crm, where it stands who is at work."""

    async def is_back(self, staff_id: str) -> None:
        """Raise `PeerDown`, or `PeerRefused`."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """So long the shop is open, or at lunch, and nobody has a shift."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Rostering:
    """The way in for all that is asked of rosters."""

    handle: Handler[r.Command, Roster, r.Change]
    memory: Remembered
    situating: Situating
    crm: Presences

    async def ask(self, command: r.Command, occasion: Occasion) -> Outcome[Roster]:
        """Carry it out; this replica knows at once. A refusal is remembered in the store, and here a moment later."""
        return self.memory.rosters.hear(await self.handle(command, occasion))

    async def take_break(
        self, staff_id: str, minutes: int, actor: Actor, occasion: Occasion
    ) -> Outcome[Roster]:
        """One call, in the shop he works in (R105)."""
        shop_id, at = self.shop_of(staff_id), occasion.at
        there = self.situating.by_the_telephone(shop_id, at)
        until = at + timedelta(minutes=minutes)
        command = r.TakeBreak(
            shop_id=shop_id, actor=actor, at=at, staff_id=staff_id, until=until, there=there
        )
        return await self.ask(command, occasion)

    async def come_back(self, staff_id: str, actor: Actor, occasion: Occasion) -> Outcome[Roster]:
        """The release passes on to who waits (R105). Who went on his break in the portal is back for crm, too: who speaks last is
        right. Raise `PeerDown` when crm can't be told; he is asked to say it once more.
        """
        shop_id, at = self.shop_of(staff_id), occasion.at
        there = self.situating.by_the_telephone(shop_id, at)
        outcome = await self.ask(
            r.EndBreak(shop_id=shop_id, actor=actor, at=at, staff_id=staff_id, there=there), occasion
        )
        member = self.memory.people.get(staff_id)
        if member and member.person.presence == ON_BREAK:
            await self.crm.is_back(staff_id)
        return outcome

    async def hear(self, person: Person, occasion: Occasion) -> None:
        """Crm told how he is, before it is taken in: a break in the portal is a break here, and so is its end (R105, R106)."""
        known = self.memory.people.get(person.staff_id)
        before, now = known.person.presence if known else "unknown", person.presence
        if before == now or ON_BREAK not in (before, now) or not PHONE_ROLES & set(person.roles):
            return
        shop_id, at, actor, staff_id = person.shop_id, occasion.at, occasion.actor, person.staff_id
        there = self.situating.by_the_telephone(shop_id, at)
        heard = (
            r.HearBreak(shop_id=shop_id, actor=actor, at=at, staff_id=staff_id, until=at + USUAL)
            if now == ON_BREAK
            else r.HearReturn(shop_id=shop_id, actor=actor, at=at, staff_id=staff_id, there=there)
        )
        await self.ask(heard, occasion)

    async def on_deadline(self, shop_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """A promised break was not taken."""
        there = self.situating.by_the_telephone(shop_id, occasion.at)
        passed = r.ReleasePassed(shop_id=shop_id, actor=occasion.actor, at=occasion.at, there=there)
        self.memory.rosters.hear(await self.handle.fire(deadline, passed, occasion))

    def shop_of(self, staff_id: str) -> str:
        """Where somebody works; raise when crm has told of nobody like that."""
        member = self.memory.people.get(staff_id)
        if member is None or not member.person.active:
            raise UnknownPerson("Crm has told of nobody by this id who works here.")
        return member.person.shop_id

    def gaps(self, shop_id: str, begins: datetime, ends: datetime) -> Sequence[Gap]:
        """When the telephone would be nobody's (R105)."""
        roster, calendar = self.memory.rosters.get(shop_id), self.situating.calendar(shop_id)
        found: list[Gap] = []
        edges = _edges(roster, begins, ends)
        for at, until in pairwise(edges):
            if (roster and roster.on_shift(at)) or moment_of(calendar, at) is Moment.CLOSED:
                continue
            if found and found[-1].ends == at:
                at = found.pop().begins  # noqa: PLW2901 - the same gap goes on
            found.append(Gap(at, until))
        return found

    def new_shift(self, shift_id: str, staff_id: str, begins: datetime, ends: datetime) -> Shift:
        """A shift of somebody who works here."""
        self.shop_of(staff_id)
        return Shift(shift_id, staff_id, begins, ends)


def _edges(roster: Roster | None, begins: datetime, ends: datetime) -> list[datetime]:
    """Moments between which nothing changes: quarters of hours, and where shifts begin and end."""
    first = datetime.fromtimestamp(begins.timestamp() // QUARTER * QUARTER, begins.tzinfo)
    quarters = [first + number * STEP for number in range((ends - first) // STEP + 1)]
    shifts = [moment for each in (roster.shifts if roster else ()) for moment in (each.begins, each.ends)]
    return [begins, *sorted({each for each in (*quarters, *shifts) if begins < each < ends}), ends]
