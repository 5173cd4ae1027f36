"""Peopling the shop: what a command about the staff has to know of the others."""

from dataclasses import dataclass

from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.actor import Grade, Role

from crm.application.knowing import People
from crm.domain import staff as s
from crm.domain.refusals import UnknownStaff
from crm.domain.staff import Absence, Phones, Staff

LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Peopling:
    """Commands about the staff."""

    handle: Handler[s.Command, Staff, s.Change]
    staff: People

    async def describe(
        self, staff_id: str, grade: Grade | None, reports_to: str | None, phones: Phones | None, why: Occasion
    ) -> Outcome[Staff]:
        """Another grade, superior or phones."""
        superior = (await self.staff.load(reports_to)).state if reports_to else None
        if reports_to and superior is None:
            raise UnknownStaff("The superior does not work here.")
        command = s.DescribeStaff(
            staff_id=staff_id,
            grade=grade,
            reports_to=reports_to,
            chain=await self._chain(superior),
            superior_is_owner=superior is not None and Role.OWNER in superior.roles,
            phones=phones,
            actor=why.actor,
            at=why.at,
        )
        return await self.handle(command, why)

    async def grant(self, staff_id: str, role: Role, why: Occasion, *, waiver: bool) -> Outcome[Staff]:
        """Grant a role."""
        return await self.handle(s.GrantRole(staff_id, role, waiver, why.actor, why.at), why)

    async def take(self, staff_id: str, role: Role, why: Occasion) -> Outcome[Staff]:
        """Take a role away."""
        others = await self._other_owners(staff_id)
        return await self.handle(s.TakeRole(staff_id, role, why.actor, why.at, others), why)

    async def dismiss(self, staff_id: str, why: Occasion) -> Outcome[Staff]:
        """He works here no more."""
        return await self.handle(
            s.DismissStaff(staff_id, why.actor, why.at, await self._other_owners(staff_id)), why
        )

    async def leave(
        self, staff_id: str, absence: Absence, deputy_id: str | None, why: Occasion
    ) -> Outcome[Staff]:
        """Away for a while, with a deputy."""
        deputy = (await self.staff.load(deputy_id)).state if deputy_id else None
        if deputy_id and deputy is None:
            raise UnknownStaff("The deputy does not work here.")
        return await self.handle(s.StartAbsence(staff_id, absence, deputy, why.actor, why.at), why)

    async def come_back(self, staff_id: str, why: Occasion) -> Outcome[Staff]:
        """Back at work."""
        return await self.handle(s.EndAbsence(staff_id, why.actor, why.at), why)

    async def show(self, staff_id: str, presence: s.Presence, why: Occasion) -> Outcome[Staff]:
        """At work, on a break, off."""
        return await self.handle(s.ShowPresence(staff_id, presence, why.actor, why.at), why)

    async def _chain(self, superior: Staff | None) -> tuple[str, ...]:
        chain: list[str] = []
        while superior and superior.reports_to and len(chain) < LONGEST_CHAIN:
            chain.append(superior.reports_to)
            superior = (await self.staff.load(superior.reports_to)).state
        return tuple(chain)

    async def _other_owners(self, staff_id: str) -> bool:
        owners = await self.staff.page(Query(equal={"roles": Role.OWNER.value, "active": True}), 2)
        return any(held.key != staff_id for held in owners.items)
