"""Warning of those who are difficult (R74)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.chassis import Listing
from chassis.handling import Decider, Handler, Occasion
from kernel.deadline import Deadline

from logistics.application.announcing_incidents import of_refused
from logistics.domain import difficult
from logistics.domain.difficult import Difficult, DifficultExpired, Party, key_of

DIFFICULT: Decider[difficult.Command, Difficult, difficult.Change] = Decider(
    key=lambda command: key_of(command.party, command.party_id),
    decide=difficult.decide,
    evolve=difficult.evolve,
    announce=lambda change, it: of_refused("difficult", key_of(it.party, it.party_id), change),
    deadlines=difficult.deadlines,
)


@dataclass(frozen=True, slots=True)
class Cautioning:
    """Flags of customers and carriers."""

    handle: Handler[difficult.Command, Difficult, difficult.Change]
    kept: Listing[Difficult]

    async def warnings(
        self, customer_id: str | None, carrier_ids: Sequence[str], at: datetime
    ) -> list[Difficult]:
        """Those of them who are flagged now, the customer first."""
        keys = [key_of(Party.CARRIER, each) for each in sorted(set(carrier_ids))]
        if customer_id is not None:
            keys.insert(0, key_of(Party.CUSTOMER, customer_id))
        held = await self.kept.load_many(keys) if keys else []
        return [each.state for each in held if each.state is not None and each.state.warns(at)]

    async def on_deadline(self, key: str, deadline: Deadline, occasion: Occasion) -> None:
        """Its time is over."""
        party, _, party_id = key.partition(":")
        over = DifficultExpired(Party(party), party_id, occasion.at)
        await self.handle.fire(deadline, over, occasion)
