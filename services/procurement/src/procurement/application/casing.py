"""Supplier cases: opened by people and by what comes in wrong, settled and closed with their money (R44, R45)."""

from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from chassis.handling import Occasion, Outcome
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.money import Money

from procurement.application.owning import Cases, Owning
from procurement.application.scoring import Scoring
from procurement.domain.case_commands import (
    ByPerson,
    CaseDeadlinePassed,
    EscalateCase,
    HandOver,
    OpenCase,
    ReopenCase,
)
from procurement.domain.refusals import UnknownSupplier
from procurement.domain.supplier import Supplier
from procurement.domain.supplier_case import Entry, Level, Linked, SupplierCase, Trouble


@dataclass(frozen=True, slots=True)
class Raised:
    """Something that went wrong with a supplier. `key` is what makes it the same trouble when it is raised again: with
    it, supplier and trouble the case is the same.
    """

    supplier_id: str
    trouble: Trouble
    at_stake: Money
    key: str
    linked: Linked = field(default_factory=Linked)
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Casing:
    """Runs the cases."""

    cases: Cases
    owning: Owning
    scoring: Scoring

    async def raise_case(self, raised: Raised, occasion: Occasion) -> str:
        """For others in procurement: open a case unless it is there; answers its id. Raise `UnknownSupplier`."""
        case_id = case_of(raised)
        await self.open(case_id, raised, occasion.actor, occasion)
        return case_id

    async def open(
        self, case_id: str, raised: Raised, opener: Actor, occasion: Occasion
    ) -> Outcome[SupplierCase]:
        """Open a case; its owner is the supplier's, else who opens it, if he may (R44)."""
        supplier = await self.supplier(raised.supplier_id)
        command = OpenCase(
            case_id=case_id,
            supplier_id=raised.supplier_id,
            trouble=raised.trouble,
            at_stake=raised.at_stake,
            linked=raised.linked,
            owner_id=await self.owning.owner_for(supplier, opener),
            opened_by=opener.id,
            clock=await self.owning.clock(occasion),
            at=occasion.at,
            entries=raised.entries,
        )
        outcome = await self.cases(command, occasion)
        await self.owning.check(command.owner_id, occasion)
        await self.scoring.note_case(case_id, occasion)
        return outcome

    async def act(self, command: ByPerson, occasion: Occasion) -> Outcome[SupplierCase]:
        """A person's step."""
        outcome = await self.cases(command, occasion)
        if outcome.state is not None and isinstance(command, HandOver | ReopenCase | EscalateCase):
            await self.owning.check(outcome.state.owner_id, occasion)
        await self.scoring.note_case(command.case_id, occasion)
        return outcome

    async def reopen(self, case_id: str, actor: Actor, occasion: Occasion) -> Outcome[SupplierCase]:
        """A closed case goes on, with who had it, or the shop's owner if he may not any more (R4)."""
        known = (await self.cases.store.load(case_id)).state
        shop, owner_id = await self.owning.shops.of(), known.owner_id if known else actor.id
        owner_id = owner_id if await self.owning.fits(owner_id, actor) else shop.owner_id
        clock = await self.owning.clock(occasion)
        return await self.act(ReopenCase(case_id, owner_id, clock, actor, occasion.at), occasion)

    async def escalate(
        self, case_id: str, to: Level, actor: Actor, occasion: Occasion
    ) -> Outcome[SupplierCase]:
        """A person gives it up the ladder (R44)."""
        ladder, clock = await self.owning.ladder(), await self.owning.clock(occasion, escalated=True)
        return await self.act(EscalateCase(case_id, to, ladder, clock, actor, occasion.at), occasion)

    async def supplier(self, supplier_id: str) -> Supplier:
        """The supplier; raise `UnknownSupplier`."""
        supplier = (await self.owning.suppliers.load(supplier_id)).state
        if supplier is None:
            raise UnknownSupplier(f"There is no supplier {supplier_id}.")
        return supplier

    async def pass_deadline(self, case_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Remind, or give it up the ladder."""
        ladder, clock = await self.owning.ladder(), await self.owning.clock(occasion, escalated=True)
        passed = CaseDeadlinePassed(case_id, deadline.name, ladder, clock, occasion.at)
        outcome = await self.cases.fire(deadline, passed, occasion)
        await self.owning.check(outcome.state and outcome.state.owner_id, occasion)


def case_of(raised: Raised) -> str:
    """The id of the case that this trouble is."""
    return uuid5(NAMESPACE_URL, f"opblok:case:{raised.supplier_id}:{raised.trouble}:{raised.key}").hex
