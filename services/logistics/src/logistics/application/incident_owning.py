"""Who answers for incidents: a logistician of the shop who is there, else the shop's owner; what was escalated goes to the
conflict manager (R5).
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion
from chassis.listing import Query
from chassis.shops import Shops
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import may

from logistics.application.incident_steps import Pacing, step
from logistics.domain import incident_changes, incident_commands
from logistics.domain.incident import Incident, Stage
from logistics.domain.incident_commands import Heirs, Pace, TakeFromWhoLeft
from logistics.domain.staff_member import StaffMember

PAGE = 100
STILL_OPEN = [stage.value for stage in Stage if stage is not Stage.CLOSED]

Incidents = Handler[incident_commands.Command, Incident, incident_changes.Change]


@dataclass(frozen=True, slots=True)
class Owning:
    """Keeps every open incident in the hands of somebody who may have it."""

    members: Listing[StaffMember]
    to_incidents: Incidents
    incidents: Listing[Incident]
    shops: Shops
    pace_of: Pacing

    async def pace(self, shop_id: str) -> Pace:
        """The shop's working time, and how much of it there is."""
        return self.pace_of((await self.shops.of(shop_id)).calendar)

    async def owner_for(self, shop_id: str, at: datetime) -> str:
        """Of the logisticians who are there the one with the fewest; those at work first (R50)."""
        return await self._chosen(shop_id, Role.LOGISTICIAN, at) or (await self.shops.of(shop_id)).owner_id

    async def heirs(self, shop_id: str, at: datetime) -> Heirs:
        """The conflict manager who is there, his deputy while he is away, else the shop's owner (R5)."""
        owner_id = (await self.shops.of(shop_id)).owner_id
        chosen = await self._chosen(shop_id, Role.CONFLICT_MANAGER, at)
        return Heirs(chosen or await self._deputy(shop_id, at) or owner_id, owner_id)

    async def fits(self, staff_id: str, shop_id: str, actor: Actor | None = None) -> bool:
        """Whether he may answer for incidents: the shop's owner, who crm told of, or who asks with such a token."""
        if staff_id == (await self.shops.of(shop_id)).owner_id:
            return True
        member = (await self.members.load(staff_id)).state
        if member is not None:
            return member.may_own and member.shop_id == shop_id
        return actor is not None and actor.id == staff_id and may(actor, Action.RUN_INCIDENT)

    async def check(self, staff_id: str, occasion: Occasion) -> None:
        """Look once more, after something was given to him: he may have left in the very same moment."""
        member = (await self.members.load(staff_id)).state
        if member is not None and not member.may_own:
            await self.take_from(member, occasion)

    async def take_from(self, gone: StaffMember, occasion: Occasion) -> None:
        """What he answered for goes to whoever is there (R5)."""
        async for incident in self._open_of(gone.staff_id):
            shop_id, at = incident.trouble.shop_id, occasion.at
            heir = (await self.heirs(shop_id, at)).conflict_id if incident.level else None
            to = heir or await self.owner_for(shop_id, at)
            taken = TakeFromWhoLeft(incident.incident_id, gone.staff_id, to, at)
            await self.to_incidents(taken, step(occasion, incident.incident_id))

    async def _chosen(self, shop_id: str, role: Role, at: datetime) -> str | None:
        there = [each for each in await self._holding(shop_id, role) if each.is_there(at)]
        if not there:
            return None
        loads = {each.staff_id: await self._load_of(each.staff_id) for each in there}
        best = min(there, key=lambda each: (not each.at_work, loads[each.staff_id], each.staff_id))
        return best.staff_id

    async def _deputy(self, shop_id: str, at: datetime) -> str | None:
        for each in await self._holding(shop_id, Role.CONFLICT_MANAGER):
            deputy = (await self.members.load(each.deputy_id)).state if each.deputy_id else None
            if deputy is not None and deputy.may_own and deputy.is_there(at):
                return deputy.staff_id
        return None

    async def _holding(self, shop_id: str, role: Role) -> Sequence[StaffMember]:
        query = Query({"shop_id": shop_id, "active": True, "roles": role.value})
        page = await self.members.page(query, PAGE)
        return [each.state for each in page.items if each.state is not None]

    async def _load_of(self, staff_id: str) -> int:
        return await self.incidents.count(Query({"owner_id": staff_id, "stage": STILL_OPEN}), most=1000)

    async def _open_of(self, staff_id: str) -> AsyncIterator[Incident]:
        query, cursor = Query({"owner_id": staff_id, "stage": STILL_OPEN}), None
        while True:
            page = await self.incidents.page(query, PAGE, cursor)
            for held in page.items:
                if held.state is not None:
                    yield held.state
            if (cursor := page.next) is None:
                return
