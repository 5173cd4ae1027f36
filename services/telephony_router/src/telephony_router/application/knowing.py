"""Keeping what others tell: one line in for each kind, and this replica's memory knows at once."""

from dataclasses import dataclass

from chassis.following import Hear, Heard
from chassis.handling import Handler, Occasion
from kernel.shop import Shop

from telephony_router.application.remembering import KnownShop, Remembered
from telephony_router.domain import learning_customers as c
from telephony_router.domain import learning_staff as s
from telephony_router.domain.directory import CustomerCard, KnownOrder, KnownTrouble, Lanes, StaffMember
from telephony_router.domain.people import Person


@dataclass(frozen=True, slots=True)
class Knowing:
    """Facts in any order, late or twice: the newest told wins."""

    memory: Remembered
    people: Handler[s.Command, StaffMember, s.StaffLearned]
    cards: Handler[c.Command, CustomerCard, c.CardLearned]
    orders: Handler[Hear[KnownOrder], KnownOrder, Heard[KnownOrder]]
    troubles: Handler[Hear[KnownTrouble], KnownTrouble, Heard[KnownTrouble]]
    shops: Handler[Hear[KnownShop], KnownShop, Heard[KnownShop]]
    lanes: Handler[Hear[Lanes], Lanes, Heard[Lanes]]

    async def person(self, person: Person, occasion: Occasion) -> None:
        """How a member of the staff is now."""
        command = s.HearStaff(staff_id=person.staff_id, person=person, at=occasion.at)
        self.memory.people.hear(await self.people(command, occasion))

    async def customer(self, command: c.Command, occasion: Occasion) -> None:
        """How a customer is now."""
        self.memory.cards.hear(await self.cards(command, occasion))

    async def order(self, order: KnownOrder, occasion: Occasion) -> None:
        """How an order is now."""
        self.memory.orders.hear(await self.orders(Hear(order.order_id, order), occasion))

    async def trouble(self, trouble: KnownTrouble, occasion: Occasion) -> None:
        """How an incident or a claim is now."""
        self.memory.troubles.hear(await self.troubles(Hear(trouble.trouble_id, trouble), occasion))

    async def shop(self, shop: Shop, occasion: Occasion) -> None:
        """How a shop is now."""
        known = KnownShop(shop, occasion.at)
        self.memory.shops.hear(await self.shops(Hear(shop.shop_id, known), occasion))

    async def rush(self, shop_id: str, standing: dict[str, str] | None, occasion: Occasion) -> None:
        """Who stands where, or that the rush is over."""
        lanes = Lanes(shop_id, occasion.at, standing)
        self.memory.lanes.hear(await self.lanes(Hear(shop_id, lanes), occasion))
