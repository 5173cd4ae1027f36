"""What the portal posts: that it installed us, that it threw us out, and that something happened to a contact."""

from dataclasses import dataclass

from chassis.handling import Occasion

from crm.application.bitrix_following import Following
from crm.application.bitrix_installing import Installing, NotOurPortal
from crm.application.bitrix_passes import CHANGED, THROWN_OUT, Passes
from crm.application.bitrix_people import PortalPeople
from crm.domain.bitrix_rows import NotARow, identifier

INSTALLED = "ONAPPINSTALL"


@dataclass(frozen=True, slots=True)
class Told:
    """An event, as far as crm looks at it. `refresh` comes with the installation alone."""

    event: str
    number: str
    application_token: str
    refresh: str


@dataclass(frozen=True, slots=True)
class Joining:
    """What comes in by the webhook."""

    installing: Installing
    following: Following
    passes: Passes

    @property
    def people(self) -> PortalPeople:
        """The portal's users."""
        return self.following.contacts.people

    async def hear(self, told: Told, why: Occasion) -> None:
        """Raise `NotOurPortal` for what anybody could have sent. An event is a hint: it is noted, and read afterwards."""
        if told.event == INSTALLED:
            await self.installing.install(told.refresh, told.application_token)
            await self.passes.ask_again(why)
            return
        if not told.application_token or not await self.installing.is_portals(told.application_token):
            raise NotOurPortal
        if told.event == THROWN_OUT:
            await self.installing.withdraw()
        elif told.event in CHANGED:
            try:
                await self.following.hear(identifier(told.number), why)
            except NotARow:
                return  # an event of nothing: there is nothing to read
