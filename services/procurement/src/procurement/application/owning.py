"""Who may answer for suppliers and their cases, and what becomes of both when he may not any more (R4, R45)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from chassis.chassis import Listing
from chassis.handling import Handler, Held, Occasion
from chassis.listing import Query
from chassis.shops import Shops
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may

from procurement.application.occasions import step
from procurement.domain import case_changes, case_commands
from procurement.domain import supplier as supplying
from procurement.domain.member import Member
from procurement.domain.standing import Chase, OwnerLeft
from procurement.domain.supplier import Supplier
from procurement.domain.supplier_case import Clock, Ladder, Stage, SupplierCase

PAGE = 100
T = TypeVar("T")

Suppliers = Handler[supplying.Command, Supplier, supplying.Change]
Cases = Handler[case_commands.Command, SupplierCase, case_changes.Change]


@dataclass(frozen=True, slots=True)
class Patience:
    """Working days: until the owner of a case is reminded and until it is due; until it is due once it went up; until a task
    about a supplier is due. `most_told`: how often the shop's owner is told of the same case.
    """

    remind: int = 3
    due: int = 5
    escalated: int = 2
    task: int = 5
    most_told: int = 3


@dataclass(frozen=True, slots=True)
class Owning:
    """Keeps everything in the hands of who may have it. `shop_id` is the shop whose service owner is meant."""

    members: Listing[Member]
    to_suppliers: Suppliers
    suppliers: Listing[Supplier]
    to_cases: Cases
    cases: Listing[SupplierCase]
    shops: Shops
    patience: Patience
    shop_id: str = "main"

    async def fits(self, staff_id: str, actor: Actor | None = None) -> bool:
        """Whether he may own: the shop's owner, an active senior buyer as crm told, or who asks with such a token (R4)."""
        if staff_id == (await self.shops.of()).owner_id:
            return True
        member = (await self.members.load(staff_id)).state
        if member is not None:
            return member.may_own
        return actor is not None and actor.id == staff_id and may(actor, Action.BUY)

    async def owner_for(self, supplier: Supplier, opener: Actor) -> str:
        """The supplier's owner, else who opens the case, else the shop's owner (R45)."""
        for each, asking in ((supplier.conditions.owner_id, None), (opener.id, opener)):
            if each is not None and await self.fits(each, asking):
                return each
        return (await self.shops.of()).owner_id

    async def clock(self, occasion: Occasion, *, escalated: bool = False) -> Clock:
        """The deadline of a case from now on."""
        shop, days = await self.shops.of(), self.patience
        remind, due = (max(0, days.escalated - 1), days.escalated) if escalated else (days.remind, days.due)
        due_at = shop.in_working_days(occasion.at, due)
        return Clock(min(shop.in_working_days(occasion.at, remind), due_at - timedelta(hours=1)), due_at)

    async def ladder(self) -> Ladder:
        """Who has a case above its owner now. Of several service owners the one whose id comes first."""
        shop = await self.shops.of()
        known = [each async for each in _all(self.members, Query({"active": True}))]
        above = sorted(each.staff_id for each in known if each.oversees and each.shop_id == self.shop_id)
        return Ladder(above[0] if above else None, shop.owner_id, self.patience.most_told)

    async def chase(self, occasion: Occasion) -> Chase:
        """To whom a task goes that nobody did, and until when."""
        shop = await self.shops.of()
        return Chase(shop.owner_id, shop.in_working_days(occasion.at, self.patience.task))

    async def check(self, staff_id: str | None, occasion: Occasion) -> None:
        """Look once more, after something was given to him: he may have left in the very same moment."""
        member = (await self.members.load(staff_id)).state if staff_id else None
        if member is not None and not member.may_own:
            await self.take_from(member.staff_id, occasion, oversees=member.oversees)

    async def take_from(self, gone_id: str, occasion: Occasion, *, oversees: bool = False) -> None:
        """What he answered for goes to the shop's owner, each with a deadline of its own (R4)."""
        to, chase = (await self.shops.of()).owner_id, await self.chase(occasion)
        if to == gone_id:
            return
        async for supplier_id in _keys(self.suppliers, Query({"owner_id": gone_id})):
            left = OwnerLeft(supplier_id, gone_id, chase, occasion.at)
            await self.to_suppliers(left, step(occasion, supplier_id))
        clock = await self.clock(occasion, escalated=True)
        still_open = [stage.value for stage in Stage if stage is not Stage.CLOSED]
        async for case_id in _keys(self.cases, Query({"owner_id": gone_id, "stage": still_open})):
            taken = case_commands.TakeFromWhoLeft(case_id, gone_id, to, clock, occasion.at, oversees)
            await self.to_cases(taken, step(occasion, case_id))


async def _keys(of: Listing[T], query: Query) -> AsyncIterator[str]:
    async for held in _found(of, query):
        yield held.key


async def _all(of: Listing[Member], query: Query) -> AsyncIterator[Member]:
    async for held in _found(of, query):
        if held.state is not None:
            yield held.state


async def _found(of: Listing[T], query: Query) -> AsyncIterator[Held[T]]:
    cursor = None
    while True:
        page = await of.page(query, PAGE, cursor)
        for held in page.items:
            yield held
        if (cursor := page.next) is None:
            return
