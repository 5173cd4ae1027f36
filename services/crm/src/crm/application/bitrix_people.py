"""The portal's users: seen with each pass, matched with the staff, and their phones taken over."""

from dataclasses import dataclass
from typing import Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query

from crm.application.bitrix_port import Portal
from crm.application.knowing import People
from crm.domain import staff_commands as s
from crm.domain.bitrix_rows import NotARow, UserRow, user_row
from crm.domain.bitrix_user import Change, Command, PortalUser, SayWho, SeeUser
from crm.domain.refusals import UnknownStaff
from crm.domain.staff import Phones, Staff
from crm.domain.staff_changes import Change as StaffChange

AT_ONCE = 200


class Users(Protocol):
    """Portal users, kept and listed."""

    async def load(self, key: str) -> Held[PortalUser]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[PortalUser]: ...


@dataclass(frozen=True, slots=True)
class PortalPeople:
    """Nobody is hired or dismissed by a portal: who works here, and as what, crm decides (R4, R9)."""

    handle: Handler[Command, PortalUser, Change]
    users: Users
    staff: People
    describe: Handler[s.Command, Staff, StaffChange]

    async def look(self, portal: Portal, why: Occasion) -> int:
        """See all users; answers how many there are. A row that can't be read is passed over."""
        extensions = await self._extensions()
        seen = 0
        for row in await portal.users():
            try:
                user = user_row(row)
            except NotARow:
                continue
            seen += 1
            await self._see(user, extensions, why)
        return seen

    async def staff_of(self, user_id: str | None) -> Staff | None:
        """The member of the staff whom this user is."""
        user = (await self.users.load(user_id)).state if user_id else None
        return (await self.staff.load(user.staff_id)).state if user and user.staff_id else None

    async def user_of(self, staff_id: str) -> PortalUser | None:
        """The user whom this member of the staff is; one who works there."""
        page = await self.users.page(Query(equal={"staff_id": staff_id, "active": True}), 1)
        return next((held.state for held in page.items), None)

    async def say_who(self, user_id: str, staff_id: str | None, why: Occasion) -> Outcome[PortalUser]:
        """Somebody who manages the staff says who he is."""
        if staff_id is not None and (await self.staff.load(staff_id)).state is None:
            raise UnknownStaff("There is no such member of the staff.")
        return await self.handle(SayWho(user_id, staff_id, why.actor), why)

    async def _see(self, user: UserRow, extensions: dict[str, str], why: Occasion) -> None:
        fits = extensions.get(user.extension) if user.extension and user.active else None
        done = await self.handle(
            SeeUser(user.user_id, user.active, user.extension, user.mobile, user.name, fits), why
        )
        if done.state and done.state.staff_id and user.active:
            await self._take_phones(done.state, why)

    async def _take_phones(self, user: PortalUser, why: Occasion) -> None:
        """What the portal does not know is left as it is."""
        person = (await self.staff.load(str(user.staff_id))).state
        if person is None or not person.active:
            return
        phones = Phones(user.extension, user.mobile).over(person.phones)
        if phones != person.phones:
            await self.describe(s.KnowPhones(person.staff_id, phones, why.actor), why)

    async def _extensions(self) -> dict[str, str]:
        """Who has which extension; one that two have is nobody's."""
        found: dict[str, str | None] = {}
        after: str | None = None
        while True:
            page = await self.staff.page(Query(equal={"active": True}), AT_ONCE, after)
            for held in page.items:
                extension = held.state.phones.extension if held.state else None
                if extension:
                    found[extension] = None if extension in found else held.key
            after = page.next
            if after is None:
                return {extension: staff_id for extension, staff_id in found.items() if staff_id}
