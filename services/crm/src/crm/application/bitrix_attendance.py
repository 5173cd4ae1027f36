"""Who is at work, on a break or off by the working day that he keeps in the portal. It tells nobody of it, so it is asked now and then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.handling import Handler, Occasion
from chassis.listing import Query
from kernel.actor import Actor
from kernel.refusal import Refusal

from crm.application.bitrix_people import Users
from crm.application.bitrix_port import Portal
from crm.domain import staff_commands as s
from crm.domain.bitrix_user import Change, Command, PortalUser, SeeDay
from crm.domain.staff import Presence, Staff
from crm.domain.staff_changes import Change as StaffChange

AT_ONCE = 50
DAYS = {
    "OPENED": Presence.AT_WORK,
    "PAUSED": Presence.ON_BREAK,
    "CLOSED": Presence.OFF,
    "EXPIRED": Presence.UNKNOWN,
}
"""A day left open overnight says nothing; nor does a portal that keeps no days (UNAVAILABLE, NOT_INSTALLED)."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Only what is new in the portal is taken over, so that who spoke last is right: he himself here, or he in the portal."""

    portal: Portal
    users: Users
    handle: Handler[Command, PortalUser, Change]
    staff: Handler[s.Command, Staff, StaffChange]
    now: Callable[[], datetime]
    actor: Actor

    async def look(self) -> int:
        """Ask for everybody who works here; answer for how many something is new."""
        news = 0
        after: str | None = None
        while True:
            page = await self.users.page(Query(equal={"active": True}), AT_ONCE, after)
            known = [held.state for held in page.items if held.state and held.state.staff_id]
            news += await self._looked(known) if known else 0
            after = page.next
            if after is None:
                return news

    async def _looked(self, known: Sequence[PortalUser]) -> int:
        days = await self.portal.days([each.user_id for each in known])
        fresh = [
            (each, days[each.user_id]) for each in known if days.get(each.user_id) not in (None, each.day)
        ]
        for user, day in fresh:
            await self._take(user, day)
        return len(fresh)

    async def _take(self, user: PortalUser, day: str) -> None:
        """His presence first: who dies in between shows it again."""
        at = self.now()
        why = Occasion(f"bitrix24:day:{user.user_id}:{at.isoformat()}", at, self.actor)
        if day in DAYS:
            try:
                await self.staff(s.ShowPresence(str(user.staff_id), DAYS[day], self.actor, at), why)
            except Refusal:  # he works here no more
                return
        await self.handle(SeeDay(user.user_id, day), why)
