"""Customers over memory, with all that makes several cards one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.claims import MemoryClaims
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.records import Record
from chassis.vault import Vault
from crm.adapters.documents import CUSTOMERS, SHOPS, STAFF
from crm.adapters.turns import MemoryTurns
from crm.application.deciders import CUSTOMER
from crm.application.forgetting import Forgetting
from crm.application.knowing import Knowing
from crm.application.merging import Merging
from crm.application.phone_claims import PhoneClaims
from crm.domain.customer import Customer


class NoFiles:
    """No import waits here."""

    async def strike(self, hashes: Sequence[str], why: Occasion) -> None:
        del hashes, why


@dataclass
class World:
    """Customers over memory, and all that was told of them in its order."""

    store: MemoryStore[Customer] = field(init=False)
    told: list[Record] = field(default_factory=list[Record])

    def __post_init__(self) -> None:
        vault = Vault.of({"test": Vault.generate_key()})
        self.store = MemoryStore(CUSTOMERS, vault)

        def tell(key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
            del key, before
            self.told.extend(owed)

        claims = PhoneClaims(MemoryClaims(), self.store, b"k" * 32)
        self.knowing = Knowing(
            handle=Handler("crm", CUSTOMER, self.store, tell),
            customers=self.store,
            staff=MemoryStore(STAFF, vault),
            shops=MemoryStore(SHOPS, vault),
            phones=claims,
        )
        self.merging = Merging(self.knowing, MemoryTurns())
        self.forgetting = Forgetting(self.knowing, self.merging, NoFiles())
