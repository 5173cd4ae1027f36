"""Asking crm what its facts don't say: whose number is whose. A crm that is down is asked again later (wire.md 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.handling import Handler, Occasion
from chassis.peers import PeerDown, PeerRefused
from kernel.deadline import Deadline

from telephony_router.application.noticing import NotesAnswer, Noticing
from telephony_router.application.remembering import Remembered
from telephony_router.domain import learning_customers as c
from telephony_router.domain import learning_staff as s
from telephony_router.domain.directory import CustomerCard, Numbers, StaffMember


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """A customer as crm answers."""

    customer_id: str
    stage: str
    owner_id: str | None
    no_calls: bool
    blocked: bool
    hashes: tuple[str, ...]
    merged_into: str | None
    shop_id: str = ""
    noted: NotesAnswer | None = None

    def learn(self, at: datetime) -> c.LearnCard:
        """What is to be learned from it."""
        return c.LearnCard(
            customer_id=self.customer_id, stage=self.stage, owner_id=self.owner_id, no_calls=self.no_calls,
            blocked=self.blocked, hashes=self.hashes, merged_into=self.merged_into, at=at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StaffAnswer:
    """How crm says that a colleague is rung."""

    staff_id: str
    shop_id: str
    numbers: Numbers

    def learn(self, at: datetime) -> s.LearnNumbers:
        """What is to be learned from it."""
        return s.LearnNumbers(staff_id=self.staff_id, shop_id=self.shop_id, numbers=self.numbers, at=at)


class CrmDirectory(Protocol):
    """What crm is asked; each may raise `PeerDown` or `PeerRefused`."""

    async def customers(self, ids: Sequence[str]) -> list[CardAnswer]: ...
    async def staff(self, ids: Sequence[str]) -> list[StaffAnswer]: ...
    async def customer_page(self, after: str | None) -> tuple[list[CardAnswer], str | None]: ...
    async def staff_page(self, after: str | None) -> tuple[list[StaffAnswer], str | None]: ...


@dataclass(frozen=True, slots=True)
class Teaching:
    """What a deadline of a card or of a member of the staff does."""

    crm: CrmDirectory
    cards: Handler[c.Command, CustomerCard, c.CardLearned]
    people: Handler[s.Command, StaffMember, s.StaffLearned]
    memory: Remembered
    noticing: Noticing

    async def on_card(self, customer_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """His numbers, whether he is blocked, what is noted of him. Whom crm does not know any more has none."""
        at = occasion.at
        try:
            found = await self.crm.customers([customer_id])
        except (PeerDown, PeerRefused):
            silent = c.CrmSilent(customer_id=customer_id, at=at)
            self.memory.cards.hear(await self.cards.fire(deadline, silent, occasion))
            return
        answer = next((each for each in found if each.customer_id == customer_id), None)
        learned = answer or CardAnswer(customer_id, "lead", None, False, False, (), None)
        await self.noticing.learn(customer_id, learned.shop_id, learned.noted, occasion)
        self.memory.cards.hear(await self.cards.fire(deadline, learned.learn(at), occasion))

    async def on_staff(self, staff_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """What he can be rung by."""
        at = occasion.at
        try:
            found = await self.crm.staff([staff_id])
        except (PeerDown, PeerRefused):
            silent = s.CrmSilent(staff_id=staff_id, at=at)
            self.memory.people.hear(await self.people.fire(deadline, silent, occasion))
            return
        known = self.memory.people.get(staff_id)
        shop_id = known.person.shop_id if known else ""
        answer = next((each for each in found if each.staff_id == staff_id), None)
        learned = answer or StaffAnswer(staff_id, shop_id, Numbers())
        self.memory.people.hear(await self.people.fire(deadline, learned.learn(at), occasion))
