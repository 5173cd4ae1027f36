"""Incidents: opened by what goes wrong and by people, settled and closed with their money (R49-R57)."""

from dataclasses import dataclass

from chassis.handling import Occasion, Outcome
from kernel.actor import Actor
from kernel.deadline import Deadline

from logistics.application.carrier_scoring import CarrierScoring
from logistics.application.incident_methods import Methods
from logistics.application.incident_owning import Incidents, Owning
from logistics.application.incident_steps import step
from logistics.application.incident_weighing import Weighing
from logistics.domain.incident import Incident
from logistics.domain.incident_commands import (
    ByPerson,
    CloseIncident,
    HandOver,
    IncidentDeadlinePassed,
    OpenIncident,
    Pace,
    ReopenIncident,
    SetMoney,
)
from logistics.domain.incident_refusals import UnknownIncident, UnknownKind
from logistics.domain.incident_trouble import Trouble, incident_of


@dataclass(frozen=True, slots=True)
class Running:
    """Runs the incidents. It is a `Troubling`."""

    incidents: Incidents
    methods: Methods
    owning: Owning
    scoring: CarrierScoring
    weighing: Weighing

    async def open(self, trouble: Trouble, occasion: Occasion) -> str:
        """For others in logistics: open an incident unless it is there; answers its id."""
        incident_id = incident_of(trouble)
        its_own = step(occasion, f"incident:{incident_id}", story=trouble.order_id)
        await self._open(incident_id, trouble, None, its_own)
        return incident_id

    async def open_by(
        self, incident_id: str, trouble: Trouble, note: str | None, occasion: Occasion
    ) -> Outcome[Incident]:
        """By a person, who has to name a kind of the catalogue (R51)."""
        if trouble.kind not in await self.methods.in_force():
            raise UnknownKind("The catalogue has no such kind; write a playbook for it first.")
        return await self._open(incident_id, trouble, note, occasion)

    async def act(self, command: ByPerson, occasion: Occasion) -> Outcome[Incident]:
        """A person's step; what is settled is settled by what is owed today."""
        if isinstance(command, CloseIncident | SetMoney):
            await self.weighing.reckon_anew(await self.known(command.incident_id), occasion)
        outcome = await self.incidents(command, occasion)
        if outcome.state is not None and isinstance(command, HandOver | ReopenIncident):
            await self.owning.check(outcome.state.owner_id, occasion)
        await self._noted(outcome, occasion)
        return outcome

    async def known(self, incident_id: str) -> Incident:
        """The incident; raise `UnknownIncident`."""
        incident = (await self.incidents.store.load(incident_id)).state
        if incident is None:
            raise UnknownIncident("There is no such incident.")
        return incident

    async def pace(self, incident_id: str) -> Pace:
        """The working time of its shop."""
        return await self.owning.pace((await self.known(incident_id)).trouble.shop_id)

    async def reopen(
        self, incident_id: str, reason: str, actor: Actor, occasion: Occasion
    ) -> Outcome[Incident]:
        """A closed incident goes on, with who had it, or who is there if he may not any more."""
        incident = await self.known(incident_id)
        shop_id, owner_id = incident.trouble.shop_id, incident.owner_id
        if not await self.owning.fits(owner_id, shop_id, actor):
            owner_id = await self.owning.owner_for(shop_id, occasion.at)
        pace = await self.owning.pace(shop_id)
        command = ReopenIncident(incident_id, owner_id, reason, pace, actor, occasion.at)
        return await self.act(command, occasion)

    async def pass_deadline(self, incident_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """One level up, by itself (R54)."""
        incident = await self.known(incident_id)
        await self.weighing.reckon_anew(incident, occasion)
        shop_id = incident.trouble.shop_id
        heirs = await self.owning.heirs(shop_id, occasion.at)
        pace = await self.owning.pace(shop_id)
        passed = IncidentDeadlinePassed(incident_id, deadline.name, heirs, pace, occasion.at)
        outcome = await self.incidents.fire(deadline, passed, occasion)
        if outcome.state is not None:
            await self.owning.check(outcome.state.owner_id, occasion)

    async def _open(
        self, incident_id: str, trouble: Trouble, note: str | None, occasion: Occasion
    ) -> Outcome[Incident]:
        playbook = await self.methods.of_word(trouble.kind)
        trouble, owed = await self.weighing.weigh(trouble, playbook.kind, occasion.at)
        command = OpenIncident(
            incident_id=incident_id,
            trouble=trouble,
            kind=playbook.kind,
            playbook=playbook,
            rungs=await self.methods.rungs_of(trouble.carrier_id),
            owner_id=await self.owning.owner_for(trouble.shop_id, occasion.at),
            pace=await self.owning.pace(trouble.shop_id),
            actor=occasion.actor,
            at=occasion.at,
            note=note,
            owed=owed,
        )
        outcome = await self.incidents(command, occasion)
        await self.owning.check(command.owner_id, occasion)
        await self._noted(outcome, occasion)
        return outcome

    async def _noted(self, outcome: Outcome[Incident], occasion: Occasion) -> None:
        if outcome.state is not None:
            await self.scoring.note_incident(outcome.state, outcome.version, occasion)
