"""Peopling the shop: what a command about the staff has to know of the others."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from chassis.freezing import Freezing, Lock
from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.actor import Grade, Role
from kernel.freeze import Policy

from crm.application.knowing import People
from crm.domain import staff_commands as s
from crm.domain.refusals import UnknownStaff
from crm.domain.staff import Absence, Phones, Presence, Staff
from crm.domain.staff_changes import Change

LONGEST_CHAIN = 50
STAFF = "staff"


class Turns(Protocol):
    """One at a time, over all processes."""

    def turn(self, of: str) -> AbstractAsyncContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Peopling:
    """Commands about the staff. Those that look at others take turns, so that two at once make no circle and dismiss
    no two last owners. Who may do what, and who answers to whom, stays in a rush unless its owner says otherwise (R18,
    R116): `despite` is why. Joining, leaving and being away are nobody's to lock.
    """

    handle: Handler[s.Command, Staff, Change]
    staff: People
    turns: Turns
    freezing: Freezing

    async def hire(self, staff: Staff, why: Occasion) -> Outcome[Staff]:
        """A new member of the staff."""
        async with self._superior(staff.reports_to) as superior:
            command = s.HireStaff(staff, _is_owner(superior), why.actor, why.at)
            return await self.handle(command, why)

    async def describe(
        self,
        staff_id: str,
        grade: Grade | None,
        reports_to: str | None,
        phones: Phones | None,
        why: Occasion,
        *,
        despite: str | None = None,
    ) -> Outcome[Staff]:
        """Another grade, superior or phones; a rush does not lock phones."""
        async with self._superior(reports_to) as superior:
            command = s.DescribeStaff(
                staff_id=staff_id,
                grade=grade,
                reports_to=reports_to,
                chain=await self._chain(superior),
                superior_is_owner=_is_owner(superior),
                phones=phones,
                actor=why.actor,
                at=why.at,
            )
            if grade is None and reports_to is None:
                return await self.handle(command, why)
            return await self._through(command, why, despite)

    async def grant(
        self, staff_id: str, role: Role, why: Occasion, *, waiver: bool, despite: str | None = None
    ) -> Outcome[Staff]:
        """Grant a role."""
        person = (await self.staff.load(staff_id)).state
        async with self._superior(person.reports_to if person else None) as superior:
            command = s.GrantRole(staff_id, role, waiver, _is_owner(superior), why.actor, why.at)
            return await self._through(command, why, despite)

    async def take(
        self, staff_id: str, role: Role, why: Occasion, *, despite: str | None = None
    ) -> Outcome[Staff]:
        """Take a role away."""
        async with self.turns.turn(STAFF):
            others = await self._other_owners(staff_id)
            command = s.TakeRole(staff_id, role, why.actor, why.at, others)
            return await self._through(command, why, despite)

    async def dismiss(self, staff_id: str, why: Occasion) -> Outcome[Staff]:
        """He works here no more."""
        async with self.turns.turn(STAFF):
            others = await self._other_owners(staff_id)
            return await self.handle(s.DismissStaff(staff_id, why.actor, why.at, others), why)

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

    async def show(self, staff_id: str, presence: Presence, why: Occasion) -> Outcome[Staff]:
        """At work, on a break, off."""
        return await self.handle(s.ShowPresence(staff_id, presence, why.actor, why.at), why)

    async def reach(self, staff_id: str, phones: Phones, why: Occasion) -> Outcome[Staff]:
        """Where he is rung from now on; a rush does not lock it."""
        return await self.handle(s.KnowPhones(staff_id, phones, why.actor, whole=True), why)

    async def allow_password(self, staff_id: str, why: Occasion) -> Staff:
        """Whose password is to be set; that it is, and by whom, is written down first."""
        done = await self.handle(s.SetPassword(staff_id, why.actor, why.at), why)
        assert done.state is not None
        return done.state

    async def _through(
        self, command: s.DescribeStaff | s.GrantRole | s.TakeRole, why: Occasion, despite: str | None
    ) -> Outcome[Staff]:
        person = (await self.staff.load(command.staff_id)).state
        what, shop_id = f"staff/{command.staff_id}", person.shop_id if person else ""
        return await self.freezing.through(
            self.handle, command, why, Lock(Policy.DUTIES, what, shop_id, despite)
        )

    @asynccontextmanager
    async def _superior(self, staff_id: str | None) -> AsyncGenerator[Staff | None]:
        """The superior as he is while the turn lasts."""
        async with self.turns.turn(STAFF):
            found = (await self.staff.load(staff_id)).state if staff_id else None
            if staff_id and (found is None or not found.active):
                raise UnknownStaff("The superior does not work here.")
            yield found

    async def _chain(self, superior: Staff | None) -> tuple[str, ...]:
        chain: list[str] = []
        while superior and superior.reports_to and len(chain) < LONGEST_CHAIN:
            chain.append(superior.reports_to)
            superior = (await self.staff.load(superior.reports_to)).state
        return tuple(chain)

    async def _other_owners(self, staff_id: str) -> bool:
        owners = await self.staff.page(Query(equal={"roles": Role.OWNER.value, "active": True}), 2)
        return any(held.key != staff_id for held in owners.items)


def _is_owner(person: Staff | None) -> bool:
    return person is not None and person.active and Role.OWNER in person.roles
